// SPDX-License-Identifier: Apache-2.0
#include "core/oci/keepplatforms.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(KeepPlatforms)
};

/// Where an entry stands in the bytes of its index.
struct Span
{
    qsizetype begin = 0;
    qsizetype end = 0; ///< Behind it.
};

/// Finds the entries of an index in its bytes, which parseManifest() has taken. Only so does each keep
/// its form: a document that is written anew has another.
class EntryFinder
{
public:
    explicit EntryFinder(const QByteArray &bytes) : m_bytes(bytes) {}

    QList<Span> find()
    {
        while (m_position < m_bytes.size()) {
            const char c = m_bytes.at(m_position);
            if (c == '"')
                skipString();
            else if (c == '{' || c == '[')
                open(c);
            else if (c == '}' || c == ']')
                close();
            ++m_position;
        }
        return m_spans;
    }

private:
    /// Stops at the last character. What stands in front of a list is the name of the member.
    void skipString()
    {
        const qsizetype start = m_position++;
        while (m_position < m_bytes.size() && m_bytes.at(m_position) != '"')
            m_position += m_bytes.at(m_position) == '\\' ? 2 : 1;
        if (m_depth == 1)
            m_name = m_bytes.mid(start, m_position + 1 - start);
    }

    void open(char bracket)
    {
        ++m_depth;
        if (m_depth == 2)
            m_isInList = bracket == '[' && isManifests(m_name);
        else if (m_depth == 3 && m_isInList)
            m_spans.append({m_position, m_position});
    }

    void close()
    {
        if (m_depth == 3 && m_isInList)
            m_spans.last().end = m_position + 1;
        --m_depth;
    }

    /// Letters may be escaped.
    static bool isManifests(const QByteArray &name)
    {
        const QJsonArray read = QJsonDocument::fromJson('[' + name + ']').array();
        return read.first().toString() == "manifests"_L1;
    }

    const QByteArray &m_bytes;
    QList<Span> m_spans;
    QByteArray m_name; ///< The last string of the outermost object, with its quotes.
    qsizetype m_position = 0;
    int m_depth = 0;
    bool m_isInList = false;
};

/// Whether it is an image for one of \a platforms; what attests to an image is for none.
bool isFor(const Descriptor &entry, const QList<Platform> &platforms)
{
    if (!entry.platform || entry.platform->isUnknown() || attestationSubject(entry))
        return false;
    return std::any_of(platforms.begin(), platforms.end(), [&entry](const Platform &wanted) {
        return entry.platform->satisfies(wanted);
    });
}

/// The places of the entries that stay.
QList<qsizetype> keptEntries(const QList<Descriptor> &entries, const QList<Platform> &platforms)
{
    QSet<Digest> images;
    for (const Descriptor &entry : entries) {
        if (isFor(entry, platforms))
            images.insert(entry.digest);
    }
    QList<qsizetype> kept;
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const auto subject = attestationSubject(entries.at(i));
        if (subject ? images.contains(*subject) : isFor(entries.at(i), platforms))
            kept.append(i);
    }
    return kept;
}

/// \a bytes with only the \a kept entries, the space between them as it was.
QByteArray withOnly(const QByteArray &bytes, const QList<Span> &entries,
                    const QList<qsizetype> &kept)
{
    QByteArray result = bytes.first(entries.first().begin);
    for (const qsizetype i : kept) {
        if (i != kept.first())
            result +=
                bytes.sliced(entries.at(i - 1).end, entries.at(i).begin - entries.at(i - 1).end);
        result += bytes.sliced(entries.at(i).begin, entries.at(i).end - entries.at(i).begin);
    }
    return result + bytes.sliced(entries.last().end);
}

/// The index of these bytes; checked, because others will rely on what it lists.
Result<Manifest> readAgain(const QByteArray &bytes, const Manifest &whole,
                           const QList<qsizetype> &kept)
{
    const auto smaller = parseManifest(bytes, whole.mediaType);
    if (!smaller)
        return smaller.error();
    QList<Descriptor> expected;
    for (const qsizetype i : kept)
        expected.append(whole.index()->manifests.at(i));
    if (smaller->index() && smaller->index()->manifests == expected)
        return *smaller;
    return Error{Error::Kind::Protocol, Text::tr("The index cannot be made smaller.")};
}

} // namespace

Result<Manifest> keepPlatforms(const Manifest &index, const QList<Platform> &platforms)
{
    const ImageIndex *whole = index.index();
    if (!whole)
        return Error{Error::Kind::InvalidInput,
                     Text::tr("This is no index, so there are no platforms to choose several from. "
                              "Take all of it, or name one platform.")};
    const QList<Descriptor> &entries = whole->manifests;
    for (const Platform &wanted : platforms) {
        if (std::none_of(entries.begin(), entries.end(),
                         [&wanted](const Descriptor &entry) { return isFor(entry, {wanted}); }))
            return noImageFor(wanted, platformNames(*whole));
    }
    const QList<qsizetype> kept = keptEntries(entries, platforms);
    if (platforms.isEmpty() || kept.size() == entries.size())
        return index;
    const QList<Span> spans = EntryFinder(index.bytes).find();
    if (spans.size() != entries.size())
        return Error{Error::Kind::Protocol, Text::tr("The index cannot be made smaller.")};
    return readAgain(withOnly(index.bytes, spans, kept), index, kept);
}

Error noImageFor(const Platform &wanted, const QStringList &offered)
{
    return {Error::Kind::NotFound,
            Text::tr("There is no image for %1, only for: %2.")
                .arg(quotedText(platformName(wanted)), quotedText(offered.join(", "_L1)))};
}

QString platformName(const Platform &platform)
{
    return QString(platform.toString() + u' ' + platform.osVersion).trimmed();
}

QStringList platformNames(const ImageIndex &index)
{
    QStringList names;
    for (const Descriptor &entry : index.manifests) {
        if (entry.platform && !entry.platform->isUnknown())
            names.append(platformName(*entry.platform));
    }
    return names;
}

} // namespace Longshore
