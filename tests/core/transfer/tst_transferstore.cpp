// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transferstore.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestTransferStore : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void hasNothingAtFirst();
    void keepsWhatWasSavedLast();
    void isNobodyElsesBusiness();
    void belongsToOneProgram();
    void setsAsideWhatItCannotRead();
    void takesWhatIsLeftOfADamagedList();
    void saysThatItCannotWrite();

private:
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"state/transfers"_s); }
    [[nodiscard]] QString path() const { return folder() + "/transfers.json"_L1; }
    void write(const QByteArray &content) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

static TransferRecord layer(const QString &path)
{
    return {{u"id"_s, {}},
            {},
            BlobDownload{*RepositoryName::parse(u"a"), Digest::ofBytes("layer"), 5, path},
            u"a:1, layer 1"_s};
}

static QStringList pathsOf(const TransferStore &store)
{
    QStringList paths;
    for (const TransferRecord &record : store.records())
        paths.append(std::get<BlobDownload>(record.purpose).path);
    return paths;
}

void TestTransferStore::write(const QByteArray &content) const
{
    QVERIFY(QDir().mkpath(folder()));
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

void TestTransferStore::hasNothingAtFirst()
{
    const TransferStore store(folder());
    QVERIFY(store.isOurs());
    QVERIFY(store.records().isEmpty());
    QVERIFY(store.notice().isEmpty());
}

void TestTransferStore::keepsWhatWasSavedLast()
{
    {
        TransferStore store(folder());
        for (int i = 0; i < 100; ++i)
            store.save({layer(u"/tmp/%1"_s.arg(i))});
        store.save({layer(u"/tmp/b"_s), layer(u"/tmp/a"_s)});
    }
    QCOMPARE(pathsOf(TransferStore(folder())), (QStringList{u"/tmp/b"_s, u"/tmp/a"_s}));
}

void TestTransferStore::isNobodyElsesBusiness()
{
    {
        TransferStore store(folder());
        store.save({layer(u"/tmp/a"_s)});
    }
    QCOMPARE(QFile::permissions(path())
                 & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
}

void TestTransferStore::belongsToOneProgram()
{
    auto first = std::make_unique<TransferStore>(folder());
    first->save({layer(u"/tmp/a"_s)});
    {
        TransferStore second(folder());
        QVERIFY(!second.isOurs());
        QVERIFY(second.records().isEmpty());
        second.save({});
    }
    first.reset();
    QCOMPARE(pathsOf(TransferStore(folder())), QStringList{u"/tmp/a"_s});
}

void TestTransferStore::setsAsideWhatItCannotRead()
{
    write("{ not json");
    {
        TransferStore store(folder());
        QVERIFY(store.isOurs());
        QVERIFY(store.records().isEmpty());
        QVERIFY2(store.notice().contains(path() + ".unreadable-"_L1), qPrintable(store.notice()));
        store.save({layer(u"/tmp/a"_s)});
    }
    QCOMPARE(pathsOf(TransferStore(folder())), QStringList{u"/tmp/a"_s});
    const QStringList aside = QDir(folder()).entryList({u"*.unreadable-*"_s});
    QCOMPARE(aside.size(), qsizetype(1));
    QFile file(folder() + u'/' + aside.constFirst());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "{ not json");
}

void TestTransferStore::takesWhatIsLeftOfADamagedList()
{
    QByteArray list = transfersToJson({layer(u"/tmp/a"_s), layer(u"../b"_s), layer(u"/tmp/c"_s)});
    write(list);
    const TransferStore store(folder());
    QCOMPARE(pathsOf(store), (QStringList{u"/tmp/a"_s, u"/tmp/c"_s}));
    QVERIFY2(store.notice().contains("path"_L1), qPrintable(store.notice()));
}

void TestTransferStore::saysThatItCannotWrite()
{
    TransferStore store(folder());
    QVERIFY(QDir().mkpath(path())); // A folder is nothing to write over.
    const QSignalSpy failures(&store, &TransferStore::notWritten);
    store.save({layer(u"/tmp/a"_s)});
    QTRY_COMPARE(failures.size(), qsizetype(1));
    QCOMPARE(failures.first().first().value<Error>().kind, Error::Kind::LocalFile);
}

QTEST_GUILESS_MAIN(TestTransferStore)
#include "tst_transferstore.moc"
