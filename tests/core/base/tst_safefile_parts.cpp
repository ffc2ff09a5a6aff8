// SPDX-License-Identifier: Apache-2.0
#include "core/base/safefile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What a killed program has left behind.
class TestSafeFileParts : public QObject
{
    Q_OBJECT

private slots:
    void removesPartsOfThisFileAlone();
    void removesPartsOfLongNames();

private:
    static void touch(const QString &path)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    [[nodiscard]] static QStringList names(const QTemporaryDir &folder)
    {
        return QDir(folder.path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
};

void TestSafeFileParts::removesPartsOfThisFileAlone()
{
    const QTemporaryDir folder;
    const QStringList others{u".a.tar.gz.xyz.part"_s, u".a.tar.part"_s, u".b.tar.xyz.part"_s,
                             u"a.tar"_s, u"a.tar.xyz.part"_s};
    for (const QString &name : others)
        touch(folder.filePath(name));
    touch(folder.filePath(u".a.tar.xyz.part"_s));
    SafeFile::removeParts(folder.filePath(u"a.tar"_s));
    QCOMPARE(names(folder), others);
}

void TestSafeFileParts::removesPartsOfLongNames()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QString(240, u'x'));
    SafeFile file(path);
    QVERIFY(file.open());
    QCOMPARE(names(folder).size(), qsizetype(1));
    SafeFile::removeParts(path);
    QVERIFY(names(folder).isEmpty());
}

QTEST_GUILESS_MAIN(TestSafeFileParts)
#include "tst_safefile_parts.moc"
