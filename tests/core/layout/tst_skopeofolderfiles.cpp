// SPDX-License-Identifier: Apache-2.0
#include "core/layout/skopeofolderfiles.h"
#include "support/testlayout.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestSkopeoFolderFiles : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void knowsItsFolder();
    void readsAnIndex();
    void readsBlobs();
    void checksManifests();
    void refusesWhatItDoesNotKnow();

private:
    [[nodiscard]] Result<std::shared_ptr<const ImageFiles>> read() const
    {
        return SkopeoFolderFiles::read(std::make_shared<FolderTree>(m_folder->path()));
    }

    FakeRegistry m_registry; // Only makes the documents.
    std::unique_ptr<TestLayout> m_folder; // Of which only the folder is used.
    std::optional<Manifest> m_index;
};

void TestSkopeoFolderFiles::init()
{
    m_folder = std::make_unique<TestLayout>();
    const Digest index = TestImages::addIndex(m_registry, u"a"_s, u"1"_s);
    const auto manifest = parseManifest(m_registry.manifestBytes(u"a"_s, index), {});
    QVERIFY(manifest);
    m_index = *manifest;
    m_folder->write(u"version"_s, "Directory Transport Version: 1.1\n");
    m_folder->write(u"manifest.json"_s, m_index->bytes);
    for (const Descriptor &entry : m_index->index()->manifests)
        m_folder->write(entry.digest.encoded() + u".manifest.json"_s,
                        m_registry.manifestBytes(u"a"_s, entry.digest));
    m_folder->write(Digest::ofBytes("layer one").encoded(), "layer one");
}

void TestSkopeoFolderFiles::knowsItsFolder()
{
    QVERIFY(SkopeoFolderFiles::isIn(FolderTree(m_folder->path())));
    m_folder->write(u"version"_s, "1.1\n");
    QVERIFY(!SkopeoFolderFiles::isIn(FolderTree(m_folder->path())));
}

void TestSkopeoFolderFiles::readsAnIndex()
{
    const auto files = read();
    QVERIFY2(files, files ? "" : qPrintable(files.error().message));
    QCOMPARE((*files)->images().size(), qsizetype(1));
    QCOMPARE((*files)->images().first().name, QString());
    const auto index = (*files)->manifest(m_index->digest, {});
    QVERIFY(index);
    QCOMPARE(index->bytes, m_index->bytes);
    for (const Descriptor &entry : m_index->index()->manifests)
        QVERIFY((*files)->manifest(entry.digest, {}));
}

void TestSkopeoFolderFiles::readsBlobs()
{
    const auto files = read();
    QVERIFY(files);
    QCOMPARE(*(*files)->blob(Digest::ofBytes("layer one"))->readAll(100), "layer one");
    QCOMPARE((*files)->blob(Digest::ofBytes("other")).error().kind, Kind::NotFound);
    const Digest strong = Digest::ofBytes("x", Hasher::Algorithm::Sha512);
    m_folder->write(u"sha512-"_s + strong.encoded(), "x");
    QCOMPARE(*(*files)->blob(strong)->readAll(100), "x");
}

void TestSkopeoFolderFiles::checksManifests()
{
    const Digest entry = m_index->index()->manifests.first().digest;
    m_folder->write(entry.encoded() + u".manifest.json"_s, "{}");
    const auto damaged = (*read())->manifest(entry, {});
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().kind, Kind::DigestMismatch);
}

void TestSkopeoFolderFiles::refusesWhatItDoesNotKnow()
{
    m_folder->write(u"manifest.json"_s, "{}");
    QCOMPARE(read().error().kind, Kind::Protocol);
    m_folder->write(u"version"_s, "Directory Transport Version: 2.0\n");
    QCOMPARE(read().error().kind, Kind::Unsupported);
    QVERIFY(QFile::remove(m_folder->filePath(u"version"_s)));
    QCOMPARE(read().error().kind, Kind::NotFound);
}

QTEST_GUILESS_MAIN(TestSkopeoFolderFiles)
#include "tst_skopeofolderfiles.moc"
