// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/takenname.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestTakenName : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhichNumberANameHas();
    void keepsANameThatIsFree();
    void numbersBeforeTheEnding_data();
    void numbersBeforeTheEnding();
    void takesTheNextThatIsFree();
    void wantsTheNameOfACompanionFreeToo();
    void countsALinkThatLeadsNowhere();
    void replacesOnlyWhereThatWasChosen();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_home.filePath(name); }
    void make(const QString &name) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }

    QTemporaryDir m_home;
};

void TestTakenName::keepsANameThatIsFree()
{
    QVERIFY(!isTaken(path(u"new.tar"_s)));
    QCOMPARE(*freeName(path(u"new.tar"_s)), path(u"new.tar"_s));
}

void TestTakenName::numbersBeforeTheEnding_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    QTest::newRow("tar") << u"a.tar"_s << u"a (2).tar"_s;
    QTest::newRow("tar.gz") << u"a.tar.gz"_s << u"a (2).tar.gz"_s;
    QTest::newRow("version") << u"app_1.0"_s << u"app_1.0 (2)"_s;
    QTest::newRow("version and ending") << u"app_1.0.tar"_s << u"app_1.0 (2).tar"_s;
    QTest::newRow("none") << u"a"_s << u"a (2)"_s;
    QTest::newRow("hidden") << u".tar"_s << u".tar (2)"_s;
}

void TestTakenName::numbersBeforeTheEnding()
{
    QFETCH(QString, name);
    QFETCH(QString, expected);
    make(name);
    QCOMPARE(*freeName(path(name)), path(expected));
}

void TestTakenName::takesTheNextThatIsFree()
{
    make(u"many.tar"_s);
    make(u"many (2).tar"_s);
    QVERIFY(QDir(m_home.path()).mkdir(u"many (3).tar"_s));
    QCOMPARE(*freeName(path(u"many.tar"_s)), path(u"many (4).tar"_s));
}

void TestTakenName::wantsTheNameOfACompanionFreeToo()
{
    make(u"pair.tar.sha256"_s);
    const auto isInUse = [](const QString &name) { return isAnyTaken(name, {u".sha256"_s}); };
    QCOMPARE(*freeName(path(u"pair.tar"_s), isInUse), path(u"pair (2).tar"_s));
    QCOMPARE(*freeName(path(u"pair.tar"_s)), path(u"pair.tar"_s));
}

void TestTakenName::countsALinkThatLeadsNowhere()
{
    QVERIFY(QFile::link(u"/nowhere"_s, path(u"link"_s)));
    QVERIFY(isTaken(path(u"link"_s)));
    QCOMPARE(*freeName(path(u"link"_s)), path(u"link (2)"_s));
}

void TestTakenName::replacesOnlyWhereThatWasChosen()
{
    QCOMPARE(existingFile(TakenName::Replace), SafeFile::Existing::Replace);
    for (const TakenName taken : {TakenName::Fail, TakenName::Skip, TakenName::Rename})
        QCOMPARE(existingFile(taken), SafeFile::Existing::Keep);
}

void TestTakenName::tellsWhichNumberANameHas()
{
    for (const QString &path : {u"a.tar"_s, u"a.tar.gz"_s, u"app_1.0"_s, u"a (2).tar"_s}) {
        for (const int number : {1, 2, 10'000})
            QCOMPARE(numberOfName(numberedName(path, number), path), std::optional(number));
    }
    for (const QString &other : {u"b.tar"_s, u"a (1).tar"_s, u"a (02).tar"_s, u"a (2).tar.gz"_s,
                                 u"a (x).tar"_s, u"a (2)x.tar"_s, u".tar"_s, QString()})
        QVERIFY2(!numberOfName(other, u"a.tar"_s), qPrintable(other));
}

QTEST_GUILESS_MAIN(TestTakenName)
#include "tst_takenname.moc"
