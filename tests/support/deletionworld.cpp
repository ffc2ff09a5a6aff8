// SPDX-License-Identifier: Apache-2.0
#include "support/deletionworld.h"

#include "core/registry/listreferrersjob.h"
#include "support/testinventory.h"
#include "support/testreferrers.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Longshore;
using namespace Qt::StringLiterals;

DeletionWorld::DeletionWorld(FakeRegistry &registry, const QString &repository, quint32 seed,
                             TagRemoval tagRemoval)
    : m_registry(registry), m_repository(repository), m_generator(seed), m_tagRemoval(tagRemoval)
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
    m_history[tag].insert(digest);
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

/// As cosign does it.
void DeletionWorld::sign(const QString &subject)
{
    push(TestReferrers::tag(*Digest::parse(subject), u".sig"_s),
         "signature " + QByteArray::number(++m_made));
}

/// Something without a tag, which is on the list of the registry or on one under a tag.
void DeletionWorld::refer(const QString &subject)
{
    const Digest parsed = *Digest::parse(subject);
    const QString digest = TestReferrers::add(m_registry, m_repository, parsed,
                                              "referrer " + QByteArray::number(++m_made))
                               .toString();
    m_digests.append(digest);
    m_subjects.insert(digest, subject);
    if (m_registry.behaviour.listsReferrers)
        return;
    const QString tag = referrersTag(parsed).toString();
    const auto before = Digest::parse(m_registry.tagged(m_repository, tag));
    QJsonObject list{{u"schemaVersion"_s, 2}};
    QJsonArray entries;
    if (before) // Which somebody may have put there for something else.
        entries =
            QJsonDocument::fromJson(m_registry.manifestBytes(m_repository, *before))["manifests"_L1]
                .toArray();
    entries.append(QJsonObject{{u"mediaType"_s, MediaType::ociManifest().toString()},
                               {u"digest"_s, digest},
                               {u"size"_s, 2}});
    list.insert("manifests"_L1, entries);
    set(tag,
        m_registry
            .addManifest(m_repository, tag, QJsonDocument(list).toJson(), MediaType::ociIndex())
            .toString());
}

void DeletionWorld::populate()
{
    const int images = 12 + random(20);
    for (int i = 0; i < images; ++i)
        push(u"t%1"_s.arg(i), QByteArray::number(i));
    for (int i = random(8); i > 0; --i)
        set(u"s%1"_s.arg(i), anyDigest());
    for (int i = random(5); i > 0; --i)
        refer(anyDigest());
    for (int i = random(5); i > 0; --i)
        sign(anyDigest());
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
        if (isThere(digest))
            digests.append(digest);
    }
    return digests.isEmpty() ? QString() : digests.at(random(int(digests.size())));
}

bool DeletionWorld::isThere(const QString &digest) const
{
    return m_registry.hasManifest(m_repository, *Digest::parse(digest));
}

QStringList DeletionWorld::tagsOf(const QString &digest) const
{
    return m_tags.keys(digest);
}

CleanupRules DeletionWorld::rules()
{
    const QString names = random(2) == 0 ? u"t*, i*"_s : u"t*, s*, i*"_s;
    CleanupRules rules{{}, {TestInventory::deleteNamed(names)}};
    const QList policies{SiblingPolicy::KeepAll, SiblingPolicy::Untag, SiblingPolicy::Untag,
                         SiblingPolicy::DeleteAll};
    rules.siblings = policies.at(random(4));
    rules.removesChildren = random(4) != 0;
    rules.removesAttached = random(4) != 0;
    return rules;
}

CleanupChoices DeletionWorld::choices()
{
    CleanupChoices choices{TestInventory::now(), true};
    QStringList tags = m_tags.keys();
    tags.sort();
    for (const QString &tag : std::as_const(tags)) {
        const int dice = random(10);
        if (dice < 3)
            choices.overrides.insert(*Tag::parse(tag), dice == 0 ? CleanupChoices::Override::Delete
                                                                 : CleanupChoices::Override::Keep);
    }
    return choices;
}

void DeletionWorld::begin(const CleanupDecisions &decisions, const QString &backup,
                          std::function<void()> kill)
{
    for (const TagDecision &one : decisions.tags) {
        const QString tag = one.tag.toString();
        const QString digest = one.manifest.digest.toString();
        if (one.kind == TagDecision::Kind::Untag)
            m_plannedAlone.insert(tag, digest);
        else if (one.kind != TagDecision::Kind::Delete)
            m_staying[digest].insert(tag);
        else
            m_planned[digest].insert(tag);
        if (one.kind == TagDecision::Kind::Delete && one.subject)
            m_about[digest].insert(one.subject->toString());
    }
    for (const RemovedChild &child : decisions.children) {
        const QString digest = child.manifest.digest.toString();
        m_planned.insert(digest, {});
        if (m_subjects.contains(digest))
            m_about[digest].insert(m_subjects.value(digest));
    }
    judgeDecisions();
    m_backup = backup;
    m_kill = std::move(kill);
    m_killAt = random(3) == 0 ? m_clock + 20 + random(200) : -1;
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
    judge(request);
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
    } else if (request.method == "HEAD" || request.method == "GET") {
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
    switch (random(7)) {
    case 0: return push(QString(u'p' + number), number.toLatin1());
    case 1: return set(tag, digest);
    case 2: return set(QString(u'n' + number), digest);
    case 3: return pushIndex(QString(u'x' + number), digest);
    case 4: return sign(digest);
    case 5: return refer(digest);
    default:
        m_registry.removeTag(m_repository, tag);
        m_tags.remove(tag);
        m_changed.insert(tag, m_clock);
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
    judge(request);
    m_registry.answerNormally(request, TestConnection(nullptr));
    connection.reset();
    return true;
}

void DeletionWorld::end()
{
    m_registry.forgetInterceptors();
    QStringList expected = m_tags.keys();
    expected.sort();
    if (m_registry.tags(m_repository) != expected)
        complain(m_repository, u"the tags are not what is left of them"_s);
    for (const QString &tag : std::as_const(expected)) {
        if (m_registry.tagged(m_repository, tag) != m_tags.value(tag))
            complain(tag, u"is not where it was put"_s);
    }
}
