// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/inflatelayersjob.h"
#include "support/fakeconnection.h"
#include "support/gzip.h"
#include "support/outcome.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestInflateLayersJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bringsPlainTars();
    void completesWhatWasBrokenOff();
    void keepsTarsThatAreThere();
    void removesWhatKilledExportsLeft();
    void fetchesALayerOnceThatComesTwice();
    void asksForNothingWhereAFileIsInTheWay();
    void givesNoNameToWhatIsSomethingElse();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] QString folder() const { return m_home->filePath(u"out"_s); }
    [[nodiscard]] QString path(const QString &name) const { return folder() + u'/' + name; }
    [[nodiscard]] WantedTar wanted(const QString &name, const QByteArray &content)
    {
        return {{registry().addBlob(u"a"_s, gzipped(content)), Digest::ofBytes(content)},
                path(name)};
    }
    [[nodiscard]] Result<InflatedLayers> inflate(const QList<WantedTar> &tars)
    {
        return outcomeOf(new InflateLayersJob(m_connection->session, *RepositoryName::parse(u"a"),
                                              folder(), tars));
    }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(folder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestInflateLayersJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
}

void TestInflateLayersJob::bringsPlainTars()
{
    const auto sizes = inflate({wanted(u"1.tar"_s, "first"), wanted(u"2.tar"_s, "the second")});
    QVERIFY2(sizes, sizes ? "" : qPrintable(sizes.error().message));
    QCOMPARE(sizes->sizes, (QList<qint64>{5, 10}));
    QCOMPARE(content(u"1.tar"_s), "first");
    QCOMPARE(content(u"2.tar"_s), "the second");
    QCOMPARE(files(), QStringList({u"1.tar"_s, u"2.tar"_s}));
}

void TestInflateLayersJob::completesWhatWasBrokenOff()
{
    const QList<WantedTar> tars{wanted(u"1.tar"_s, "first"), wanted(u"2.tar"_s, "second")};
    const QString second = tars.at(1).content.layer.digest.toString();
    registry().intercept([second](const TestRequest &request, const TestConnection &connection) {
        return request.path().contains(second) && (connection.answer({404, {}, {}}), true);
    });
    QVERIFY(!inflate(tars));
    QVERIFY(content(u"2.tar"_s).isEmpty());
    registry().intercept([this](const TestRequest &request, const TestConnection &connection) {
        registry().answerNormally(request, connection);
        return true;
    });
    QVERIFY(inflate(tars));
    QCOMPARE(content(u"2.tar"_s), "second");
    QCOMPARE(files(), QStringList({u"1.tar"_s, u"2.tar"_s}));
}

void TestInflateLayersJob::keepsTarsThatAreThere()
{
    const QList<WantedTar> tars{wanted(u"1.tar"_s, "first")};
    QVERIFY(inflate(tars));
    registry().forgetRequests();
    const auto sizes = inflate(tars);
    QVERIFY(sizes);
    QCOMPARE(sizes->sizes, QList<qint64>{5});
    QVERIFY(registry().requests().isEmpty());
    QCOMPARE(files(), QStringList{u"1.tar"_s});
}

void TestInflateLayersJob::removesWhatKilledExportsLeft()
{
    QVERIFY(QDir().mkpath(folder()));
    QFile part(path(u".1.tar.abc123.part"_s));
    QVERIFY(part.open(QIODevice::WriteOnly));
    QVERIFY(inflate({wanted(u"1.tar"_s, "first")}));
    QCOMPARE(files(), QStringList{u"1.tar"_s});
}

void TestInflateLayersJob::fetchesALayerOnceThatComesTwice()
{
    QVERIFY(inflate({wanted(u"1.tar"_s, "same"), wanted(u"2.tar"_s, "same")}));
    QCOMPARE(registry().requests().size(), qsizetype(1));
    QCOMPARE(content(u"1.tar"_s), "same");
    QCOMPARE(content(u"2.tar"_s), "same");
}

void TestInflateLayersJob::asksForNothingWhereAFileIsInTheWay()
{
    QVERIFY(QDir().mkpath(folder()));
    QFile file(path(u"2.tar"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("mine");
    file.close();
    const auto sizes = inflate({wanted(u"1.tar"_s, "first"), wanted(u"2.tar"_s, "second")});
    QVERIFY(!sizes);
    QCOMPARE(sizes.error().kind, Kind::LocalFile);
    QVERIFY(registry().requests().isEmpty());
    QCOMPARE(content(u"2.tar"_s), "mine");
}

void TestInflateLayersJob::givesNoNameToWhatIsSomethingElse()
{
    WantedTar lie = wanted(u"1.tar"_s, "first");
    lie.content.diffId = Digest::ofBytes("something else");
    const auto sizes = inflate({lie, wanted(u"2.tar"_s, "second")});
    QVERIFY(!sizes);
    QCOMPARE(sizes.error().kind, Kind::DigestMismatch);
    QCOMPARE(files(), QStringList{u"2.tar"_s}); // The other one is right.
}

QTEST_GUILESS_MAIN(TestInflateLayersJob)
#include "tst_inflatelayersjob.moc"
