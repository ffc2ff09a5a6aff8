// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/versionline.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestVersionLine : public QObject
{
    Q_OBJECT

private slots:
    void findsTheLineOfATag_data();
    void findsTheLineOfATag();
    void hasOneLineForTheRepository();
};

void TestVersionLine::findsTheLineOfATag_data()
{
    QTest::addColumn<QString>("major");
    QTest::addColumn<QString>("minor");
    QTest::addColumn<QString>("prefix");
    const QString none;
    const auto row = [](const char *tag, const QString &major, const QString &minor,
                        const QString &prefix) { QTest::newRow(tag) << major << minor << prefix; };
    row("1.4.2", u"1"_s, u"1.4"_s, none);
    row("v1.4.2", u"1"_s, u"1.4"_s, none);
    row("1.4", u"1"_s, u"1.4"_s, none);
    row("1", u"1"_s, u"1"_s, none);
    row("1.4.0-rc1", u"1"_s, u"1.4"_s, u"1.4.0"_s);
    row("1.4.0-SNAPSHOT", u"1"_s, u"1.4"_s, u"1.4.0"_s);
    row("1.4.2-alpine3.18", u"1 alpine"_s, u"1.4 alpine"_s, u"1.4.2"_s);
    row("1.4.2-20240301", u"1"_s, u"1.4"_s, u"1.4.2"_s);
    row("release-1.4.2", u"release-1"_s, u"release-1.4"_s, u"release"_s);
    row("release-v1.4.2", u"release-1"_s, u"release-1.4"_s, u"release"_s);
    row("2024.03.01", u"2024"_s, u"2024.03"_s, none);
    row("latest", none, none, none);
    row("nightly-20240301", none, none, u"nightly"_s);
    row("pr-12-3f4a", u"pr-12"_s, u"pr-12"_s, u"pr-12"_s);
    row("3f4ab9c", none, none, none);
    row("build77", none, none, none);
    row("1234567", none, none, none);
}

void TestVersionLine::findsTheLineOfATag()
{
    QFETCH(const QString, major);
    QFETCH(const QString, minor);
    QFETCH(const QString, prefix);
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    const auto expected = [](const QString &line) {
        return line.isEmpty() ? std::nullopt : std::optional(line);
    };
    QCOMPARE(lineOf(tag, TagLine::MajorVersion), expected(major));
    QCOMPARE(lineOf(tag, TagLine::MinorVersion), expected(minor));
    QCOMPARE(lineOf(tag, TagLine::Prefix), expected(prefix));
}

void TestVersionLine::hasOneLineForTheRepository()
{
    for (const QString &tag : {u"1.4"_s, u"latest"_s, u"a-b"_s})
        QCOMPARE(lineOf(tag, TagLine::Repository), QString());
}

QTEST_GUILESS_MAIN(TestVersionLine)
#include "tst_versionline.moc"
