// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/checksums.h"
#include "core/transfer/contentslist.h"
#include "core/transfer/exportarchivejob.h"
#include "core/transfer/placeexport.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What becomes of exports that were killed right before or behind their last deeds.
class TestExportArchiveJobKilled : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void givesItsNameToWhatIsComplete();
    void knowsItsOwnFile();
    void givesItsOwnFileNoOtherName();
    void leavesItsNameToWhoeverHasItNow();
    void goesOnBesideItsOwnCheckSums();
    void knowsItsOwnCheckSums();
    void knowsItsOwnListOfContents();
    void overwritesNoListOfContents();
    void makesTheCheckSumsOfItsOwnFile();
    void doesNotTakeAnOlderImageForTheOneThatIsWanted();
    void doesNotTakeAnotherFileForItsOwn();
    void doesNotNameWhatHasChanged();
    void makesAnotherImageAnew();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] QString path(const QString &name = u"a.tar"_s) const
    {
        return m_home->filePath(name);
    }
    [[nodiscard]] ArchiveExport wanted() const
    {
        return {{{{*RepositoryName::parse(u"a"), *Tag::parse(u"1")}, {u"1"_s, u"localhost/a:1"_s}}},
                ArchiveExport::Form::Oci,
                path()};
    }
    [[nodiscard]] Result<ExportedImage> save(const ArchiveExport &archive)
    {
        const auto exported = outcomeOf(new ExportArchiveJob(m_connection->session, archive));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // The job itself goes.
        return exported;
    }
    [[nodiscard]] Result<ExportedImage> saveBeside(TakenName taken, bool withChecksums = false)
    {
        PlaceExport beside{*ImageReference::parse(u"localhost/a:1"_s),
                           {},
                           {ImagePlace::Form::OciArchive, path(), {}},
                           taken};
        beside.withChecksums = withChecksums;
        return outcomeOf(makeExportJob(m_connection->session, beside));
    }
    void stopBeforeItGetsItsName();
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
    }
    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void nameIt() const { QVERIFY(QFile::rename(stage().resultPath(), path())); }
    [[nodiscard]] BlobStage stage() const { return BlobStage(path()); }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_home->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    [[nodiscard]] qsizetype blobRequests() { return registry().count("GET", u"/blobs/"_s); }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    QByteArray m_whole; ///< The archive that nobody disturbed.
    QByteArray m_sums; ///< Its check sums.
    QByteArray m_list; ///< Of its contents.
};

void TestExportArchiveJobKilled::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    ArchiveExport archive = wanted();
    archive.withChecksums = true;
    QVERIFY(save(archive));
    m_whole = read(u"a.tar"_s);
    m_sums = read(u"a.tar.sha256"_s);
    m_list = read(u"a.tar.contents.txt"_s);
    QVERIFY(!m_whole.isEmpty() && !m_sums.isEmpty() && !m_list.isEmpty());
    QVERIFY(QFile::remove(path()));
    for (const QString &beside : pathsBeside(path()))
        QVERIFY(QFile::remove(beside));
    stopBeforeItGetsItsName();
    registry().forgetRequests();
}

/// Somebody takes the name just then, and goes: what stays is what whoever is killed leaves.
void TestExportArchiveJobKilled::stopBeforeItGetsItsName()
{
    auto *job = new ExportArchiveJob(m_connection->session, wanted());
    connect(job, &Job::progressChanged, this, [this] { write(u"a.tar"_s, "mine"); });
    const auto exported = outcomeOf(job);
    QVERIFY(!exported);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(read(u"a.tar"_s), "mine");
    QVERIFY(QFile::remove(path()));
    QVERIFY(QFileInfo::exists(stage().resultPath()));
}

void TestExportArchiveJobKilled::givesItsNameToWhatIsComplete()
{
    const auto exported = save(wanted());
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QVERIFY(exported->kept > 0);
    QCOMPARE(read(u"a.tar"_s), m_whole);
    QCOMPARE(blobRequests(), qsizetype(0));
    QCOMPARE(files(), QStringList{u"a.tar"_s});
}

void TestExportArchiveJobKilled::knowsItsOwnFile()
{
    nameIt();
    const auto exported = save(wanted());
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(read(u"a.tar"_s), m_whole);
    QCOMPARE(blobRequests(), qsizetype(0));
    QCOMPARE(files(), QStringList{u"a.tar"_s});
    QVERIFY(!save(wanted())); // That one has come to its end: the name is taken.
}

void TestExportArchiveJobKilled::givesItsOwnFileNoOtherName()
{
    nameIt();
    const auto exported = saveBeside(TakenName::Rename);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->renamed, QString());
    QCOMPARE(files(), QStringList{u"a.tar"_s});
}

