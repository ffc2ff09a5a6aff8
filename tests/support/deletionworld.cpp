// SPDX-License-Identifier: Apache-2.0
#include "support/deletionworld.h"

#include "support/testimages.h"

#include <QFile>

using namespace Longshore;
using namespace Qt::StringLiterals;

DeletionWorld::DeletionWorld(FakeRegistry &registry, const QString &repository, quint32 seed)
    : m_registry(registry), m_repository(repository), m_generator(seed)
{
    registry.addRepository(repository);
}

int DeletionWorld::random(int limit)
{
    return int(m_generator() % quint32(limit));
}

void DeletionWorld::set(const QString &tag, const QString &digest)
{
    m_registry.setTag(m_repository, tag, *Digest::parse(digest));
    m_tags.insert(tag, digest);
    m_changed.insert(tag, m_clock);
}

void DeletionWorld::push(const QString &tag, const QByteArray &content)
{
    const QByteArray image =
        TestImages::image(m_registry, m_repository, {.layers = {"layer " + content}});
    const auto digest =
        m_registry.addManifest(m_repository, tag, image, MediaType::ociManifest()).toString();
    m_digests.append(digest);
    set(tag, digest);
}

void DeletionWorld::pushIndex(const QString &tag, const QString &of)
{
    const QByteArray index = R"({"schemaVersion":2,"annotations":{"n":")"
                             + QByteArray::number(++m_made) + R"("},"manifests":[{"mediaType":")"
                             + MediaType::ociManifest().toString().toLatin1()
                             + R"(","size":9,"digest":")" + of.toLatin1() + R"("}]})";
    const auto digest =
        m_registry.addManifest(m_repository, tag, index, MediaType::ociIndex()).toString();
    m_parts.insert(digest, {of});
    set(tag, digest);
}

void DeletionWorld::populate()
{
    const int images = 12 + random(20);
    for (int i = 0; i < images; ++i)
        push(u"t%1"_s.arg(i), QByteArray::number(i));
    for (int i = random(8); i > 0; --i)
        set(u"s%1"_s.arg(i), anyDigest());
    for (int i = random(4); i > 0; --i)
        pushIndex(u"i%1"_s.arg(i), anyDigest());
}

QString DeletionWorld::anyTag()
{
    QStringList tags = m_tags.keys();
    tags.sort(); // The same seed shall do the same.
    return tags.isEmpty() ? QString() : tags.at(random(int(tags.size())));
}

QString DeletionWorld::anyDigest()
{
    QStringList digests;
    for (const QString &digest : std::as_const(m_digests)) {
        if (m_registry.hasManifest(m_repository, *Digest::parse(digest)))
            digests.append(digest);
    }
    return digests.isEmpty() ? QString() : digests.at(random(int(digests.size())));
}

QList<Tag> DeletionWorld::choice()
{
    QStringList tags = m_tags.keys();
    tags.sort();
    QList<Tag> chosen;
    for (const QString &tag : std::as_const(tags)) {
        if (random(4) != 0)
            chosen.append(*Tag::parse(tag));
    }
    return chosen;
}

void DeletionWorld::begin(const DeletionPlan &plan, const QString &backup,
                          std::function<void()> kill)
{
    m_planned.clear();
    m_known.clear();
    for (const DeletionGroup &group : plan.groups) {
        QSet<QString> &tags = m_planned[group.manifest.digest.toString()];
        for (const Tag &tag : group.allTags())
            tags.insert(tag.toString());
    }
    m_backup = backup;
    m_kill = std::move(kill);
    m_killAt = random(3) == 0 ? m_clock + 20 + random(250) : -1;
    m_isRestless = true;
    m_registry.intercept([this](const TestRequest &request, const TestConnection &connection) {
        return handle(request, connection);
    });
}

bool DeletionWorld::handle(const TestRequest &request, const TestConnection &connection)
{
    if (!request.path().contains(u'/' + m_repository + u'/'))
        return false;
    ++m_clock;
    if (m_isRestless && random(25) == 0)
        meddle();
    if (m_isRestless && m_clock == m_killAt)
        m_kill();
    const bool isSecondLook = m_known.isEmpty();
    see(request);
    // What is known by then is what this very answer says.
    const bool mustArrive = isSecondLook && !m_known.isEmpty();
    if (m_isRestless && !mustArrive && random(30) == 0)
        return fail(request, connection);
    if (request.method == "DELETE")
        judgeDeletion(request.path().section(u'/', -1));
    return false;
}

