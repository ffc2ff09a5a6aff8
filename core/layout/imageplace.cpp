// SPDX-License-Identifier: Apache-2.0
#include "core/layout/imageplace.h"

#include "core/base/displaytext.h"
#include "core/oci/imagereference.h"

#include <QCoreApplication>
#include <QHash>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ImagePlace)
};

using Form = ImagePlace::Form;

std::optional<Form> formFrom(const QString &prefix)
{
    static const QHash<QString, Form> forms{{u"oci"_s, Form::OciFolder},
                                            {u"oci-archive"_s, Form::OciArchive},
                                            {u"docker-archive"_s, Form::DockerArchive},
                                            {u"dir"_s, Form::Folder},
                                            {u"rootfs"_s, Form::RootFiles},
                                            {u"rootfs-dir"_s, Form::RootFolder},
                                            {u"layers"_s, Form::StoredLayers},
                                            {u"layer-tars"_s, Form::PlainLayers}};
    const auto found = forms.constFind(prefix);
    return found == forms.constEnd() ? std::nullopt : std::optional(*found);
}

/// Where the name begins, behind its colon or "@"; nothing when all of \a rest is a path.
qsizetype startOfName(Form form, const QString &rest)
{
    if (ImagePlace{form, {}}.isForOneImage()) // Which needs no name.
        return -1;
    const qsizetype at = rest.lastIndexOf(u'@');
    if (at >= 0 && Digest::parse(QStringView(rest).mid(at + 1)))
        return at + 1;
    const bool isReference = form == Form::DockerArchive;
    const qsizetype colon = isReference ? rest.indexOf(u':') : rest.lastIndexOf(u':');
    if (colon < 0)
        return -1;
    const QString name = rest.mid(colon + 1);
    const bool isName =
        isReference ? ImageReference::parse(name).has_value() : Tag::parse(name).has_value();
    return isName ? colon + 1 : -1;
}

} // namespace

QString withoutLastSlash(QString path)
{
    while (path.size() > 1 && (path.endsWith(u'/') || path.endsWith("/."_L1)))
        path.chop(1);
    return path;
}

Result<ImagePlace> ImagePlace::parse(const QString &text)
{
    const auto form = formFrom(text.section(u':', 0, 0));
    const QString rest = text.section(u':', 1);
    const qsizetype name = form ? startOfName(*form, rest) : -1;
    const QString path = name < 0 ? rest : rest.left(name - 1);
    if (!form || path.isEmpty())
        return Error{Error::Kind::InvalidInput,
                     Text::tr("%1 is no place for images. Write oci:DIR[:TAG], "
                              "oci-archive:FILE[:TAG], docker-archive:FILE[:REF] or dir:DIR.")
                         .arg(quotedText(text))};
    return ImagePlace{*form, withoutLastSlash(path), name < 0 ? QString() : rest.mid(name)};
}

bool ImagePlace::holdsImage() const
{
    return form != Form::RootFiles && form != Form::RootFolder && !isOfLayers();
}

bool ImagePlace::isFile() const
{
    return form == Form::OciArchive || form == Form::DockerArchive || form == Form::RootFiles;
}

} // namespace Longshore