void TestExportArchiveJobKilled::leavesItsNameToWhoeverHasItNow()
{
    write(u"a.tar"_s, "mine");
    const auto skipped = saveBeside(TakenName::Skip);
    QVERIFY2(skipped, skipped ? "" : qPrintable(skipped.error().message));
    QVERIFY(skipped->isSkipped);
    const auto renamed = saveBeside(TakenName::Rename);
    QVERIFY2(renamed, renamed ? "" : qPrintable(renamed.error().message));
    QCOMPARE(renamed->renamed, path(u"a (2).tar"_s));
    QCOMPARE(read(u"a (2).tar"_s), m_whole);
    QCOMPARE(read(u"a.tar"_s), "mine");
}

void TestExportArchiveJobKilled::goesOnBesideItsOwnCheckSums()
{
    write(u"a.tar.sha256"_s, m_sums);
    const auto exported = saveBeside(TakenName::Rename, true);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->renamed, QString());
    QCOMPARE(files(), (QStringList{u"a.tar"_s, u"a.tar.contents.txt"_s, u"a.tar.sha256"_s}));
}

void TestExportArchiveJobKilled::knowsItsOwnCheckSums()
{
    ArchiveExport archive = wanted();
    archive.withChecksums = true;
    write(u"a.tar.sha256"_s, m_sums);
    const auto exported = save(archive);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(read(u"a.tar"_s), m_whole);
    QCOMPARE(files(), (QStringList{u"a.tar"_s, u"a.tar.contents.txt"_s, u"a.tar.sha256"_s}));
}

void TestExportArchiveJobKilled::knowsItsOwnListOfContents()
{
    write(u"a.tar.sha256"_s, m_sums);
    write(u"a.tar.contents.txt"_s, m_list);
    ArchiveExport archive = wanted();
    archive.withChecksums = true;
    const auto exported = save(archive);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(read(u"a.tar"_s), m_whole);
    QCOMPARE(read(u"a.tar.contents.txt"_s), m_list);
    QCOMPARE(files().size(), qsizetype(3));
}

void TestExportArchiveJobKilled::overwritesNoListOfContents()
{
    write(u"a.tar.contents.txt"_s, "mine");
    ArchiveExport archive = wanted();
    archive.withChecksums = true;
    const auto exported = save(archive);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Error::Kind::LocalFile);
    QCOMPARE(read(u"a.tar.contents.txt"_s), "mine");
    QVERIFY(!QFile::exists(path()));
    QVERIFY(!QFile::exists(checksumsPath(path()))); // They would be of nothing.
}

void TestExportArchiveJobKilled::makesTheCheckSumsOfItsOwnFile()
{
    ArchiveExport archive = wanted();
    archive.withChecksums = true;
    nameIt();
    const auto exported = save(archive);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(read(u"a.tar.sha256"_s), m_sums);
    QCOMPARE(read(u"a.tar.contents.txt"_s), m_list);
    QCOMPARE(files(), (QStringList{u"a.tar"_s, u"a.tar.contents.txt"_s, u"a.tar.sha256"_s}));
}

void TestExportArchiveJobKilled::doesNotTakeAnOlderImageForTheOneThatIsWanted()
{
    nameIt();
    TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"newer"}});
    const auto exported = save(wanted());
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Error::Kind::LocalFile);
    QCOMPARE(read(u"a.tar"_s), m_whole);
    QCOMPARE(files(), QStringList{u"a.tar"_s}); // There is nothing left to be completed.
}

void TestExportArchiveJobKilled::doesNotTakeAnotherFileForItsOwn()
{
    nameIt();
    write(u"a.tar"_s, "mine");
    const auto exported = save(wanted());
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Error::Kind::LocalFile);
    QCOMPARE(read(u"a.tar"_s), "mine");
}

void TestExportArchiveJobKilled::doesNotNameWhatHasChanged()
{
    QFile result(stage().resultPath());
    QVERIFY(result.open(QIODevice::ReadWrite) && result.resize(result.size() - 512));
    result.close();
    const auto exported = save(wanted());
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(read(u"a.tar"_s), m_whole);
    QCOMPARE(files(), QStringList{u"a.tar"_s});
}

void TestExportArchiveJobKilled::makesAnotherImageAnew()
{
    const Digest newer = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"newer"}});
    const auto exported = save(wanted());
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->image.digest, newer);
    QVERIFY(read(u"a.tar"_s).contains("newer"));
    QCOMPARE(files(), QStringList{u"a.tar"_s});
}

QTEST_GUILESS_MAIN(TestExportArchiveJobKilled)
#include "tst_exportarchivejob_killed.moc"
