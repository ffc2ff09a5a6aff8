// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "core/layout/openlayoutjob.h"
#include "core/layout/unpack.h"
#include "core/transfer/compresslayersjob.h"
#include "support/gzip.h"
#include "support/outcome.h"
#include "support/testarchive.h"
#include "support/testlayout.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTimer>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestCompressLayersJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void compressesPlainLayers();
    void makesTheSameEachTime();
    void leavesWhatIsCompressedAsItIs();
    void stopsAtALayerThatIsSomethingElse();
    void touchesNoImageThatHasAManifest();
    void stopsWhenCancelled();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"archive"_s); }
    /// A Docker archive; what layers unpack to, and what is in the files.
    void write(const QByteArrayList &contents, const QByteArrayList &files);
    [[nodiscard]] std::shared_ptr<LayoutSession> open() const
    {
        return *outcomeOf(new OpenLayoutJob(path()));
    }
    [[nodiscard]] static CompressLayersJob *job(LayoutSession &files)
    {
        const LayoutImage &image = files.names().images().constFirst();
        return new CompressLayersJob(files, image.repository, image.reference);
    }
    [[nodiscard]] static Manifest manifest(LayoutSession &files)
    {
        const LayoutImage &image = files.names().images().constFirst();
        return *outcomeOf(files.fetchManifest(image.repository, image.manifest.digest,
                                              Session::Priority::Interactive));
    }
    [[nodiscard]] static FileSlice slice(LayoutSession &files, const Digest &digest)
    {
        return *outcomeOf(files.openBlob(files.names().images().constFirst().repository, digest));
    }
    [[nodiscard]] static QByteArray blob(LayoutSession &files, const Digest &digest)
    {
        return *slice(files, digest).readAll(10'000'000);
    }
    [[nodiscard]] static QByteArray content(LayoutSession &files, const Digest &digest)
    {
        QByteArray content;
        const auto add = [&content](QByteArrayView bytes) -> Result<Done> {
            content += bytes;
            return Done();
        };
        return unpack(slice(files, digest), add, {}, CancelFlag(false)) ? content : "damaged";
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_config;
    const QByteArray m_first = QByteArray(1'000'000, 'a');
};

void TestCompressLayersJob::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    write({m_first, "second", m_first}, {m_first, "second", m_first});
}

void TestCompressLayersJob::write(const QByteArrayList &contents, const QByteArrayList &files)
{
    QJsonArray diffIds;
    QJsonArray names;
    TestArchive archive;
    for (qsizetype i = 0; i < files.size(); ++i) {
        names.append(QString(QString::number(i) + u".tar"_s));
        archive.add(names.last().toString().toUtf8(), files.at(i));
        diffIds.append(Digest::ofBytes(contents.at(i)).toString());
    }
    m_config = " " // Nobody would write it so.
               + QJsonDocument(QJsonObject{{u"architecture"_s, u"amd64"_s},
                                           {u"os"_s, u"linux"_s},
                                           {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s},
                                                                     {u"diff_ids"_s, diffIds}}}})
                     .toJson();
    archive.add("c.json", m_config);
    archive.add("manifest.json",
                QJsonDocument(QJsonArray{QJsonObject{{u"Config"_s, u"c.json"_s},
                                                     {u"RepoTags"_s, QJsonArray{u"team/app:1"_s}},
                                                     {u"Layers"_s, names}}})
                    .toJson());
    QFile file(path());
    if (!file.open(QIODevice::WriteOnly) || file.write(archive.bytes()) < 0)
        qFatal("cannot write");
}

void TestCompressLayersJob::compressesPlainLayers()
{
    const auto files = open();
    CompressLayersJob *compression = job(*files);
    const QSignalSpy progress(compression, &Job::progressChanged);
    const auto made = outcomeOf(compression);
    QVERIFY2(made, made ? "" : qPrintable(made.error().message));
    const Manifest now = manifest(*made->files);
    QCOMPARE(now.digest, made->digest);
    const auto layers = now.image()->layers;
    QCOMPARE(layers.size(), qsizetype(3));
    QCOMPARE(layers.at(0), layers.at(2));
    const QByteArrayList contents{m_first, "second"};
    for (qsizetype i = 0; i < contents.size(); ++i) {
        const QByteArray bytes = blob(*made->files, layers.at(i).digest);
        QCOMPARE(content(*made->files, layers.at(i).digest), contents.at(i));
        QCOMPARE(layers.at(i).size, bytes.size());
        QVERIFY(layers.at(i).digest.matches(bytes));
        QVERIFY(layers.at(i).mediaType.toString().endsWith("layer.v1.tar+gzip"_L1));
    }
    QVERIFY(layers.at(0).size < 10'000);
    QCOMPARE(now.image()->config.digest, Digest::ofBytes(m_config));
    QCOMPARE(blob(*made->files, now.image()->config.digest), m_config);
    QCOMPARE(progress.last(), (QVariantList{m_first.size() + 6 + m_config.size(),
                                            m_first.size() + 6 + m_config.size()}));
}

void TestCompressLayersJob::makesTheSameEachTime()
{
    const auto files = open();
    const auto once = outcomeOf(job(*files));
    const auto again = outcomeOf(job(*files));
    QVERIFY(once && again);
    QCOMPARE(once->digest, again->digest);
}

void TestCompressLayersJob::leavesWhatIsCompressedAsItIs()
{
    const QByteArray packed = gzipped("second");
    write({m_first, "second"}, {m_first, packed});
    const auto made = outcomeOf(job(*open()));
    QVERIFY2(made, made ? "" : qPrintable(made.error().message));
    const Descriptor layer = manifest(*made->files).image()->layers.last();
    QCOMPARE(layer.digest, Digest::ofBytes(packed));
    QCOMPARE(blob(*made->files, layer.digest), packed);
}

void TestCompressLayersJob::stopsAtALayerThatIsSomethingElse()
{
    write({m_first, "second"}, {m_first, "third"});
    const auto made = outcomeOf(job(*open()));
    QVERIFY(!made);
    QCOMPARE(made.error().kind, Kind::DigestMismatch);
}

void TestCompressLayersJob::touchesNoImageThatHasAManifest()
{
    FakeRegistry source;
    TestLayout layout;
    layout.save(source, u"a"_s, {{u"1"_s, TestImages::addImage(source, u"a"_s, u"1"_s)}});
    const auto files = *outcomeOf(new OpenLayoutJob(layout.path()));
    const auto made = outcomeOf(job(*files));
    QVERIFY(!made);
    QCOMPARE(made.error().kind, Kind::InvalidInput);
}

void TestCompressLayersJob::stopsWhenCancelled()
{
    const auto files = open();
    CompressLayersJob *compression = job(*files);
    QTimer::singleShot(0, compression, &Job::cancel);
    const auto made = outcomeOf(compression);
    QVERIFY(!made && made.error().isCancelled());
}

QTEST_GUILESS_MAIN(TestCompressLayersJob)
#include "tst_compresslayersjob.moc"
