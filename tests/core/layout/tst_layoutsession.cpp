// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "core/layout/ocilayoutfiles.h"
#include "core/session/fetchplatformmanifestjob.h"
#include "core/session/readimagejob.h"
#include "core/transfer/downloadblobjob.h"
#include "support/outcome.h"
#include "support/testlayout.h"

#include <QSignalSpy>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestLayoutSession : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void listsRepositoriesAndTags();
    void resolvesTagsAndDigests();
    void fetchesManifests();
    void findsNothingElse();
    void readsAnImage();
    void findsAPlatform();
    void checksSmallBlobs();
    void bringsBlobsToDisk();
    void opensBlobsInPlace();

private:
    template <typename T>
    static Kind kindOf(const Result<T> &result)
    {
        return result ? Kind::Ambiguous : result.error().kind;
    }
    [[nodiscard]] static QStringList namesOf(ListNamesJob *job)
    {
        QSignalSpy spy(job, &ListNamesJob::namesListed);
        const auto summary = outcomeOf(job);
        const QStringList names =
            spy.isEmpty() ? QStringList() : spy.first().first().toStringList();
        return summary && summary->count == names.size() ? names : QStringList{u"?"_s};
    }
    [[nodiscard]] Result<Manifest> fetch(const Reference &reference) const
    {
        return outcomeOf(
            m_session->fetchManifest(m_here, reference, Session::Priority::Interactive));
    }

    FakeRegistry m_registry; // Only makes the documents.
    std::unique_ptr<TestLayout> m_layout;
    std::unique_ptr<LayoutSession> m_session;
    std::optional<Digest> m_image;
    std::optional<Digest> m_index;
    const RepositoryName m_here = *RepositoryName::parse(u"my-layout");
    const Descriptor m_layer{MediaType::parse(u"application/vnd.oci.image.layer.v1.tar"),
                             Digest::ofBytes("layer one"), 9};
};

void TestLayoutSession::init()
{
    m_layout = std::make_unique<TestLayout>();
    m_image = TestImages::addImage(m_registry, u"a"_s, u"1"_s);
    m_index = TestImages::addIndex(m_registry, u"a"_s, u"all"_s);
    m_layout->save(
        m_registry, u"a"_s,
        {{u"1.0"_s, *m_image}, {u"all"_s, *m_index}, {u"lab:5000/team/app:2"_s, *m_image}});
    const auto files = OciLayoutFiles::read(std::make_shared<FolderTree>(m_layout->path()));
    QVERIFY(files);
    m_session = std::make_unique<LayoutSession>(m_layout->path(), *files);
}

void TestLayoutSession::listsRepositoriesAndTags()
{
    QCOMPARE(m_session->host(), m_layout->path());
    QCOMPARE(namesOf(m_session->listRepositories()), QStringList({u"my-layout"_s, u"team/app"_s}));
    QCOMPARE(namesOf(m_session->listTags(m_here)), QStringList({u"1.0"_s, u"all"_s}));
    QCOMPARE(namesOf(m_session->listTags(*RepositoryName::parse(u"team/app"))),
             QStringList{u"2"_s});
    QCOMPARE(kindOf(outcomeOf(m_session->listTags(*RepositoryName::parse(u"other")))),
             Kind::NotFound);
}

void TestLayoutSession::resolvesTagsAndDigests()
{
    for (const Reference &reference : {Reference(*Tag::parse(u"all")), Reference(*m_index)}) {
        const auto found =
            outcomeOf(m_session->resolve(m_here, reference, Session::Priority::Interactive));
        QVERIFY(found);
        QCOMPARE(found->digest, *m_index);
        QCOMPARE(found->mediaType, MediaType::ociIndex());
        QCOMPARE(found->size, m_registry.manifestBytes(u"a"_s, *m_index).size());
    }
}

void TestLayoutSession::fetchesManifests()
{
    const auto index = fetch(*Tag::parse(u"all"));
    QVERIFY(index);
    QCOMPARE(index->bytes, m_registry.manifestBytes(u"a"_s, *m_index));
    for (const Descriptor &entry : index->index()->manifests) {
        const auto manifest = fetch(entry.digest);
        QVERIFY(manifest);
        QCOMPARE(manifest->bytes, m_registry.manifestBytes(u"a"_s, entry.digest));
    }
}

