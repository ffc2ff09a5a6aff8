// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/findreferrersjob.h"
#include "core/cleanup/takeinventoryjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestFindReferrersJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void findsWhatHasNoTag();
    void asksNothingWhereNoListsAreKept();
    void asksNothingAboutNothing();
    void leavesOutWhatHasATag();
    void knowsOfReferrersThatCannotBeRead();
    void failsWhereAListCannotBeRead();
    void findsWhatRefersToAReferrer();
    void givesUpWhereReferencesHaveNoEnd();

private:
    [[nodiscard]] Result<RepositoryInventory> find(const QSet<Digest> &images)
    {
        const auto inventory = outcomeOf(new TakeInventoryJob(
            m_connection->session, *RepositoryName::parse(u"a"), InventoryDepth::ManifestsOnly));
        if (!inventory)
            return inventory.error();
        return outcomeOf(new FindReferrersJob(m_connection->session, *inventory, images));
    }
    /// The registry lists what m_lists says.
    void keepLists();

    std::unique_ptr<FakeConnection> m_connection;
    std::optional<Digest> m_image;
    std::optional<Digest> m_signature; ///< Without a tag.
    /// What refers to a digest: the signature to the image, and nothing to anything else.
    std::function<QList<Digest>(const QString &)> m_lists;
};

void TestFindReferrersJob::init()
{
    m_connection = std::make_unique<FakeConnection>(1);
    FakeRegistry &registry = m_connection->registry;
    m_image = TestImages::addImage(registry, u"a"_s, u"1"_s);
    const QByteArray bytes =
        TestImages::image(registry, u"a"_s, {.layers = {QByteArray("signature")}});
    m_signature = registry.addManifest(u"a"_s, {}, bytes, MediaType::ociManifest());
    m_lists = [this](const QString &digest) {
        return digest == m_image->toString() ? QList<Digest>{*m_signature} : QList<Digest>();
    };
}

void TestFindReferrersJob::keepLists()
{
    m_connection->registry.intercept(
        [this](const TestRequest &request, const TestConnection &connection) {
            if (!request.path().contains(u"/referrers/"_s))
                return false;
            QJsonArray list;
            const auto referrers = m_lists(request.path().section(u'/', -1));
            for (const Digest &referrer : referrers)
                list.append(QJsonObject{{u"mediaType"_s, MediaType::ociManifest().toString()},
                                        {u"digest"_s, referrer.toString()},
                                        {u"size"_s, 10}});
            const QJsonObject index{{u"schemaVersion"_s, 2},
                                    {u"mediaType"_s, MediaType::ociIndex().toString()},
                                    {u"manifests"_s, list}};
            connection.answer({200,
                               QJsonDocument(index).toJson(),
                               {{"Content-Type", MediaType::ociIndex().toString().toLatin1()}}});
            return true;
        });
}

void TestFindReferrersJob::findsWhatHasNoTag()
{
    keepLists();
    const auto inventory = find({*m_image});
    QVERIFY2(inventory, inventory ? "" : qPrintable(inventory.error().message));
    QCOMPARE(inventory->referrers.value(*m_image), QList<Digest>{*m_signature});
    QVERIFY(inventory->details.value(*m_signature).blobs.contains(Digest::ofBytes("signature")));
}

void TestFindReferrersJob::asksNothingWhereNoListsAreKept()
{
    const auto inventory = find({*m_image});
    QVERIFY2(inventory, inventory ? "" : qPrintable(inventory.error().message));
    QVERIFY(inventory->referrers.isEmpty());
    QCOMPARE(m_connection->registry.count("GET", u"/referrers/"_s), qsizetype(1));
    QCOMPARE(m_connection->registry.count("GET", u"/manifests/sha256-"_s), qsizetype(0));
}

void TestFindReferrersJob::asksNothingAboutNothing()
{
    keepLists();
    const auto inventory = find({});
    QVERIFY(inventory);
    QCOMPARE(m_connection->registry.count("GET", u"/referrers/"_s), qsizetype(0));
}

void TestFindReferrersJob::leavesOutWhatHasATag()
{
    keepLists();
    m_connection->registry.setTag(u"a"_s, u"signature"_s, *m_signature);
    const auto inventory = find({*m_image});
    QVERIFY(inventory);
    QVERIFY(inventory->referrers.isEmpty());
}

void TestFindReferrersJob::knowsOfReferrersThatCannotBeRead()
{
    keepLists();
    m_connection->registry.failNext("GET", m_signature->toString(), {403}, 100);
    const auto inventory = find({*m_image});
    QVERIFY(inventory);
    QCOMPARE(inventory->referrers.value(*m_image), QList<Digest>{*m_signature});
    QVERIFY(!inventory->details.contains(*m_signature));
}

void TestFindReferrersJob::failsWhereAListCannotBeRead()
{
    keepLists();
    m_connection->registry.failNext("GET", u"/referrers/"_s + m_image->toString(), {500}, 100);
    const auto inventory = find({*m_image});
    QVERIFY(!inventory);
    QCOMPARE(inventory.error().httpStatus, 500);
}

void TestFindReferrersJob::findsWhatRefersToAReferrer()
{
    FakeRegistry &registry = m_connection->registry;
    const QByteArray bytes = TestImages::image(registry, u"a"_s, {.layers = {"time stamp"}});
    const Digest stamp = registry.addManifest(u"a"_s, {}, bytes, MediaType::ociManifest());
    m_lists = [&](const QString &digest) {
        if (digest == m_image->toString())
            return QList<Digest>{*m_signature};
        // In a circle, as no honest registry has it.
        return digest == m_signature->toString() ? QList<Digest>{stamp}
                                                 : QList<Digest>{*m_signature};
    };
    keepLists();
    const auto inventory = find({*m_image});
    QVERIFY2(inventory, inventory ? "" : qPrintable(inventory.error().message));
    QCOMPARE(inventory->referrers.value(*m_image), (QList<Digest>{*m_signature, stamp}));
    QVERIFY(inventory->details.contains(stamp));
}

void TestFindReferrersJob::givesUpWhereReferencesHaveNoEnd()
{
    m_lists = [](const QString &digest) {
        return QList<Digest>{Digest::ofBytes(digest.toLatin1())};
    };
    keepLists();
    const auto inventory = find({*m_image});
    QVERIFY(!inventory);
    QCOMPARE(inventory.error().kind, Error::Kind::TooLarge);
}

QTEST_GUILESS_MAIN(TestFindReferrersJob)
#include "tst_findreferrersjob.moc"
