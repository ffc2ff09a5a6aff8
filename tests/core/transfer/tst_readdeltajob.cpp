// SPDX-License-Identifier: Apache-2.0
#include "core/layout/missingblobs.h"
#include "core/transfer/placeexport.h"
#include "core/transfer/readdeltajob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/realregistry.h"
#include "support/testimages.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Form = ImagePlace::Form;

/// Exports that leave out what an earlier one holds.
class TestReadDeltaJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void leavesOutWhatTheEarlierHolds_data();
    void leavesOutWhatTheEarlierHolds();
    void leavesOutNothingWithoutAnEarlier();
    void takesWhatTheEarlierHoldsInAnotherSize();
    void saysWhatIsNoExport();
    void listsWhatAnArchiveDependsOn();
    void listsWhatAFolderDependsOnUntilItIsThere();
    void wantsAFormThatCanLackBlobs();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_home->filePath(name); }
    [[nodiscard]] Result<ExportedImage> save(const QString &tag, const ImagePlace &place,
                                             const QString &earlier = {})
    {
        PlaceExport wanted{
            *ImageReference::parse(m_connection->registry.host() + u"/a:"_s + tag), {}, place};
        wanted.earlier = earlier;
        return outcomeOf(makeExportJob(m_connection->session, wanted));
    }
    [[nodiscard]] Result<ImageSet> read(const QString &earlier)
    {
        return outcomeOf(new ReadDeltaJob(
            m_connection->session,
            {{{*RepositoryName::parse(u"a"), *Tag::parse(u"2")}, {u"2"_s, {}}}}, earlier));
    }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    const Digest m_shared = Digest::ofBytes("layer one");
    const Digest m_new = Digest::ofBytes("only in 2");
};

void TestReadDeltaJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    TestImages::addImage(m_connection->registry, u"a"_s, u"1"_s);
    TestImages::addImage(m_connection->registry, u"a"_s, u"2"_s,
                         {.layers = {"layer one", "only in 2"}});
}

void TestReadDeltaJob::leavesOutWhatTheEarlierHolds_data()
{
    QTest::addColumn<Form>("form");
    QTest::newRow("layout") << Form::OciFolder;
    QTest::newRow("archive") << Form::OciArchive;
    QTest::newRow("folder of skopeo") << Form::Folder;
}

void TestReadDeltaJob::leavesOutWhatTheEarlierHolds()
{
    QFETCH(const ImagePlace::Form, form);
    QVERIFY(save(u"1"_s, {form, path(u"old"_s)}));
    const auto set = read(path(u"old"_s));
    QVERIFY2(set, set ? "" : qPrintable(set.error().message));
    QVERIFY(set->blobs.contains(m_new) && !set->blobs.contains(m_shared));
    QCOMPARE(set->manifests.size(), qsizetype(1)); // It is small, and always needed.
    QStringList leftOut;
    for (const Descriptor &blob : set->leftOut)
        leftOut.append(blob.digest.toString());
    QVERIFY(leftOut.contains(m_shared.toString()));
    QCOMPARE(set->blobs.size() + set->leftOut.size(), qsizetype(3));
}

void TestReadDeltaJob::leavesOutNothingWithoutAnEarlier()
{
    const auto set = read({});
    QVERIFY(set && set->leftOut.isEmpty() && set->blobs.size() == 3);
}

void TestReadDeltaJob::takesWhatTheEarlierHoldsInAnotherSize()
{
    QVERIFY(save(u"1"_s, {Form::OciFolder, path(u"old"_s)}));
    QFile blob(path(u"old/blobs/sha256/"_s + m_shared.encoded()));
    QVERIFY(blob.resize(3));
    QVERIFY(read(path(u"old"_s))->blobs.contains(m_shared));
}

void TestReadDeltaJob::saysWhatIsNoExport()
{
    QCOMPARE(read(path(u"nothing"_s)).error().kind, Error::Kind::NotFound);
    QVERIFY(QDir().mkpath(path(u"empty"_s)));
    QCOMPARE(read(path(u"empty"_s)).error().kind, Error::Kind::Unsupported);
}

void TestReadDeltaJob::listsWhatAnArchiveDependsOn()
{
    QVERIFY(save(u"1"_s, {Form::OciFolder, path(u"old"_s)}));
    const auto exported = save(u"2"_s, {Form::OciArchive, path(u"new.tar"_s)}, path(u"old"_s));
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QVERIFY(!exported->leftOut.isEmpty());
    const QByteArray names = runProcess(u"tar"_s, {u"-tf"_s, path(u"new.tar"_s)}).output;
    QVERIFY(names.contains(m_new.encoded().toLatin1()));
    QVERIFY(!names.contains(m_shared.encoded().toLatin1()));
    QVERIFY(!names.contains("manifest.json")); // Docker could not load it.
    const auto listed = missingBlobsFromJson(
        runProcess(u"tar"_s, {u"-xOf"_s, path(u"new.tar"_s), u"missing-blobs.json"_s}).output);
    QVERIFY(listed);
    QCOMPARE(listed->size(), exported->leftOut.size());
    for (const Descriptor &blob : exported->leftOut)
        QVERIFY(listed->contains(blob));
}

void TestReadDeltaJob::listsWhatAFolderDependsOnUntilItIsThere()
{
    QVERIFY(save(u"1"_s, {Form::OciFolder, path(u"old"_s)}));
    QVERIFY(save(u"2"_s, {Form::OciFolder, path(u"new"_s)}, path(u"old"_s)));
    QVERIFY(missingBlobsFromJson(content(u"new/missing-blobs.json"_s))->size() > 0);
    QVERIFY(content(u"new/index.json"_s).contains("manifests"));
    // One that has nothing to leave out does not forget what is missing of the other.
    TestImages::addImage(m_connection->registry, u"a"_s, u"3"_s, {.layers = {"third"}});
    QVERIFY(save(u"3"_s, {Form::OciFolder, path(u"new"_s)}));
    QVERIFY(content(u"new/missing-blobs.json"_s).contains(m_shared.toString().toLatin1()));
    QVERIFY(save(u"2"_s, {Form::OciFolder, path(u"new"_s)}));
    QVERIFY(!QFile::exists(path(u"new/missing-blobs.json"_s)));
}

void TestReadDeltaJob::wantsAFormThatCanLackBlobs()
{
    for (const Form form : {Form::DockerArchive, Form::Folder, Form::RootFiles})
        QCOMPARE(save(u"2"_s, {form, path(u"new"_s)}, path(u"old"_s)).error().kind,
                 Error::Kind::InvalidInput);
    QVERIFY(m_connection->registry.requests().isEmpty());
}

QTEST_GUILESS_MAIN(TestReadDeltaJob)
#include "tst_readdeltajob.moc"
