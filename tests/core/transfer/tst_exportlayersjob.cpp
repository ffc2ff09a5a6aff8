// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportlayersjob.h"
#include "support/fakeconnection.h"
#include "support/gzip.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using Form = LayerReader::Form;

class TestExportLayersJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bringsLayersAsTheyAreStored();
    void bringsPlainTars();
    void keepsWhatIsThere();
    void refusesAnotherFileOfThatName();
    void wantsOnePlatform();
    void bringsTheLayersThatWereChosen();
    void saysWhichLayersThereAre();

private:
    [[nodiscard]] Result<ExportedImage> save(const QString &tag, Form form = Form::AsStored,
                                             const QList<Platform> &platforms = {})
    {
        return outcomeOf(new ExportLayersJob(
            m_connection->session, {{*RepositoryName::parse(u"a"), *Tag::parse(tag), platforms},
                                    m_home->filePath(u"out"_s),
                                    form}));
    }
    [[nodiscard]] static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_home->filePath(u"out"_s))
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestExportLayersJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    TestImages::addImage(
        m_connection->registry, u"a"_s, u"1"_s,
        {.layers = {gzipped("first tar"), "second tar"}, .contents = {"first tar", "second tar"}});
}

void TestExportLayersJob::bringsLayersAsTheyAreStored()
{
    const auto exported = save(u"1"_s);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->layers.size(), qsizetype(2));
    const ExportedLayer &first = exported->layers.first();
    QCOMPARE(first.digest, Digest::ofBytes(gzipped("first tar")));
    QCOMPARE(content(first.path), gzipped("first tar"));
    QCOMPARE(QFileInfo(first.path).size(), first.size);
    QVERIFY(QFileInfo(first.path).fileName().startsWith("01_"_L1));
    QCOMPARE(exported->bytes, first.size + exported->layers.last().size);
}

void TestExportLayersJob::bringsPlainTars()
{
    const auto exported = save(u"1"_s, Form::Inflated);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->layers.size(), qsizetype(2));
    QCOMPARE(exported->layers.first().digest, Digest::ofBytes("first tar"));
    QCOMPARE(content(exported->layers.first().path), "first tar");
    QCOMPARE(content(exported->layers.last().path), "second tar");
    QCOMPARE(files().size(), qsizetype(2)); // Nothing else stays.
}

void TestExportLayersJob::keepsWhatIsThere()
{
    QVERIFY(save(u"1"_s));
    m_connection->registry.forgetRequests();
    QVERIFY(save(u"1"_s));
    QCOMPARE(m_connection->registry.count("GET", u"/blobs/"_s), qsizetype(0));
}

void TestExportLayersJob::refusesAnotherFileOfThatName()
{
    const auto exported = save(u"1"_s);
    QVERIFY(SafeFile::writeFile(exported->layers.first().path, "mine"));
    const auto again = save(u"1"_s);
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Kind::LocalFile);
    QCOMPARE(content(exported->layers.first().path), "mine");
}

void TestExportLayersJob::wantsOnePlatform()
{
    TestImages::addIndex(m_connection->registry, u"a"_s, u"all"_s);
    const auto all = save(u"all"_s);
    QVERIFY(!all);
    QCOMPARE(all.error().kind, Kind::InvalidInput);
    QVERIFY(all.error().message.contains("linux/arm64"_L1));
    QVERIFY(save(u"all"_s, Form::AsStored, {*Platform::parse(u"linux/arm64"_s)}));
    QVERIFY(!files().isEmpty());
}

void TestExportLayersJob::bringsTheLayersThatWereChosen()
{
    for (const Form form : {Form::AsStored, Form::Inflated}) {
        LayersExport second{{*RepositoryName::parse(u"a"), *Tag::parse(u"1")},
                            m_home->filePath(u"out"_s),
                            form,
                            {2}};
        const auto exported = outcomeOf(new ExportLayersJob(m_connection->session, second));
        QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
        QCOMPARE(exported->layers.size(), qsizetype(1));
        QCOMPARE(content(exported->layers.first().path), "second tar");
        QVERIFY(QFileInfo(exported->layers.first().path).fileName().startsWith("02"_L1));
    }
    QCOMPARE(files().size(), qsizetype(2)); // The other was not even fetched.
    QCOMPARE(m_connection->registry.count("GET", Digest::ofBytes(gzipped("first tar")).toString()),
             qsizetype(0));
}

void TestExportLayersJob::saysWhichLayersThereAre()
{
    for (const qsizetype number : {0, 3}) {
        LayersExport third{{*RepositoryName::parse(u"a"), *Tag::parse(u"1")},
                           m_home->filePath(u"out"_s),
                           Form::AsStored,
                           {1, number}};
        const auto exported = outcomeOf(new ExportLayersJob(m_connection->session, third));
        QVERIFY(!exported);
        QCOMPARE(exported.error().kind, Kind::NotFound);
        QVERIFY(exported.error().message.contains("from 1 to 2"_L1));
    }
    QVERIFY(files().isEmpty());
}

QTEST_GUILESS_MAIN(TestExportLayersJob)
#include "tst_exportlayersjob.moc"
