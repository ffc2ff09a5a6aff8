// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/blobstage.h"
#include "core/transfer/contentslist.h"
#include "core/transfer/exportarchivejob.h"
#include "core/transfer/placeexport.h"
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

/// What becomes of exports that were broken off or killed under a name which they took because another was
/// taken.
class TestExportBesideJobKilled : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void goesOnUnderItsNameWhereTheFirstIsFreeAgain();
    void knowsItsOwnFileUnderAnotherName();
    void goesOnBehindItsOwnCheckSums();
    void goesOnUnderTheNextNameWhereItsOwnIsTaken();
    void takesTheNextNameForANewerImage();
    void leavesTheRestOfAnotherOrder();
    void takesNoNameThatAnotherOrderGoesOnUnder();
    void leavesNoFolderWhereNothingWaits();
    void discardsTheRestOfWhatIsGivenUp();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] QString path(const QString &name) const { return m_home->filePath(name); }
    [[nodiscard]] PlaceExport wanted(const QString &tag = u"1"_s) const
    {
        return {*ImageReference::parse(u"reg.example/a:"_s + tag),
                {},
                {ImagePlace::Form::OciArchive, path(u"a.tar"_s), {}},
                TakenName::Rename};
    }
    [[nodiscard]] Result<ExportedImage> save(const PlaceExport &wanted)
    {
        const auto exported = outcomeOf(makeExportJob(m_connection->session, wanted));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // The job itself goes.
        return exported;
    }
    void write(const QString &name) const { QVERIFY(SafeFile::writeFile(path(name), "mine")); }
    /// While "a.tar" is of somebody else; one layer has arrived.
    void breakOff();
    /// The same, right before it gets its name.
    void stopAtTheEnd();
    [[nodiscard]] BlobStage stage() const { return BlobStage(path(u"a (2).tar"_s)); }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_home->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    [[nodiscard]] qsizetype requestsForTheLayer()
    {
        return registry().count("GET", Digest::ofBytes("layer one").toString());
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestExportBesideJobKilled::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    TestImages::addImage(registry(), u"a"_s, u"2"_s, {.layers = {"other"}});
    write(u"a.tar"_s);
}

void TestExportBesideJobKilled::breakOff()
{
    HeldRequests held(registry(), "GET", Digest::ofBytes("layer two").toString());
    auto *job = makeExportJob(m_connection->session, wanted());
    const QSignalSpy gone(job, &QObject::destroyed);
    job->start();
    QTRY_VERIFY(held.count() == 1 && QFile::exists(stage().blobPath(Digest::ofBytes("layer one"))));
    job->cancel();
    QTRY_COMPARE(gone.size(), qsizetype(1));
    held.release();
    registry().forgetRequests();
}

/// Somebody takes the name just then, and goes: what stays is what whoever is killed leaves.
void TestExportBesideJobKilled::stopAtTheEnd()
{
    PlaceExport second = wanted();
    second.place.path = path(u"a (2).tar"_s);
    second.taken = TakenName::Fail;
    auto *job = new ExportArchiveJob(m_connection->session, archiveOf(second));
    connect(job, &Job::progressChanged, this, [this] { write(u"a (2).tar"_s); });
    QVERIFY(!outcomeOf(job));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(QFile::remove(path(u"a (2).tar"_s)));
    QVERIFY(QFileInfo::exists(stage().resultPath()));
    registry().forgetRequests();
}

void TestExportBesideJobKilled::goesOnUnderItsNameWhereTheFirstIsFreeAgain()
{
    breakOff();
    QVERIFY(QFile::remove(path(u"a.tar"_s)));
    const auto exported = save(wanted());
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->renamed, path(u"a (2).tar"_s));
    QCOMPARE(requestsForTheLayer(), qsizetype(0));
    QCOMPARE(files(), QStringList{u"a (2).tar"_s});
}

void TestExportBesideJobKilled::knowsItsOwnFileUnderAnotherName()
{
    stopAtTheEnd();
    QVERIFY(QFile::rename(stage().resultPath(), path(u"a (2).tar"_s)));
    const auto exported = save(wanted());
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->renamed, path(u"a (2).tar"_s));
    QCOMPARE(registry().count("GET", u"/blobs/"_s), qsizetype(0));
    QCOMPARE(files(), QStringList({u"a (2).tar"_s, u"a.tar"_s}));
    QCOMPARE(save(wanted())->renamed, path(u"a (3).tar"_s)); // That one has come to its end.
}

