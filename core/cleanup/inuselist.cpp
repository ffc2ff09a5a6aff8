// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/inuselist.h"

#include "core/base/displaytext.h"
#include "core/oci/imagereference.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype largestList = 16 * 1024 * 1024;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(InUseList)
};

QString nameOf(const QString &repository, const QString &tag)
{
    return repository + u':' + tag;
}

} // namespace

Result<InUseList> InUseList::parse(const QByteArray &text)
{
    static const QRegularExpression space(u"\\s+"_s);
    if (text.size() > largestList)
        return Error{Error::Kind::InvalidInput,
                     Text::tr("The list of images in use is too large.")};
    InUseList list;
    const QList<QByteArray> lines = text.split('\n');
    for (qsizetype number = 0; number < lines.size(); ++number) {
        const QString line = QString::fromUtf8(lines.at(number)).section(u'#', 0, 0);
        const QStringList words = line.split(space, Qt::SkipEmptyParts);
        for (const QString &word : words) {
            if (!list.add(word))
                return Error{Error::Kind::InvalidInput,
                             Text::tr("Line %1 of the list of images in use cannot be read: %2.")
                                 .arg(QString::number(number + 1), quotedText(word))};
        }
    }
    return list;
}

bool InUseList::add(const QString &word)
{
    // "docker-pullable://", as Kubernetes writes it before the identity of an image.
    const qsizetype scheme = word.indexOf("://"_L1);
    const QString name = scheme < 0 ? word : word.mid(scheme + 3);
    if (const auto digest = Digest::parse(name)) {
        m_digests.insert(*digest);
        return true;
    }
    const auto tag = Tag::parse(name);
    if (tag)
        m_names.insert(nameOf({}, tag->toString()));
    const auto image = ImageReference::parse(name);
    if (!image)
        return tag.has_value();
    if (image->digest)
        m_digests.insert(*image->digest);
    if (image->tag || !image->digest)
        m_names.insert(nameOf(image->repository.toString(),
                              image->tag ? image->tag->toString() : u"latest"_s));
    return true;
}

bool InUseList::contains(const RepositoryName &repository, const Tag &tag) const
{
    return m_names.contains(nameOf(repository.toString(), tag.toString()))
           || m_names.contains(nameOf({}, tag.toString()));
}

} // namespace Longshore
