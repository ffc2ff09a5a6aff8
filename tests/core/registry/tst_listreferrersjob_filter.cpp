// SPDX-License-Identifier: Apache-2.0
#include "support/fakeconnection.h"
#include "support/outcome.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Referrers of one type only.
class TestListReferrersJobFilter : public QObject
{
    Q_OBJECT

private slots:
    void asksForTheType();
    void filtersWhatTheRegistryDoesNot_data();
    void filtersWhatTheRegistryDoesNot();
    void takesWhatTheRegistryHasFiltered();
    void asksEveryPageForTheType();

private:
    static QByteArray list(const QStringList &types = {u"a/one+json"_s, u"a/two"_s,
                                                       u"a/one+json"_s})
    {
        QJsonArray entries;
        for (const QString &type : types)
            entries.append(
                QJsonObject{{u"mediaType"_s, u"application/vnd.oci.image.manifest.v1+json"_s},
                            {u"digest"_s, Digest::ofBytes("x").toString()},
                            {u"size"_s, 2},
                            {u"artifactType"_s, type}});
        return QJsonDocument(QJsonObject{{u"schemaVersion"_s, 2},
                                         {u"mediaType"_s, MediaType::ociIndex().toString()},
                                         {u"manifests"_s, entries}})
            .toJson();
    }
    static Result<QList<Descriptor>> ask(FakeConnection &connection, const QString &type)
    {
        return outcomeOf(connection.session.listReferrers(*RepositoryName::parse(u"a"),
                                                          Digest::ofBytes("subject"), type));
    }
};

void TestListReferrersJobFilter::asksForTheType()
{
    FakeConnection connection;
    connection.registry.failNext("GET", u"/referrers/"_s, {200, list()}, 2);
    QVERIFY(ask(connection, u"a/one+json"_s));
    QVERIFY(connection.registry.requests().first().target.endsWith("?artifactType=a%2Fone%2Bjson"));
    QVERIFY(ask(connection, {}));
    QVERIFY(!connection.registry.requests().last().target.contains('?'));
}

void TestListReferrersJobFilter::filtersWhatTheRegistryDoesNot_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("count");
    QTest::newRow("one") << u"a/one+json"_s << 2;
    QTest::newRow("two") << u"a/two"_s << 1;
    QTest::newRow("another") << u"a/three"_s << 0;
    QTest::newRow("all") << QString() << 3;
}

void TestListReferrersJobFilter::filtersWhatTheRegistryDoesNot()
{
    QFETCH(QString, type);
    QFETCH(int, count);
    FakeConnection connection;
    connection.registry.failNext("GET", u"/referrers/"_s, {200, list()});
    const auto byEndpoint = ask(connection, type);
    QVERIFY(byEndpoint);
    QCOMPARE(byEndpoint->size(), count);
    connection.registry.addManifest(u"a"_s, u"sha256-"_s + Digest::ofBytes("subject").encoded(),
                                    list(), MediaType::ociIndex());
    const auto byTag = ask(connection, type);
    QVERIFY(byTag);
    QCOMPARE(byTag->size(), count);
}

void TestListReferrersJobFilter::takesWhatTheRegistryHasFiltered()
{
    FakeConnection connection;
    const std::pair<QByteArray, QByteArray> filtered{"OCI-Filters-Applied", "artifactType"};
    connection.registry.failNext("GET", u"/referrers/"_s, {200, list({u"a/two"_s}), {filtered}});
    auto listed = ask(connection, u"a/two"_s);
    QVERIFY(listed);
    QCOMPARE(listed->size(), 1);
    // Nor is it believed when it has not.
    connection.registry.failNext("GET", u"/referrers/"_s, {200, list(), {filtered}});
    listed = ask(connection, u"a/two"_s);
    QVERIFY(listed);
    QCOMPARE(listed->size(), 1);
}

void TestListReferrersJobFilter::asksEveryPageForTheType()
{
    FakeConnection connection;
    connection.registry.failNext("GET", u"/referrers/"_s, {200, list()}); // After this:
    connection.registry.failNext(
        "GET", u"/referrers/"_s,
        {200, list(), {{"Link", R"(<?artifactType=a%2Fone%2Bjson&next=x%2By>; rel="next")"}}});
    const auto listed = ask(connection, u"a/one+json"_s);
    QVERIFY2(listed, listed ? "" : qPrintable(listed.error().message));
    QCOMPARE(listed->size(), 4);
    QVERIFY(connection.registry.requests().last().target.endsWith(
        "?artifactType=a%2Fone%2Bjson&next=x%2By"));
}

QTEST_GUILESS_MAIN(TestListReferrersJobFilter)
#include "tst_listreferrersjob_filter.moc"