void TestExportBesideJobKilled::goesOnBehindItsOwnCheckSums()
{
    PlaceExport both = wanted();
    both.withChecksums = true;
    QVERIFY(save(both));
    QVERIFY(QFile::remove(path(u"a (2).tar"_s)));
    QVERIFY(QFile::remove(contentsPath(path(u"a (2).tar"_s))));
    stopAtTheEnd();
    const auto exported = save(both);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->renamed, path(u"a (2).tar"_s));
    QCOMPARE(files(), QStringList({u"a (2).tar"_s, u"a (2).tar.contents.txt"_s,
                                   u"a (2).tar.sha256"_s, u"a.tar"_s}));
}

void TestExportBesideJobKilled::goesOnUnderTheNextNameWhereItsOwnIsTaken()
{
    breakOff();
    write(u"a (2).tar"_s);
    const auto exported = save(wanted());
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->renamed, path(u"a (3).tar"_s));
    QCOMPARE(requestsForTheLayer(), qsizetype(0));
    QCOMPARE(files(), QStringList({u"a (2).tar"_s, u"a (3).tar"_s, u"a.tar"_s}));
    QCOMPARE(QFileInfo(path(u"a (2).tar"_s)).size(), qint64(4));
}

void TestExportBesideJobKilled::takesTheNextNameForANewerImage()
{
    stopAtTheEnd();
    QVERIFY(QFile::rename(stage().resultPath(), path(u"a (2).tar"_s)));
    const qint64 size = QFileInfo(path(u"a (2).tar"_s)).size();
    const Digest newer = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"newer"}});
    const auto exported = save(wanted());
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->renamed, path(u"a (3).tar"_s));
    QCOMPARE(exported->image.digest, newer);
    QCOMPARE(QFileInfo(path(u"a (2).tar"_s)).size(), size);
    QCOMPARE(files(), QStringList({u"a (2).tar"_s, u"a (3).tar"_s, u"a.tar"_s}));
}

void TestExportBesideJobKilled::leavesTheRestOfAnotherOrder()
{
    breakOff();
    QVERIFY(QFile::remove(path(u"a.tar"_s)));
    const auto exported = save(wanted(u"2"_s));
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->renamed, QString());
    QCOMPARE(files(), QStringList({u".a (2).tar.blobs"_s, u"a.tar"_s}));
    discardExport(wanted(u"2"_s));
    QVERIFY(QFile::exists(stage().blobPath(Digest::ofBytes("layer one"))));
}

void TestExportBesideJobKilled::takesNoNameThatAnotherOrderGoesOnUnder()
{
    breakOff();
    const auto other = save(wanted(u"2"_s));
    QVERIFY2(other, other ? "" : qPrintable(other.error().message));
    QCOMPARE(other->renamed, path(u"a (3).tar"_s));
    const auto exported = save(wanted());
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->renamed, path(u"a (2).tar"_s));
    QCOMPARE(requestsForTheLayer(), qsizetype(0));
}

void TestExportBesideJobKilled::leavesNoFolderWhereNothingWaits()
{
    {
        BlobStage stage(path(u"b.tar"_s));
        QVERIFY(stage.open());
        stage.noteOrder(u"an order"_s);
        QCOMPARE(BlobStage(path(u"b.tar"_s)).order(), u"an order"_s);
    }
    QCOMPARE(files(), QStringList{u"a.tar"_s});
}

void TestExportBesideJobKilled::discardsTheRestOfWhatIsGivenUp()
{
    breakOff();
    {
        BlobStage held(path(u"a (2).tar"_s));
        QVERIFY(held.open());
        discardExport(wanted()); // Somebody writes there.
    }
    QVERIFY(QFile::exists(stage().blobPath(Digest::ofBytes("layer one"))));
    discardExport(wanted());
    QCOMPARE(files(), QStringList{u"a.tar"_s});
}

QTEST_GUILESS_MAIN(TestExportBesideJobKilled)
#include "tst_exportbesidejob_killed.moc"
