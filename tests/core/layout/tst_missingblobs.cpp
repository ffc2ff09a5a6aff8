// SPDX-License-Identifier: Apache-2.0
#include "core/base/safefile.h"
#include "core/layout/missingblobs.h"
#include "core/layout/ocilayoutwriter.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// What a layout lacks, and the list of that.
class TestMissingBlobs : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsWhatItWrote();
    void listsNothingWhereThereIsNoList();
    void refusesWhatIsNoList_data();
    void refusesWhatIsNoList();
    void refusesALink();
    void missesAnEmptyBlobThatIsNotThere();
    void forgetsABlobThatHasCome();

private:
    [[nodiscard]] QString folder() const { return m_home->filePath(u"layout"_s); }
    [[nodiscard]] QString list() const { return folder() + u'/' + missingBlobsFile; }
    [[nodiscard]] QByteArray listed() const
    {
        QFile file(list());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static Descriptor blobOf(const QByteArray &bytes)
    {
        return {MediaType::ociManifest(), Digest::ofBytes(bytes), bytes.size()};
    }
    void makeLayout() const
    {
        OciLayoutWriter writer(folder());
        QVERIFY(writer.create());
        QVERIFY(writer.finish());
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestMissingBlobs::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    makeLayout();
}

void TestMissingBlobs::readsWhatItWrote()
{
    const QList<Descriptor> blobs{blobOf("a")};
    QCOMPARE(*missingBlobsFromJson(missingBlobsToJson(blobs)), blobs);
}

void TestMissingBlobs::listsNothingWhereThereIsNoList()
{
    const auto blobs = readMissingBlobs(folder());
    QVERIFY(blobs && blobs->isEmpty());
}

void TestMissingBlobs::refusesWhatIsNoList_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::newRow("empty") << QByteArray() << int(Kind::Protocol);
    QTest::newRow("no JSON") << QByteArray("mine") << int(Kind::Protocol);
    QTest::newRow("no list") << QByteArray("{}") << int(Kind::Protocol);
    QTest::newRow("no blob") << QByteArray(R"({"missing":[{"size":1}]})") << int(Kind::Protocol);
    QTest::newRow("too large") << QByteArray(5 * 1024 * 1024, ' ') << int(Kind::TooLarge);
}

void TestMissingBlobs::refusesWhatIsNoList()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    QVERIFY(SafeFile::writeFile(list(), bytes));
    OciLayoutWriter writer(folder());
    const auto opened = writer.open();
    QVERIFY(!opened);
    QCOMPARE(int(opened.error().kind), kind);
    QVERIFY(opened.error().message.contains("missing-blobs.json"_L1));
    QCOMPARE(listed(), bytes);
}

void TestMissingBlobs::refusesALink()
{
    QVERIFY(SafeFile::writeFile(m_home->filePath(u"elsewhere"_s), missingBlobsToJson({})));
    QVERIFY(QFile::link(m_home->filePath(u"elsewhere"_s), list()));
    QCOMPARE(readMissingBlobs(folder()).error().kind, Kind::LocalFile);
}

void TestMissingBlobs::missesAnEmptyBlobThatIsNotThere()
{
    OciLayoutWriter writer(folder());
    QVERIFY(writer.open());
    writer.noteMissing({blobOf({})});
    QVERIFY(writer.finish());
    QVERIFY(listed().contains(Digest::ofBytes({}).toString().toLatin1()));
}

void TestMissingBlobs::forgetsABlobThatHasCome()
{
    QVERIFY(SafeFile::writeFile(list(), missingBlobsToJson({blobOf("a"), blobOf("b")})));
    OciLayoutWriter writer(folder());
    QVERIFY(writer.open());
    QVERIFY(writer.addBlob(Digest::ofBytes("a"), "a"));
    QVERIFY(writer.finish());
    QCOMPARE(*readMissingBlobs(folder()), QList{blobOf("b")});
    QVERIFY(writer.addBlob(Digest::ofBytes("b"), "b"));
    QVERIFY(writer.finish());
    QVERIFY(!QFile::exists(list()));
}

QTEST_GUILESS_MAIN(TestMissingBlobs)
#include "tst_missingblobs.moc"
