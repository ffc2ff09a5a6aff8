// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/placeexport.h"
#include "support/fakeconnection.h"
#include "support/gzip.h"
#include "support/heldrequests.h"
#include "support/outcome.h"
#include "support/realregistry.h"
#include "support/testarchive.h"
#include "support/testimages.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Form = ImagePlace::Form;

/// What images are called in the places that they are brought to.
class TestPlaceExport : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void callsOneImageAsThePlaceSays();
    void callsSeveralByTheirTags();
    void callsThoseOfSeveralRepositoriesByTheWhole();
    void takesTheSameImageOnce();
    void putsOneImageIntoAFolder();
    void mergesTheFilesOfOneImage();
    void wantsOnePlatformForItsFiles();
    void bringsTheFilesOfAnImageAsAFolder();
    void bringsOnlySomeLayers();
    void replacesNoFolder();
    void hasItsNameOnlyWithItsChecksums();
    void replacesChecksumsOnlyWhenItMay();

private:
    [[nodiscard]] ImageReference image(const QString &text) const
    {
        return *ImageReference::parse(m_connection->registry.host() + u'/' + text);
    }
    [[nodiscard]] PlaceExport wanted(const QStringList &images, Form form = Form::OciFolder) const
    {
        PlaceExport result{image(images.first()), {}, {form, m_home->filePath(u"out"_s)}};
        for (const QString &other : images.mid(1))
            result.others.append(image(other));
        return result;
    }
    [[nodiscard]] Result<ExportedImage> save(const PlaceExport &wanted)
    {
        return outcomeOf(makeExportJob(m_connection->session, wanted));
    }
    [[nodiscard]] QStringList names() const
    {
        QFile index(m_home->filePath(u"out/index.json"_s));
        QStringList names;
        if (!index.open(QIODevice::ReadOnly))
            return names;
        const QJsonArray entries =
            QJsonDocument::fromJson(index.readAll())["manifests"_L1].toArray();
        for (const QJsonValue &entry : entries)
            names.append(
                entry["annotations"_L1]["org.opencontainers.image.ref.name"_L1].toString());
        return names;
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestPlaceExport::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    for (const QString &tag : {u"1"_s, u"latest"_s})
        TestImages::addImage(m_connection->registry, u"a"_s, tag);
    TestImages::addImage(m_connection->registry, u"b"_s, u"1"_s,
                         {.layers = {"layer one", "only in b"}});
}

void TestPlaceExport::callsOneImageAsThePlaceSays()
{
    PlaceExport one = wanted({u"a:1"_s});
    QVERIFY(save(one));
    QCOMPARE(names(), QStringList{QString()});
    one.place.name = u"mine"_s;
    QVERIFY(save(one));
    QCOMPARE(names(), QStringList({QString(), u"mine"_s}));
}

void TestPlaceExport::callsSeveralByTheirTags()
{
    QVERIFY(save(wanted({u"a:1"_s, u"a"_s})));
    QCOMPARE(names(), QStringList({u"1"_s, u"latest"_s}));
}

void TestPlaceExport::callsThoseOfSeveralRepositoriesByTheWhole()
{
    const auto exported = save(wanted({u"a:1"_s, u"b:1"_s}));
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->others.size(), qsizetype(1));
    QVERIFY(exported->image.digest != exported->others.first().digest);
    // Two manifests and configurations, three layers: they share one.
    QCOMPARE(exported->blobs, qsizetype(7));
    QCOMPARE(m_connection->registry.count("GET", u"/blobs/"_s), qsizetype(5));
    QVERIFY(QFile::exists(
        m_home->filePath(u"out/blobs/sha256/"_s + Digest::ofBytes("only in b").encoded())));
    const QString host = m_connection->registry.host();
    QCOMPARE(names(), QStringList({host + u"/a:1"_s, host + u"/b:1"_s}));
}

void TestPlaceExport::takesTheSameImageOnce()
{
    const auto exported = save(wanted({u"a:1"_s, u"a:1"_s, u"b:1"_s}));
    QVERIFY(exported);
    QCOMPARE(exported->others.size(), qsizetype(1));
}

void TestPlaceExport::putsOneImageIntoAFolder()
{
    const auto exported = save(wanted({u"a:1"_s, u"b:1"_s}, Form::Folder));
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Error::Kind::InvalidInput);
    QVERIFY(m_connection->registry.requests().isEmpty());
}

void TestPlaceExport::mergesTheFilesOfOneImage()
{
    const QByteArray lower = TestArchive().add("a", "old").add("gone", "x").bytes();
    const QByteArray upper = TestArchive().add("a", "new").add(".wh.gone", {}).bytes();
    TestImages::addImage(m_connection->registry, u"a"_s, u"files"_s,
                         {.layers = {gzipped(lower), upper}, .contents = {lower, upper}});
    const auto exported = save(wanted({u"a:files"_s}, Form::RootFiles));
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    const QString file = m_home->filePath(u"out"_s);
    QCOMPARE(runProcess(u"tar"_s, {u"-tf"_s, file}).output, "a\n");
    QCOMPARE(runProcess(u"tar"_s, {u"-xOf"_s, file, u"a"_s}).output, "new");
    QCOMPARE(QDir(m_home->path())
                 .entryList(QDir::Files | QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{u"out"_s});
}

void TestPlaceExport::wantsOnePlatformForItsFiles()
{
    TestImages::addIndex(m_connection->registry, u"a"_s, u"all"_s);
    const auto exported = save(wanted({u"a:all"_s}, Form::RootFiles));
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Error::Kind::InvalidInput);
    QVERIFY(exported.error().message.contains("linux/arm64"_L1));
}

