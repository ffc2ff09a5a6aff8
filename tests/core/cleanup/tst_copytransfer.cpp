// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/copytransfer.h"
#include "core/cleanup/savebackupjob.h"
#include "core/transfer/downloadblobjob.h"
#include "core/transfer/planimagecopyjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testreferrers.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestCopyTransfer : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void saysWhereFromAndWhereTo();
    void bringsTheImage();
    void tellsWhereTheOldManifestIsKept();
    void tellsWhatWasLeftOut();
    void tellsWhichReferrersCannotComeAlong();
    void tellsWhatHadToStartOver();
    void tellsWhyItCannot();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] std::shared_ptr<RegistrySession> session() const
    {
        return {m_connection, &m_connection->session};
    }
    [[nodiscard]] TransferTask task(const Reference &to = *Tag::parse(u"2"));
    [[nodiscard]] Result<TransferOutcome> run(const TransferTask &task)
    {
        return outcomeOf(task.makeJob(this));
    }

    QTemporaryDir m_home;
    std::shared_ptr<FakeConnection> m_connection;
};

void TestCopyTransfer::initTestCase()
{
    qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit());
}

void TestCopyTransfer::init()
{
    m_connection = std::make_shared<FakeConnection>();
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    registry().addRepository(u"b"_s);
}

TransferTask TestCopyTransfer::task(const Reference &to)
{
    const auto plan = outcomeOf(new PlanImageCopyJob(
        m_connection->session, m_connection->session,
        {*RepositoryName::parse(u"a"), *Tag::parse(u"1"), *RepositoryName::parse(u"b"), to}));
    if (!plan)
        qFatal("no plan: %s", qPrintable(plan.error().message));
    return copyTransfer(session(), session(), *plan, u"bundle.tar"_s);
}

void TestCopyTransfer::saysWhereFromAndWhereTo()
{
    const TransferTask byTag = task();
    QCOMPARE(byTag.path, QString());
    QCOMPARE(byTag.source, u"bundle.tar"_s);
    QCOMPARE(byTag.target, QString(registry().host() + "/b:2"_L1));
    const auto image = parseManifest(TestImages::image(registry(), u"a"_s), {});
    QCOMPARE(task(image->digest).target,
             QString(registry().host() + "/b@"_L1 + image->digest.toString()));
}

void TestCopyTransfer::bringsTheImage()
{
    const auto brought = run(task());
    QVERIFY2(brought, brought ? "" : qPrintable(brought.error().message));
    QVERIFY(registry().hasManifest(u"b"_s, brought->digest));
    QVERIFY(brought->size > 18); // Both layers and the configuration.
    QCOMPARE(brought->remark, QString());
}

void TestCopyTransfer::tellsWhereTheOldManifestIsKept()
{
    const Digest old = TestImages::addImage(registry(), u"b"_s, u"2"_s, {.layers = {"old"}});
    const auto brought = run(task());
    QVERIFY2(brought, brought ? "" : qPrintable(brought.error().message));
    QVERIFY2(brought->remark.contains(old.toString()), qPrintable(brought->remark));
    QVERIFY2(brought->remark.contains(m_home.path()), qPrintable(brought->remark));
}

void TestCopyTransfer::tellsWhatWasLeftOut()
{
    QByteArray bytes = TestImages::image(registry(), u"a"_s);
    bytes.replace("application/vnd.oci.image.layer.v1.tar+gzip",
                  "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
    registry().addManifest(u"a"_s, u"1"_s, bytes, MediaType::ociManifest());
    const auto brought = run(task());
    QVERIFY2(brought, brought ? "" : qPrintable(brought.error().message));
    QVERIFY2(brought->remark.contains(u"left out"_s), qPrintable(brought->remark));
}

void TestCopyTransfer::tellsWhichReferrersCannotComeAlong()
{
    const auto image = parseManifest(TestImages::image(registry(), u"a"_s), {});
    const Digest signature = TestReferrers::sign(registry(), u"a"_s, image->digest, "signature");
    registry().failNext("GET", u"/manifests/"_s + signature.toString(), {404});
    ImageCopy wanted{*RepositoryName::parse(u"a"), *Tag::parse(u"1"), *RepositoryName::parse(u"b"),
                     *Tag::parse(u"2")};
    wanted.withReferrers = true;
    const auto plan =
        outcomeOf(new PlanImageCopyJob(m_connection->session, m_connection->session, wanted));
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
    const auto brought = run(copyTransfer(session(), session(), *plan, u"a:1"_s));
    QVERIFY2(brought, brought ? "" : qPrintable(brought.error().message));
    QVERIFY2(brought->remark.contains(u"left out: "_s + signature.toString()),
             qPrintable(brought->remark));
}

void TestCopyTransfer::tellsWhatHadToStartOver()
{
    const TransferTask prepared = task();
    registry().uploads.behaviour.mountStatus = 404; // So that it has to come here first.
    registry().failNext("GET", Digest::ofBytes("layer one").toString(),
                        {200, QByteArray(sizeof "layer one" - 1, 'y')});
    const auto brought = run(prepared);
    QVERIFY2(brought, brought ? "" : qPrintable(brought.error().message));
    QCOMPARE(brought->remark, startedOverText(1));
}

void TestCopyTransfer::tellsWhyItCannot()
{
    const TransferTask prepared = task();
    registry().failNext("POST", u"/uploads/"_s, registryRefusal(403, "DENIED", "no"), 100);
    const auto brought = run(prepared);
    QVERIFY(!brought);
    QCOMPARE(brought.error().kind, Error::Kind::Forbidden);
}

QTEST_GUILESS_MAIN(TestCopyTransfer)
#include "tst_copytransfer.moc"