void TestLayoutSession::findsNothingElse()
{
    QCOMPARE(kindOf(fetch(*Tag::parse(u"2"))), Kind::NotFound); // Of the other repository.
    QCOMPARE(kindOf(fetch(Digest::ofBytes("other"))), Kind::NotFound);
    const auto other = *RepositoryName::parse(u"other");
    QCOMPARE(kindOf(outcomeOf(
                 m_session->fetchManifest(other, *m_image, Session::Priority::Interactive))),
             Kind::NotFound);
    QCOMPARE(kindOf(outcomeOf(m_session->resolve(other, *m_image, Session::Priority::Interactive))),
             Kind::NotFound);
    QCOMPARE(
        kindOf(outcomeOf(m_session->fetchBlob(other, m_layer, Session::Priority::Interactive))),
        Kind::NotFound);
    QCOMPARE(kindOf(outcomeOf(m_session->openBlob(other, m_layer.digest))), Kind::NotFound);
    QCOMPARE(kindOf(outcomeOf(m_session->readBlob(other, m_layer, {}))), Kind::NotFound);
}

void TestLayoutSession::readsAnImage()
{
    const auto image = outcomeOf(new ReadImageJob(*m_session, m_here, *Tag::parse(u"1.0")));
    QVERIFY(image);
    QVERIFY(image->config);
    QCOMPARE(image->config->platform.architecture, u"amd64"_s);
}

void TestLayoutSession::findsAPlatform()
{
    const auto manifest = outcomeOf(new FetchPlatformManifestJob(
        *m_session, m_here, *Tag::parse(u"all"), *Platform::parse(u"linux/arm64"_s)));
    QVERIFY(manifest);
    QVERIFY(manifest->image());
}

void TestLayoutSession::checksSmallBlobs()
{
    const auto fetchLayer = [this](const Descriptor &layer) {
        return outcomeOf(m_session->fetchBlob(m_here, layer, Session::Priority::Interactive));
    };
    QCOMPARE(*fetchLayer(m_layer), "layer one");
    Descriptor wrong = m_layer;
    wrong.size = 8;
    QCOMPARE(kindOf(fetchLayer(wrong)), Kind::SizeMismatch);
    m_layout->write(u"blobs/sha256/"_s + m_layer.digest.encoded(), "layer 0ne");
    QCOMPARE(kindOf(fetchLayer(m_layer)), Kind::DigestMismatch);
    QFile large(m_layout->blobPath(m_layer.digest));
    QVERIFY(large.open(QIODevice::ReadWrite) && large.resize(5'000'000));
    wrong.size = 5'000'000;
    QCOMPARE(kindOf(fetchLayer(wrong)), Kind::TooLarge);
}

void TestLayoutSession::bringsBlobsToDisk()
{
    const QString path = m_layout->filePath(u"copy"_s);
    const auto copy = [&] {
        return outcomeOf(new DownloadBlobJob(
            *m_session, {m_here, m_layer.digest, 9, path, SafeFile::Existing::Replace}));
    };
    QVERIFY(copy());
    QCOMPARE(m_layout->read(u"copy"_s), "layer one");
    QVERIFY(QFile::remove(path));
    m_layout->write(u"blobs/sha256/"_s + m_layer.digest.encoded(), "layer 0ne");
    QCOMPARE(kindOf(copy()), Kind::DigestMismatch);
    QVERIFY(!QFile::exists(path));
}

void TestLayoutSession::opensBlobsInPlace()
{
    const auto slice = outcomeOf(m_session->openBlob(m_here, m_layer.digest));
    QVERIFY(slice);
    QCOMPARE(*slice->readAll(100), "layer one");
    QCOMPARE(kindOf(outcomeOf(m_session->openBlob(m_here, Digest::ofBytes("x")))), Kind::NotFound);
}

QTEST_GUILESS_MAIN(TestLayoutSession)
#include "tst_layoutsession.moc"
