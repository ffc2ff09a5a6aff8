// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/transferrecord.h"

#include <QJsonObject>

namespace Longshore {

/// Takes members of an object that anybody may have written, and notes the first that is not what it
/// must be.
class RecordMembers
{
public:
    /// Looks at nothing yet.
    explicit RecordMembers(const QJsonObject &object) : m_object(object) {}

    /// The first member that was refused; empty for none.
    [[nodiscard]] const QString &refused() const noexcept { return m_refused; }
    /// Notes that \a name is not what it must be.
    void refuse(QLatin1StringView name)
    {
        if (m_refused.isEmpty())
            m_refused = name;
    }

    /// A text of a sensible length.
    [[nodiscard]] QString text(QLatin1StringView name);
    /// A path from the root.
    [[nodiscard]] QString path(QLatin1StringView name);
    /// A date with a time, as ISO 8601 writes it.
    [[nodiscard]] QDateTime date(QLatin1StringView name);
    /// The same; an empty text is none.
    [[nodiscard]] QString optionalPath(QLatin1StringView name)
    {
        return text(name).isEmpty() ? QString() : path(name);
    }
    /// An integer that is at least \a least.
    [[nodiscard]] qint64 number(QLatin1StringView name, qint64 least);
    /// True or false.
    [[nodiscard]] bool flag(QLatin1StringView name);
    /// Whether a file may be replaced.
    [[nodiscard]] SafeFile::Existing existing(QLatin1StringView name)
    {
        return flag(name) ? SafeFile::Existing::Replace : SafeFile::Existing::Keep;
    }
    /// A tag or a digest.
    [[nodiscard]] std::optional<Reference> reference(QLatin1StringView name);
    /// The image at \a host that the object names by "repository", "tag" and "digest".
    [[nodiscard]] std::optional<ImageReference> image(const QString &host);
    /// A list of such objects.
    [[nodiscard]] QList<ImageReference> images(QLatin1StringView name, const QString &host);
    /// A platform; an empty object is none.
    [[nodiscard]] std::optional<Platform> platform(QLatin1StringView name);
    /// A list of platforms.
    [[nodiscard]] QList<Platform> platforms(QLatin1StringView name);
    /// A list of integers that are at least \a least.
    [[nodiscard]] QList<qsizetype> numbers(QLatin1StringView name, qint64 least);
    /// A list of paths from the root; one at least.
    [[nodiscard]] QStringList paths(QLatin1StringView name);
    /// Whom packed files belong to, by "owner" and "mode"; root where there is no owner, as in earlier
    /// records.
    [[nodiscard]] Ownership ownership();
    /// What lies below a new layer: the image that the object names by "repository", "reference" and
    /// "platform"; or nothing, and then the platform alone.
    [[nodiscard]] std::optional<std::variant<ImageChoice, Platform>> base();
    /// What an image is made of; an empty object is none.
    [[nodiscard]] std::optional<ImageExtension> extension(QLatin1StringView name);
    /// A connection or a path.
    [[nodiscard]] TransferPlace place(QLatin1StringView name);

    /// A text that follows the grammar of \a Name.
    template <typename Name>
    [[nodiscard]] std::optional<Name> name(QLatin1StringView member)
    {
        const auto parsed = Name::parse(text(member));
        if (!parsed)
            refuse(member);
        return parsed;
    }
    /// The same; an empty text is none.
    template <typename Name>
    [[nodiscard]] std::optional<Name> optionalName(QLatin1StringView member)
    {
        return text(member).isEmpty() ? std::nullopt : name<Name>(member);
    }

private:
    const QJsonObject m_object;
    QString m_refused;
};

} // namespace Longshore
