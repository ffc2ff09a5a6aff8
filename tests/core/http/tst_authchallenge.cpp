// SPDX-License-Identifier: Apache-2.0
#include "core/http/authchallenge.h"

#include <QTest>

using namespace Longshore;

using Parameters = QMap<QByteArray, QByteArray>;

class TestAuthChallenge : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryForm_data();
    void readsEveryForm();
    void noticesTwoRealms();
    void copesWithGarbage_data();
    void copesWithGarbage();
};

void TestAuthChallenge::readsEveryForm_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QList<AuthChallenge>>("expected");
    const auto row = [](const char *name, const QByteArray &header,
                        const QList<AuthChallenge> &expected) {
        QTest::newRow(name) << header << expected;
    };
    const AuthChallenge basic{"basic", {{"realm", "r"}}};
    const AuthChallenge bearer{"bearer", {{"realm", "https://a/t"}, {"service", "s"}}};
    row("Bearer", R"(Bearer realm="https://a/t",service="s")", {bearer});
    row("Basic", R"(Basic realm="r")", {basic});
    row("both in one header", R"(Bearer realm="https://a/t",service="s", Basic realm="r")",
        {bearer, basic});
    row("Basic first", R"(Basic realm="r", Bearer realm="https://a/t",service="s")",
        {basic, bearer});
    row("without a space between", R"(Basic realm="r",Bearer realm="https://a/t",service="s")",
        {basic, bearer});
    row("upper case", R"(BEARER REALM="https://a/t",SERVICE="s")", {bearer});
    row("unquoted, as zot writes it", "bearer realm=https://a/t,service=s", {bearer});
    row("unquoted with a query", "Bearer realm=https://a/t?x=y,service=s",
        {{"bearer", {{"realm", "https://a/t?x=y"}, {"service", "s"}}}});
    row("spaces around", "  Bearer   realm = \"https://a/t\" ,\tservice= s ", {bearer});
    row("any order", R"(Bearer service="s",realm="https://a/t")", {bearer});
    row("stray commas", R"(,, Bearer ,realm="https://a/t",, service="s",)", {bearer});
    row("quoted comma", R"(Bearer realm="https://a/t",service="a, b")",
        {{"bearer", {{"realm", "https://a/t"}, {"service", "a, b"}}}});
    row("quoted scheme", R"(Basic realm="Bearer realm=x, y")",
        {{"basic", {{"realm", "Bearer realm=x, y"}}}});
    row("escaped quotes", R"(Basic realm="my, \"quoted\" realm\\")",
        {{"basic", {{"realm", "my, \"quoted\" realm\\"}}}});
    row("H12 empty value", R"(Bearer realm="https://a/t",service="",scope="x")",
        {{"bearer", {{"realm", "https://a/t"}, {"service", ""}, {"scope", "x"}}}});
    row("empty unquoted value", R"(Bearer realm=https://a/t,service=,scope="x")",
        {{"bearer", {{"realm", "https://a/t"}, {"service", ""}, {"scope", "x"}}}});
    row("list of scopes", R"(Bearer realm="r",scope="repository:a:pull repository:b/c:push,pull")",
        {{"bearer", {{"realm", "r"}, {"scope", "repository:a:pull repository:b/c:push,pull"}}}});
    row("first of two values", R"(Bearer realm="r",service="s",service="t")",
        {{"bearer", {{"realm", "r"}, {"service", "s"}}}});
    row("no parameters", "Negotiate", {{"negotiate", {}}});
    row("Negotiate first", R"(Negotiate, Basic realm="r")", {{"negotiate", {}}, basic});
    row("empty", "", {});
    row("only commas", " , ,", {});
}

void TestAuthChallenge::readsEveryForm()
{
    QFETCH(QByteArray, header);
    QFETCH(QList<AuthChallenge>, expected);
    const auto challenges = parseChallenges(header);
    QCOMPARE(challenges.size(), expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i) {
        QCOMPARE(challenges.at(i).scheme, expected.at(i).scheme);
        QCOMPARE(challenges.at(i).parameters, expected.at(i).parameters);
        QVERIFY(!challenges.at(i).isContradictory);
    }
}

void TestAuthChallenge::noticesTwoRealms()
{
    const auto twice = parseChallenges(R"(Bearer realm="https://a",realm="https://b")");
    QCOMPARE(twice.size(), qsizetype(1));
    QVERIFY(twice.first().isContradictory);
    QVERIFY(!parseChallenges(R"(Bearer realm="a",realm="a")").first().isContradictory);
    QVERIFY(!parseChallenges(R"(Bearer realm="a", Basic realm="b")").first().isContradictory);
}

void TestAuthChallenge::copesWithGarbage_data()
{
    // What matters is that it ends, and that a good challenge behind it is found.
    QTest::addColumn<QByteArray>("garbage");
    QTest::newRow("token68") << QByteArray("NTLM TlRMTVNTUAACAAAA==, ");
    QTest::newRow("open quote in front") << QByteArray("\", ");
    QTest::newRow("equal signs") << QByteArray("===, ");
    QTest::newRow("parameter without a scheme") << QByteArray("realm=\"x\", ");
    QTest::newRow("quotes without a name") << QByteArray("\"a\"\"b\" ");
    QTest::newRow("NUL") << QByteArray("\0, ", 3);
    QTest::newRow("Digest") << QByteArray(
        R"(Digest realm="x", nonce="a=b,c", qop="auth,auth-int", )");
    QTest::newRow("long") << QByteArray(QByteArray(60'000, ',') + ' ');
}

void TestAuthChallenge::copesWithGarbage()
{
    QFETCH(QByteArray, garbage);
    const auto challenges = parseChallenges(garbage + R"(Bearer realm="https://a/t")");
    QVERIFY(!challenges.isEmpty());
    QCOMPARE(challenges.last().scheme, "bearer");
    QCOMPARE(challenges.last().parameters.value("realm"), "https://a/t");
    for (qsizetype length = 0; length < garbage.size(); length += 1 + garbage.size() / 100)
        (void)parseChallenges(garbage.left(length));
    (void)parseChallenges(R"(Bearer realm="never closed)");
    (void)parseChallenges(R"(Bearer realm="\)");
}

QTEST_GUILESS_MAIN(TestAuthChallenge)
#include "tst_authchallenge.moc"
