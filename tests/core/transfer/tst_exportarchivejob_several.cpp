// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportarchivejob.h"
#include "support/fakeconnection.h"
#include "support/gzip.h"
#include "support/outcome.h"
#include "support/realregistry.h"
#include "support/testimages.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using Form = ArchiveExport::Form;

/// Several images in one archive.
class TestExportArchiveJobSeveral : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bringsSeveralImages_data();
    void bringsSeveralImages();
    void refusesSeveralForDockerWhenOneDoesNotFit();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] static NamedImage named(const QString &repository, const QString &tag)
    {
        return {{*RepositoryName::parse(repository), *Tag::parse(tag)},
                {tag, u"host/%1:%2"_s.arg(repository, tag)}};
    }
    [[nodiscard]] QByteArray tar(const QStringList &arguments) const
    {
        return runProcess(u"tar"_s, QStringList{u"-f"_s, m_home->filePath(u"a.tar"_s)} + arguments)
            .output;
    }
    [[nodiscard]] QByteArray member(const QString &name) const { return tar({u"-xO"_s, name}); }
    [[nodiscard]] Result<ExportedImage> save(const QList<NamedImage> &images, Form form)
    {
        const auto exported = outcomeOf(new ExportArchiveJob(
            m_connection->session, {images, form, m_home->filePath(u"a.tar"_s)}));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // The job itself goes.
        return exported;
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestExportArchiveJobSeveral::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    TestImages::addImage(
        registry(), u"a"_s, u"1"_s,
        {.layers = {gzipped("first tar"), "second tar"}, .contents = {"first tar", "second tar"}});
    TestImages::addImage(
        registry(), u"b"_s, u"2"_s,
        {.layers = {gzipped("first tar"), "third tar"}, .contents = {"first tar", "third tar"}});
}

void TestExportArchiveJobSeveral::bringsSeveralImages_data()
{
    QTest::addColumn<Form>("form");
    QTest::addColumn<QString>("file");
    QTest::newRow("stored") << Form::Oci
                            << u"blobs/sha256/"_s + Digest::ofBytes("third tar").encoded();
    QTest::newRow("plain") << Form::Docker << Digest::ofBytes("third tar").encoded() + u".tar"_s;
}

void TestExportArchiveJobSeveral::bringsSeveralImages()
{
    QFETCH(Form, form);
    QFETCH(QString, file);
    const auto exported = save({named(u"a"_s, u"1"_s), named(u"b"_s, u"2"_s)}, form);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->others.size(), qsizetype(1));
    const QByteArray list = member(u"manifest.json"_s);
    QVERIFY(list.contains("host/a:1") && list.contains("host/b:2"));
    QCOMPARE(member(file), "third tar");
    const QString shared = Digest::ofBytes(gzipped("first tar")).toString();
    QCOMPARE(registry().count("GET", u"/blobs/"_s + shared), qsizetype(1));
}

void TestExportArchiveJobSeveral::refusesSeveralForDockerWhenOneDoesNotFit()
{
    TestImages::addIndex(registry(), u"a"_s, u"all"_s);
    const auto exported = save({named(u"a"_s, u"1"_s), named(u"a"_s, u"all"_s)}, Form::Docker);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Kind::InvalidInput);
    QVERIFY(QDir(m_home->path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

QTEST_GUILESS_MAIN(TestExportArchiveJobSeveral)
#include "tst_exportarchivejob_several.moc"
