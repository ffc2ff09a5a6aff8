// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportbesidejob.h"
#include "core/transfer/transfertask.h"
#include "support/fakeconnection.h"
#include "support/heldrequests.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestExportBesideJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void exportsWhereNothingIs();
    void leavesWhatIsThere();
    void takesAnotherName();
    void goesOnUnderTheNameThatItBeganWith();
    void writesChecksumsBesideTheNewName();
    void leavesChecksumsOfOthers();
    void wantsAPlaceThatIsAFile();
    void tellsTheUserWhatBecameOfTheName();

private:
    [[nodiscard]] PlaceExport wanted(TakenName taken) const
    {
        return {*ImageReference::parse(m_connection->registry.host() + u"/a:1"_s),
                {},
                {ImagePlace::Form::OciArchive, path(u"a.tar"_s)},
                taken};
    }
    [[nodiscard]] Result<ExportedImage> save(const PlaceExport &wanted)
    {
        return outcomeOf(makeExportJob(m_connection->session, wanted));
    }
    [[nodiscard]] QString path(const QString &name) const { return m_home->filePath(name); }
    void occupy() const
    {
        QFile file(path(u"a.tar"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
    }
    [[nodiscard]] QByteArray occupant() const
    {
        QFile file(path(u"a.tar"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    std::optional<Digest> m_image;
};

void TestExportBesideJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    m_image = TestImages::addImage(m_connection->registry, u"a"_s, u"1"_s);
}

void TestExportBesideJob::exportsWhereNothingIs()
{
    for (const TakenName taken : {TakenName::Skip, TakenName::Rename}) {
        const auto exported = save(wanted(taken));
        QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
        QVERIFY(!exported->isSkipped && exported->renamed.isEmpty());
        QCOMPARE(exported->blobs, qsizetype(4));
        QVERIFY(QFile::remove(path(u"a.tar"_s)));
    }
}

void TestExportBesideJob::leavesWhatIsThere()
{
    occupy();
    const auto exported = save(wanted(TakenName::Skip));
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QVERIFY(exported->isSkipped);
    QCOMPARE(exported->image.digest, *m_image);
    QCOMPARE(exported->bytes, 0);
    QCOMPARE(occupant(), "mine");
    QCOMPARE(m_connection->registry.count("GET"), qsizetype(0));
}

void TestExportBesideJob::takesAnotherName()
{
    occupy();
    const auto exported = save(wanted(TakenName::Rename));
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->renamed, path(u"a (2).tar"_s));
    QVERIFY(QFileInfo(exported->renamed).size() > 0);
    QCOMPARE(occupant(), "mine");
}

void TestExportBesideJob::goesOnUnderTheNameThatItBeganWith()
{
    occupy();
    HeldRequests held(m_connection->registry, "GET", Digest::ofBytes("layer two").toString());
    auto *job = makeExportJob(m_connection->session, wanted(TakenName::Rename));
    const QSignalSpy gone(job, &QObject::destroyed);
    job->start();
    const QString arrived =
        path(u".a (2).tar.blobs/sha256-"_s + Digest::ofBytes("layer one").encoded());
    QTRY_VERIFY(held.count() == 1 && QFile::exists(arrived));
    job->cancel();
    QTRY_COMPARE(gone.size(), qsizetype(1));
    held.release();
    m_connection->registry.forgetRequests();
    QCOMPARE(save(wanted(TakenName::Rename))->renamed, path(u"a (2).tar"_s));
    QCOMPARE(m_connection->registry.count("GET", Digest::ofBytes("layer one").toString()),
             qsizetype(0)); // What had come was kept.
    QCOMPARE(QDir(m_home->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList({u"a (2).tar"_s, u"a.tar"_s}));
}

void TestExportBesideJob::writesChecksumsBesideTheNewName()
{
    occupy();
    PlaceExport both = wanted(TakenName::Rename);
    both.withChecksums = true;
    QVERIFY(save(both));
    QVERIFY(QFile::exists(path(u"a (2).tar.sha256"_s)));
    QVERIFY(!QFile::exists(path(u"a.tar.sha256"_s)));
}

void TestExportBesideJob::leavesChecksumsOfOthers()
{
    QVERIFY(SafeFile::writeFile(path(u"a.tar.sha256"_s), "mine"));
    PlaceExport both = wanted(TakenName::Rename);
    both.withChecksums = true;
    const auto exported = save(both);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->renamed, path(u"a (2).tar"_s));
    QVERIFY(QFile::exists(path(u"a (2).tar.sha256"_s)));
    QVERIFY(!QFile::exists(path(u"a.tar"_s)));
    QCOMPARE(QFileInfo(path(u"a.tar.sha256"_s)).size(), qint64(4));
}

void TestExportBesideJob::wantsAPlaceThatIsAFile()
{
    for (const TakenName taken : {TakenName::Skip, TakenName::Rename}) {
        PlaceExport folder = wanted(taken);
        folder.place.form = ImagePlace::Form::OciFolder;
        QCOMPARE(save(folder).error().kind, Error::Kind::InvalidInput);
    }
    QVERIFY(m_connection->registry.requests().isEmpty());
}

void TestExportBesideJob::tellsTheUserWhatBecameOfTheName()
{
    occupy();
    const std::shared_ptr<Session> session(&m_connection->session, [](Session *) {});
    const auto bring = [&](TakenName taken) {
        const TransferTask task = imageTransfer(session, wanted(taken), u"a:1"_s);
        return *outcomeOf(task.makeJob(nullptr));
    };
    const TransferOutcome skipped = bring(TakenName::Skip);
    QVERIFY(skipped.isSkipped && skipped.remark.contains("left as it is"_L1));
    const TransferOutcome renamed = bring(TakenName::Rename);
    QCOMPARE(renamed.path, path(u"a (2).tar"_s));
    QVERIFY(!renamed.isSkipped && renamed.remark.contains("a (2).tar"_L1));
    QVERIFY(QFile::remove(path(u"a.tar"_s)));
    const TransferOutcome plain = bring(TakenName::Fail);
    QVERIFY(!plain.isSkipped && plain.path.isEmpty() && plain.remark.isEmpty());
}

QTEST_GUILESS_MAIN(TestExportBesideJob)
#include "tst_exportbesidejob.moc"
