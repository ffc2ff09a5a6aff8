// SPDX-License-Identifier: Apache-2.0
#include "core/oci/imagereference.h"

#include "core/base/displaytext.h"
#include "core/base/registryhost.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr auto hubPrefix = "library/"_L1;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ImageReference)
};

Error invalid(const QString &sentence, const QString &text)
{
    return {Error::Kind::InvalidInput, sentence.arg(quotedText(text))};
}

/// Whether the part before the first slash is a host and not the beginning of a repository.
bool looksLikeHost(const QString &first)
{
    return first.contains(u'.') || first.contains(u':') || first == "localhost"_L1
           || first.toLower() != first;
}

QString explicitHost(const QString &text)
{
    const qsizetype slash = text.indexOf(u'/');
    const QString first = text.left(qMax<qsizetype>(0, slash));
    return looksLikeHost(first) ? first : QString();
}

QString canonicalHost(const QString &host)
{
    const QString canonical = canonicalRegistryHost(host);
    // In "Foo/bar" only the upper case tells that "Foo" is a host.
    return looksLikeHost(canonical) ? canonical : host;
}

struct Parts
{
    QString path;
    QString tag;
    QString digest;
};

Parts split(QString rest)
{
    Parts parts;
    if (const qsizetype at = rest.indexOf(u'@'); at >= 0) {
        parts.digest = rest.mid(at + 1);
        rest.truncate(at);
    }
    const qsizetype colon = rest.lastIndexOf(u':');
    if (colon > rest.lastIndexOf(u'/')) {
        parts.tag = rest.mid(colon + 1);
        rest.truncate(colon);
    }
    parts.path = rest;
    return parts;
}

bool isImageId(QStringView text)
{
    return Digest::parse(QString("sha256:"_L1 + text)).has_value();
}

} // namespace

bool isReferenceHost(QStringView text)
{
    static const QRegularExpression grammar(QStringLiteral(
        R"(\A(?:\[[0-9A-Fa-f:]+\]|(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]))"
        R"((?:\.(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]))*)(?::[0-9]{1,5})?\z)"));
    return text.size() <= 260 && grammar.match(text).hasMatch();
}

Result<ImageReference> ImageReference::parse(const QString &text)
{
    if (isImageId(text))
        return invalid(Text::tr("%1 is an image ID, not a name."), text);
    const QString host = explicitHost(text);
    if (!host.isEmpty() && !isReferenceHost(host))
        return invalid(Text::tr("%1 is not a host name."), host);

    Parts parts = split(host.isEmpty() ? text : text.mid(host.size() + 1));
    const QString domain = host.isEmpty() ? QString(dockerHub) : canonicalHost(host);
    if (domain == dockerHub && !parts.path.contains(u'/'))
        parts.path.prepend(hubPrefix);

    const auto repository = RepositoryName::parse(parts.path);
    if (!repository && RepositoryName::parse(parts.path.toLower()))
        return invalid(Text::tr("The repository name %1 must be lower case."), parts.path);
    if (!repository)
        return invalid(Text::tr("%1 is not a repository name."), parts.path);

    ImageReference result{domain, *repository, {}, {}};
    if (text.contains(u'@') && !(result.digest = Digest::parse(parts.digest)))
        return invalid(Text::tr("%1 is not a digest."), parts.digest);
    if (!parts.tag.isNull() && !(result.tag = Tag::parse(parts.tag)))
        return invalid(Text::tr("%1 is not a tag."), parts.tag);
    return result;
}

Reference ImageReference::reference() const
{
    if (digest)
        return *digest;
    return tag ? *tag : *Tag::parse(u"latest");
}

QString ImageReference::toString() const
{
    QString text = host + u'/' + repository.toString();
    if (tag)
        text += u':' + tag->toString();
    if (digest)
        text += u'@' + digest->toString();
    return text;
}

QString ImageReference::familiarString() const
{
    QString text = toString();
    if (host == dockerHub) {
        text.remove(0, host.size() + 1);
        // "library/a/b" is a repository of its own; only one component may follow.
        if (text.startsWith(hubPrefix) && repository.toString().count(u'/') == 1)
            text.remove(0, hubPrefix.size());
    }
    return text;
}

} // namespace Longshore
