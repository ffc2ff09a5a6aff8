// SPDX-License-Identifier: Apache-2.0
#include "core/layout/ownership.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestOwnership : public QObject
{
    Q_OBJECT

private slots:
    void readsOwners();
    void refusesWhatIsNoOwner_data();
    void refusesWhatIsNoOwner();
    void readsModes();
};

void TestOwnership::readsOwners()
{
    QCOMPARE(Ownership::parseOwner(u"1000"_s), (Ownership{1000, 1000}));
    QCOMPARE(Ownership::parseOwner(u"0:5"_s), (Ownership{0, 5}));
    QCOMPARE(Ownership::parseOwner(u"4294967295:1"_s), (Ownership{4294967295, 1}));
    QCOMPARE((Ownership{5, 6}).ownerText(), u"5:6"_s);
}

void TestOwnership::refusesWhatIsNoOwner_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"", ":", "1:", ":1", "1:2:3", "root", "-1", "+1", " 1", "4294967296", "0x1"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestOwnership::refusesWhatIsNoOwner()
{
    QFETCH(const QString, text);
    QVERIFY(!Ownership::parseOwner(text));
}

void TestOwnership::readsModes()
{
    QCOMPARE(Ownership::parseMode(u"644"_s), 0644);
    QCOMPARE(Ownership::parseMode(u"0755"_s), 0755);
    QCOMPARE(Ownership::parseMode(u"1777"_s), 01777);
    QCOMPARE((Ownership{0, 0, 0640}).modeText(), u"640"_s);
    QCOMPARE(Ownership().modeText(), QString());
    for (const QString &wrong : {u""_s, u"888"_s, u"4755"_s, u"-1"_s, u"u+x"_s, u"0o644"_s})
        QVERIFY2(!Ownership::parseMode(wrong), qPrintable(wrong));
}

QTEST_GUILESS_MAIN(TestOwnership)
#include "tst_ownership.moc"
