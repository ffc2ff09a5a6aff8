// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/findremainsjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"
#include "support/testreferrers.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestFindRemainsJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void findsPartsThatNoTagLeadsTo();
    void leavesOutWhatAnotherTagNeeds();
    void leavesOutPartsThatAreNotThere();
    void findsWhatRefersToAnImage();
    void failsWhereAListCannotBeRead();

private:
    [[nodiscard]] Result<QList<Remain>> find(const QList<Digest> &images)
    {
        const auto snapshot =
            outcomeOf(new TakeSnapshotJob(m_connection->session, *RepositoryName::parse(u"a")));
        if (!snapshot)
            return snapshot.error();
        return outcomeOf(new FindRemainsJob(m_connection->session, *snapshot, images));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] Digest part(const QByteArray &layer)
    {
        const QByteArray bytes = TestImages::image(registry(), u"a"_s, {.layers = {layer}});
        return registry().addManifest(u"a"_s, {}, bytes, MediaType::ociManifest());
    }
    Digest addIndex(const QString &tag, const QList<Digest> &parts);

    std::unique_ptr<FakeConnection> m_connection;
};

void TestFindRemainsJob::init()
{
    m_connection = std::make_unique<FakeConnection>(1);
}

Digest TestFindRemainsJob::addIndex(const QString &tag, const QList<Digest> &parts)
{
    QByteArrayList entries;
    for (const Digest &one : parts)
        entries.append(R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":2,)"
                       R"("digest":")"
                       + one.toString().toLatin1() + R"("})");
    return registry().addManifest(u"a"_s, tag,
                                  R"({"schemaVersion":2,"annotations":{"n":")" + tag.toLatin1()
                                      + R"("},"manifests":[)" + entries.join(',') + "]}",
                                  MediaType::ociIndex());
}

void TestFindRemainsJob::findsPartsThatNoTagLeadsTo()
{
    const Digest alone = part("alone");
    const Digest index = addIndex(u"1"_s, {alone});
    const auto remains = find({index});
    QVERIFY2(remains, remains ? "" : qPrintable(remains.error().message));
    QCOMPARE(remains->size(), qsizetype(1));
    QCOMPARE(remains->first().kind, Remain::Kind::Part);
    QCOMPARE(remains->first().digest, alone);
    QCOMPARE(remains->first().image, index);
    QVERIFY(remains->first().size > 5); // The layer, and the configuration.
}

void TestFindRemainsJob::leavesOutWhatAnotherTagNeeds()
{
    const Digest tagged = part("tagged");
    registry().setTag(u"a"_s, u"linux"_s, tagged);
    const Digest shared = part("shared");
    const Digest first = addIndex(u"1"_s, {tagged, shared});
    const Digest second = addIndex(u"2"_s, {shared});
    QCOMPARE(find({first})->size(), qsizetype(0));
    const auto both = find({first, second});
    QCOMPARE(both->size(), qsizetype(1)); // Once, whatever it is a part of.
    QCOMPARE(both->first().digest, shared);
}

void TestFindRemainsJob::leavesOutPartsThatAreNotThere()
{
    const Digest index = addIndex(u"1"_s, {Digest::ofBytes("not there")});
    const auto remains = find({index});
    QVERIFY(remains);
    QVERIFY(remains->isEmpty());
}

void TestFindRemainsJob::findsWhatRefersToAnImage()
{
    registry().behaviour.listsReferrers = true;
    const Digest image = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const Digest signature = TestReferrers::add(registry(), u"a"_s, image, "signature");
    registry().intercept([=](const TestRequest &request, const TestConnection &connection) {
        if (!request.path().contains("/referrers/"_L1))
            return false;
        const bool isAsked = request.path().endsWith(image.toString());
        const QByteArray entry =
            R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":2,"digest":")"
            + signature.toString().toLatin1() + R"("})";
        connection.answer({200,
                           R"({"schemaVersion":2,"mediaType":)"
                           R"("application/vnd.oci.image.index.v1+json","manifests":[)"
                               + (isAsked ? entry : QByteArray()) + "]}",
                           {{"Content-Type", "application/vnd.oci.image.index.v1+json"}}});
        return true;
    });
    const auto remains = find({image});
    QVERIFY2(remains, remains ? "" : qPrintable(remains.error().message));
    QCOMPARE(remains->size(), qsizetype(1));
    QCOMPARE(remains->first().kind, Remain::Kind::Referrer);
    QCOMPARE(remains->first().digest, signature);
    QVERIFY(remains->first().size > 0);
}

void TestFindRemainsJob::failsWhereAListCannotBeRead()
{
    const Digest image = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    registry().intercept([=](const TestRequest &request, const TestConnection &connection) {
        if (!request.path().contains("/referrers/"_L1))
            return false;
        if (request.path().endsWith(image.toString()))
            connection.answer({500});
        else
            connection.answer({200,
                               R"({"schemaVersion":2,"mediaType":)"
                               R"("application/vnd.oci.image.index.v1+json","manifests":[]})",
                               {{"Content-Type", "application/vnd.oci.image.index.v1+json"}}});
        return true;
    });
    const auto remains = find({image});
    QVERIFY(!remains);
    QCOMPARE(remains.error().httpStatus, 500);
}

QTEST_GUILESS_MAIN(TestFindRemainsJob)
#include "tst_findremainsjob.moc"