void TestPlaceExport::bringsTheFilesOfAnImageAsAFolder()
{
    const QByteArray lower = TestArchive().add("a", "old").add("gone", "x").bytes();
    const QByteArray upper =
        TestArchive().add("a", "new").add(".wh.gone", {}).add({"tty", '3', {}}, {}).bytes();
    TestImages::addImage(m_connection->registry, u"a"_s, u"files"_s,
                         {.layers = {gzipped(lower), upper}, .contents = {lower, upper}});
    const auto exported = save(wanted({u"a:files"_s}, Form::RootFolder));
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->deviations.size(), qsizetype(1));
    const QDir folder(m_home->filePath(u"out"_s));
    const auto all = QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot;
    QCOMPARE(folder.entryList(all), QStringList{u"a"_s});
    QCOMPARE(QDir(m_home->path()).entryList(all), QStringList{u"out"_s});
}

void TestPlaceExport::bringsOnlySomeLayers()
{
    PlaceExport some = wanted({u"a:1"_s}, Form::StoredLayers);
    some.layers = {2};
    const auto exported = save(some);
    QVERIFY(exported);
    QCOMPARE(exported->layers.size(), qsizetype(1));
    const QStringList files = QDir(some.place.path).entryList(QDir::Files);
    QCOMPARE(files.size(), qsizetype(1));
    QVERIFY(files.first().startsWith("02_"_L1));
    some.place = {Form::OciFolder, m_home->filePath(u"whole"_s)};
    QCOMPARE(save(some).error().kind, Error::Kind::InvalidInput);
    QVERIFY(!QFile::exists(some.place.path));
}

void TestPlaceExport::replacesNoFolder()
{
    PlaceExport files = wanted({u"a:1"_s}, Form::RootFolder);
    files.taken = TakenName::Replace;
    QCOMPARE(save(files).error().kind, Error::Kind::InvalidInput);
    QVERIFY(QDir().mkpath(m_home->filePath(u"out/mine"_s)));
    files.taken = TakenName::Fail;
    QCOMPARE(save(files).error().kind, Error::Kind::LocalFile);
    QVERIFY(QFile::exists(m_home->filePath(u"out/mine"_s)));
}

/// Else what was broken off over them would be there already when it is continued.
void TestPlaceExport::hasItsNameOnlyWithItsChecksums()
{
    PlaceExport both = wanted({u"a:1"_s}, Form::OciArchive);
    both.withChecksums = true;
    const QString sums = m_home->filePath(u"out.sha256"_s);
    {
        HeldRequests held(m_connection->registry, "GET", u"/blobs/"_s);
        auto *job = makeExportJob(m_connection->session, both);
        std::optional<Error> error;
        job->then(this, [&error](const Result<ExportedImage> &exported) {
            error = exported ? Error{} : exported.error();
        });
        job->start();
        QTRY_VERIFY(held.count() > 0);
        QVERIFY(SafeFile::writeFile(sums, "mine")); // Somebody is quicker.
        held.release();
        QTRY_VERIFY(error);
        QCOMPARE(error->kind, Error::Kind::LocalFile);
    }
    QVERIFY(!QFile::exists(both.place.path));
    QCOMPARE(QFileInfo(sums).size(), qint64(4));
    QVERIFY(QFile::remove(sums));
    m_connection->registry.forgetRequests();
    const auto exported = save(both);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(m_connection->registry.count("GET", u"/blobs/"_s), qsizetype(0));
    QCOMPARE(QDir(m_home->path()).entryList(QDir::Files | QDir::Hidden),
             QStringList({u"out"_s, u"out.contents.txt"_s, u"out.sha256"_s}));
    const auto checked = runProcess(
        u"sh"_s, {u"-c"_s, u"cd \"$0\" && sha256sum --check out.sha256"_s, m_home->path()});
    QVERIFY2(checked.exitStatus == 0, checked.errors.constData());
}

void TestPlaceExport::replacesChecksumsOnlyWhenItMay()
{
    PlaceExport both = wanted({u"a:1"_s}, Form::OciArchive);
    both.withChecksums = true;
    const QString sums = m_home->filePath(u"out.sha256"_s);
    QVERIFY(SafeFile::writeFile(sums, "mine"));
    const auto refused = save(both);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::LocalFile);
    QVERIFY(refused.error().message.contains("out.sha256"_L1));
    QVERIFY(m_connection->registry.requests().isEmpty());
    QCOMPARE(QFileInfo(sums).size(), qint64(4));
    both.taken = TakenName::Replace;
    QVERIFY(save(both));
    QVERIFY(QFileInfo(sums).size() > 64);
}

QTEST_GUILESS_MAIN(TestPlaceExport)
#include "tst_placeexport.moc"