/// What the other side knows when it gets the answer.
void DeletionWorld::see(const TestRequest &request)
{
    const QString name = request.path().section(u'/', -1);
    if (request.path().endsWith("/tags/list"_L1)) {
        m_lastList = m_clock;
        if (QFile::exists(m_backup + "/longshore-backup.json"_L1) && m_known.isEmpty())
            m_known = QSet<QString>(m_tags.keyBegin(), m_tags.keyEnd());
    } else if (request.method == "HEAD") {
        m_lastLook.insert(name, m_clock);
    }
}

void DeletionWorld::meddle()
{
    const QString digest = anyDigest();
    const QString tag = anyTag();
    if (digest.isEmpty() || tag.isEmpty())
        return;
    const QString number = QString::number(++m_made);
    switch (random(5)) {
    case 0: return push(QString(u'p' + number), number.toLatin1());
    case 1: return set(tag, digest);
    case 2: return set(QString(u'n' + number), digest);
    case 3: return pushIndex(QString(u'x' + number), digest);
    default: m_registry.removeTag(m_repository, tag); m_tags.remove(tag);
    }
}

bool DeletionWorld::fail(const TestRequest &request, const TestConnection &connection)
{
    const int kind = random(4);
    if (kind == 0)
        connection.answer({500, {}});
    else if (kind == 1)
        connection.answer({429, {}, {{"Retry-After", "0"}}});
    else if (kind == 2)
        connection.reset(); // Nothing was done.
    if (kind < 3)
        return true;
    // Done, and nobody hears of it.
    if (request.method == "DELETE")
        judgeDeletion(request.path().section(u'/', -1));
    m_registry.answerNormally(request, TestConnection(nullptr));
    connection.reset();
    return true;
}

bool DeletionWorld::wasVisible(const QString &tag) const
{
    // Tags that were there when the run began are not looked at again, unless they are to go.
    const int seen = m_known.contains(tag) ? m_lastLook.value(tag) : m_lastList;
    return m_changed.value(tag) < seen;
}

void DeletionWorld::complain(const QString &digest, const QString &what)
{
    m_complaints.append(QStringLiteral("%1, request %2, %3: %4")
                            .arg(m_repository, QString::number(m_clock), digest, what));
}

void DeletionWorld::judgeDeletion(const QString &digest)
{
    const Digest parsed = *Digest::parse(digest);
    if (!m_registry.hasManifest(m_repository, parsed))
        return; // Gone already; whoever asks again is told so.
    if (!QFile::exists(m_backup + "/longshore-backup.json"_L1))
        complain(digest, u"deleted before it was saved"_s);
    if (!m_planned.contains(digest))
        complain(digest, u"nobody planned that"_s);
    Deletion deletion{digest, m_registry.manifestBytes(m_repository, parsed), {}};
    const QSet<QString> planned = m_planned.value(digest);
    for (auto tag = m_tags.begin(); tag != m_tags.end();) {
        const bool goes = *tag == digest;
        const bool breaks = m_parts.value(*tag).contains(digest);
        if ((breaks || (goes && !planned.contains(tag.key()))) && wasVisible(tag.key()))
            complain(digest, u"takes or breaks %1"_s.arg(tag.key()));
        else if (breaks || (goes && !planned.contains(tag.key())))
            ++m_races;
        else if (!goes && planned.contains(tag.key()) && wasVisible(tag.key()))
            complain(digest, u"although %1 has moved"_s.arg(tag.key()));
        if (goes)
            deletion.tags.append(tag.key());
        tag = goes ? m_tags.erase(tag) : std::next(tag);
    }
    m_deletions.append(deletion);
}

DeletionWorld::Complaints DeletionWorld::missing() const
{
    Complaints missing;
    const QStringList tags = m_registry.tags(m_repository);
    for (const Deletion &deletion : m_deletions) {
        const Digest digest = *Digest::parse(deletion.digest);
        if (m_registry.manifestBytes(m_repository, digest) != deletion.bytes)
            missing.append(u"%1 of %2 did not come back"_s.arg(deletion.digest, m_repository));
        for (const QString &tag : deletion.tags) {
            if (m_planned.value(deletion.digest).contains(tag) && !tags.contains(tag))
                missing.append(u"%1 of %2 did not come back"_s.arg(tag, m_repository));
        }
    }
    return missing;
}
