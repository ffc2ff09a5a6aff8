// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/placetemplate.h"

#include "core/base/displaytext.h"
#include "core/base/safefilename.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PlaceTemplate)
};

/// A bracket for itself, a field, or a bracket that stands alone.
const QRegularExpression &tokens()
{
    static const QRegularExpression expression(u"\\{\\{|\\}\\}|\\{([^{}]*)\\}|[{}]"_s);
    return expression;
}

Error refusal(const QString &path)
{
    return {Error::Kind::InvalidInput,
            Text::tr("%1 has brackets that are no field. Fields are {host}, {repository}, {name}, "
                     "{tag}, {digest} and {platform}; write {{ and }} for brackets.")
                .arg(quotedPath(path))};
}

/// What an image without a tag is called, is the beginning of its digest.
QString tagOf(const ImageReference &image)
{
    if (!image.tag && image.digest)
        return image.digest->shortText();
    return image.tag ? image.tag->toString() : image.reference().toString();
}

QString namesOf(const QList<Platform> &platforms)
{
    QStringList names;
    for (const Platform &platform : platforms)
        names.append(platform.toString());
    return names.isEmpty() ? u"all"_s : names.join(u'+');
}

/// Nothing for a field that there is not; empty where its value is unknown.
std::optional<QString> valueOf(const QString &field, const ImageReference &image,
                               const QList<Platform> &platforms)
{
    if (field == "host"_L1)
        return image.host;
    if (field == "repository"_L1)
        return image.repository.toString();
    if (field == "name"_L1)
        return image.repository.toString().section(u'/', -1);
    if (field == "tag"_L1)
        return tagOf(image);
    if (field == "digest"_L1)
        return image.digest ? image.digest->toString() : QString();
    if (field == "platform"_L1)
        return namesOf(platforms);
    return {};
}

} // namespace

bool hasDigestField(const QString &path)
{
    auto each = tokens().globalMatch(path);
    while (each.hasNext()) {
        if (each.next().captured(1) == "digest"_L1)
            return true;
    }
    return false;
}

Result<QString> filledIn(const QString &path, const ImageReference &image,
                         const QList<Platform> &platforms)
{
    QString result;
    qsizetype end = 0;
    auto each = tokens().globalMatch(path);
    while (each.hasNext()) {
        const auto token = each.next();
        result += QStringView(path).mid(end, token.capturedStart() - end);
        end = token.capturedEnd();
        if (token.captured() == "{{"_L1 || token.captured() == "}}"_L1) {
            result += token.captured().at(0);
            continue;
        }
        const auto value = valueOf(token.captured(1), image, platforms);
        if (!value || !token.hasCaptured(1))
            return refusal(path);
        if (value->isEmpty())
            return Error{Error::Kind::InvalidInput,
                         Text::tr("The digest of %1 is not known, so no name can hold it.")
                             .arg(quotedText(image.toString()))};
        result += safeFileName(*value);
    }
    return withoutLastSlash(result + QStringView(path).mid(end));
}

Result<QList<PlaceExport>> filledIn(const PlaceExport &wanted)
{
    QList<PlaceExport> exports;
    for (const ImageReference &image : QList{wanted.source} + wanted.others) {
        const auto path = filledIn(wanted.place.path, image, wanted.platforms);
        if (!path)
            return path.error();
        const auto same = std::find_if(exports.begin(), exports.end(),
                                       [&](const auto &one) { return one.place.path == *path; });
        if (same != exports.end()) {
            same->others.append(image);
            continue;
        }
        exports.append(wanted);
        exports.last().source = image;
        exports.last().others.clear();
        exports.last().place.path = *path;
    }
    return exports;
}

} // namespace Longshore
