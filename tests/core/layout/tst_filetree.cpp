// SPDX-License-Identifier: Apache-2.0
#include "core/layout/filetree.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestFileTree : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsFiles();
    void readsNothingTooLarge();
    void neverLeadsOut_data();
    void neverLeadsOut();

private:
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    [[nodiscard]] FolderTree tree() const { return FolderTree(m_folder->filePath(u"tree"_s)); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFileTree::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_folder->path()).mkpath(u"tree/below"_s));
    write(u"secret"_s, "secret");
    write(u"tree/file"_s, "one");
    write(u"tree/below/file"_s, "two");
    QVERIFY(QFile::link(m_folder->filePath(u"secret"_s), m_folder->filePath(u"tree/link"_s)));
}

void TestFileTree::readsFiles()
{
    QCOMPARE(*tree().read(u"file"_s), "one");
    QCOMPARE(*tree().read(u"below/file"_s), "two");
    QVERIFY(tree().contains(u"file"_s));
    QVERIFY(!tree().contains(u"below"_s));
    QVERIFY(!tree().contains(u"other"_s));
    QCOMPARE(tree().open(u"other"_s).error().kind, Error::Kind::NotFound);
}

void TestFileTree::readsNothingTooLarge()
{
    QFile file(m_folder->filePath(u"tree/file"_s));
    QVERIFY(file.open(QIODevice::ReadWrite) && file.resize(largestDocument + 1));
    QCOMPARE(tree().read(u"file"_s).error().kind, Error::Kind::TooLarge);
    QVERIFY(file.resize(largestDocument));
    QVERIFY(tree().read(u"file"_s));
}

void TestFileTree::neverLeadsOut_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("up") << u"../secret"_s;
    QTest::newRow("down and up") << u"below/../../secret"_s;
    QTest::newRow("absolute") << u"/etc/passwd"_s;
    QTest::newRow("a link") << u"link"_s;
    QTest::newRow("nothing") << QString();
    QTest::newRow("itself") << u"."_s;
    QTest::newRow("with a NUL") << QString(u"file"_s + QChar(0) + u"x"_s);
}

void TestFileTree::neverLeadsOut()
{
    QFETCH(const QString, name);
    QVERIFY(!tree().open(name));
    QVERIFY(!tree().contains(name));
}

QTEST_GUILESS_MAIN(TestFileTree)
#include "tst_filetree.moc"
