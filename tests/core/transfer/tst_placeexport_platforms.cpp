// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "core/layout/openlayoutjob.h"
#include "core/transfer/placeexport.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testreferrers.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Form = ImagePlace::Form;

/// Exports of several platforms of an index, and not of the others.
class TestPlaceExportPlatforms : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bringsASmallerIndex_data();
    void bringsASmallerIndex();
    void bringsWhatRefersToTheImagesThatStay();
    void leavesAnIndexOfThemAllAsItIs();
    void keepsOnePlatformForFormsOfOne_data();
    void keepsOnePlatformForFormsOfOne();
    void refusesAnImageThatIsNoIndex();

private:
    [[nodiscard]] PlaceExport wanted(Form form = Form::OciFolder) const
    {
        return {image(u"1"_s),
                {*Platform::parse(u"linux/s390x"_s), *Platform::parse(u"linux/amd64"_s)},
                {form, m_home->filePath(u"out"_s), form == Form::OciFolder ? u"1"_s : QString()}};
    }
    [[nodiscard]] ImageReference image(const QString &tag) const
    {
        return *ImageReference::parse(m_connection->registry.host() + u"/a:"_s + tag);
    }
    [[nodiscard]] Result<ExportedImage> save(const PlaceExport &wanted)
    {
        return outcomeOf(makeExportJob(m_connection->session, wanted));
    }
    /// Of the index that is stored; s390x is the last but one, what attests to amd64 the last.
    [[nodiscard]] Digest entry(qsizetype i) const
    {
        const auto index =
            parseManifest(m_connection->registry.manifestBytes(u"a"_s, *m_index), {});
        return index->index()->manifests.at(i).digest;
    }
    [[nodiscard]] bool isThere(const Digest &digest) const
    {
        return QFile::exists(m_home->filePath(u"out/blobs/sha256/"_s + digest.encoded()));
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    std::optional<Digest> m_index;
};

void TestPlaceExportPlatforms::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    m_index = TestImages::addIndex(m_connection->registry, u"a"_s, u"1"_s,
                                   {u"amd64"_s, u"arm64"_s, u"s390x"_s});
}

void TestPlaceExportPlatforms::bringsASmallerIndex_data()
{
    QTest::addColumn<Form>("form");
    QTest::newRow("layout") << Form::OciFolder;
    QTest::newRow("archive") << Form::OciArchive;
    QTest::newRow("folder") << Form::Folder;
}

void TestPlaceExportPlatforms::bringsASmallerIndex()
{
    QFETCH(const Form, form);
    const auto exported = save(wanted(form));
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QVERIFY(exported->image.digest != *m_index);
    // An index, two images, what attests to one of them; their configurations, three layers in all.
    QCOMPARE(exported->blobs, qsizetype(10));
    const auto files = outcomeOf(new OpenLayoutJob(m_home->filePath(u"out"_s)));
    QVERIFY2(files, files ? "" : qPrintable(files.error().message));
    const LayoutImage found = (*files)->names().images().first();
    const auto index = outcomeOf(
        (*files)->fetchManifest(found.repository, found.reference, Session::Priority::Interactive));
    QVERIFY(index && index->index());
    QCOMPARE(index->digest, exported->image.digest);
    QList<Digest> entries;
    for (const Descriptor &one : index->index()->manifests)
        entries.append(one.digest);
    QCOMPARE(entries, QList<Digest>({entry(0), entry(2), entry(3)}));
}

void TestPlaceExportPlatforms::bringsWhatRefersToTheImagesThatStay()
{
    FakeRegistry &registry = m_connection->registry;
    const Digest ofIndex = TestReferrers::sign(registry, u"a"_s, *m_index, "of the index");
    const Digest ofImage = TestReferrers::sign(registry, u"a"_s, entry(2), "of s390x");
    const Digest ofOther = TestReferrers::sign(registry, u"a"_s, entry(1), "of arm64");
    PlaceExport all = wanted();
    all.withReferrers = true;
    const auto exported = save(all);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QVERIFY(isThere(ofImage));
    QVERIFY(!isThere(ofIndex) && !isThere(ofOther));
    QVERIFY(exported->leftOutReferrers.isEmpty());
}

void TestPlaceExportPlatforms::leavesAnIndexOfThemAllAsItIs()
{
    PlaceExport all = wanted();
    all.platforms.append(*Platform::parse(u"linux/arm64"_s));
    const auto exported = save(all);
    QVERIFY(exported);
    QCOMPARE(exported->image.digest, *m_index);
}

void TestPlaceExportPlatforms::keepsOnePlatformForFormsOfOne_data()
{
    QTest::addColumn<Form>("form");
    QTest::newRow("Docker archive") << Form::DockerArchive;
    QTest::newRow("files") << Form::RootFiles;
    QTest::newRow("files in a folder") << Form::RootFolder;
    QTest::newRow("layers") << Form::StoredLayers;
    QTest::newRow("plain layers") << Form::PlainLayers;
}

void TestPlaceExportPlatforms::keepsOnePlatformForFormsOfOne()
{
    QFETCH(const Form, form);
    const auto exported = save(wanted(form));
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Error::Kind::InvalidInput);
    QVERIFY2(exported.error().message.contains("linux/s390x"_L1),
             qPrintable(exported.error().message));
    QCOMPARE(m_connection->registry.count("GET", u"/blobs/"_s), qsizetype(0));
}

void TestPlaceExportPlatforms::refusesAnImageThatIsNoIndex()
{
    TestImages::addImage(m_connection->registry, u"a"_s, u"one"_s);
    PlaceExport both = wanted();
    both.others = {image(u"one"_s)};
    const auto exported = save(both);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Error::Kind::InvalidInput);
    QVERIFY2(exported.error().message.contains("a:one"_L1), qPrintable(exported.error().message));
}

QTEST_GUILESS_MAIN(TestPlaceExportPlatforms)
#include "tst_placeexport_platforms.moc"
