// SPDX-License-Identifier: Apache-2.0
#include "core/layout/packlayer.h"

#include <QDateTime>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// With libarchive as the judge, which had no part in the writing.
class TestPackLayer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void packsFilesFoldersAndLinks();
    void dependsOnNothingButTheFiles();
    void lendsNobodyRootsRights();
    void givesFilesToWhomeverItIsTold();
    void refusesWhatIsNoFile();
    void leavesOutNoNameThatIsNoText();
    void refusesWhiteouts();
    void refusesPlacesOutside();
    void refusesTwoOfOneName();
    void saysWhatIsMissing();
    void stopsWhenItIsCancelled();

private:
    [[nodiscard]] QString filePath(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QDir().mkpath(QFileInfo(filePath(name)).path());
        QFile file(filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    [[nodiscard]] static Result<NewLayer> pack(const QStringList &paths, const QString &folder = {})
    {
        return packLayer({paths, folder}, CancelFlag(false));
    }
    [[nodiscard]] static QStringList entriesOf(const NewLayer &layer);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPackLayer::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

/// "mode name content" each, after an owner that is not root.
QStringList TestPackLayer::entriesOf(const NewLayer &layer)
{
    const QByteArray bytes = *layer.content.readAll(64 * 1024 * 1024);
    QStringList entries;
    archive *reader = archive_read_new();
    archive_read_support_format_tar(reader);
    archive_read_support_filter_gzip(reader);
    archive_read_open_memory(reader, bytes.constData(), static_cast<size_t>(bytes.size()));
    archive_entry *entry = nullptr;
    while (archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
        QByteArray content(archive_entry_size(entry), '\0');
        archive_read_data(reader, content.data(), static_cast<size_t>(content.size()));
        if (archive_entry_mtime(entry) != 0)
            entries.append(u"a time"_s);
        if (archive_entry_uid(entry) != 0 || archive_entry_gid(entry) != 0)
            entries.append(u"%1:%2"_s.arg(archive_entry_uid(entry)).arg(archive_entry_gid(entry)));
        if (const char *link = archive_entry_symlink(entry))
            content = QByteArray("-> ") + link;
        entries.append(QString::number(archive_entry_perm(entry), 8) + u' '
                       + QString::fromUtf8(archive_entry_pathname(entry)) + u' '
                       + QString::fromUtf8(content));
    }
    archive_read_free(reader);
    return entries;
}

void TestPackLayer::packsFilesFoldersAndLinks()
{
    write(u"app/run"_s, "program");
    write(u"app/.hidden"_s, "secret");
    QVERIFY(QDir().mkpath(filePath(u"app/empty"_s)));
    QCOMPARE(::symlink("../run", QFile::encodeName(filePath(u"app/empty/link"_s)).constData()), 0);
    QCOMPARE(::symlink("/nowhere", QFile::encodeName(filePath(u"app/dangling"_s)).constData()), 0);
    QCOMPARE(::chmod(QFile::encodeName(filePath(u"app/run"_s)).constData(), 0750), 0);
    QCOMPARE(::chmod(QFile::encodeName(filePath(u"app/.hidden"_s)).constData(), 0600), 0);
    QCOMPARE(::chmod(QFile::encodeName(filePath(u"app"_s)).constData(), 0755), 0);
    QCOMPARE(::chmod(QFile::encodeName(filePath(u"app/empty"_s)).constData(), 01777), 0);
    const auto layer = pack({filePath(u"app"_s)}, u"/opt//./x"_s);
    QVERIFY2(layer, layer ? "" : qPrintable(layer.error().message));
    QCOMPARE(
        entriesOf(*layer),
        QStringList({u"755 opt/x/app/ "_s, u"600 opt/x/app/.hidden secret"_s,
                     u"777 opt/x/app/dangling -> /nowhere"_s, u"1777 opt/x/app/empty/ "_s,
                     u"777 opt/x/app/empty/link -> ../run"_s, u"750 opt/x/app/run program"_s}));
    QCOMPARE(layer->entries, qsizetype(6));
    // What it says of itself is what a reader finds.
    QFile stored(filePath(u"stored"_s));
    QVERIFY(stored.open(QIODevice::WriteOnly));
    stored.write(*layer->content.readAll(1024 * 1024));
    stored.close();
    const auto again = readNewLayer(stored.fileName(), CancelFlag(false));
    QVERIFY(again && *again);
    QCOMPARE((*again)->digest, layer->digest);
    QCOMPARE((*again)->diffId, layer->diffId);
}

void TestPackLayer::dependsOnNothingButTheFiles()
{
    write(u"b"_s, QByteArray(700'000, 'b'));
    write(u"a"_s, "a");
    const auto first = pack({filePath(u"b"_s), filePath(u"a"_s)});
    QVERIFY(first);
    write(u"elsewhere/a"_s, "a");
    write(u"elsewhere/b"_s, QByteArray(700'000, 'b'));
    QFile file(filePath(u"elsewhere/a"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime(QDate(2020, 1, 1), QTime(), Qt::UTC),
                             QFileDevice::FileModificationTime));
    const auto second = pack({filePath(u"elsewhere/a"_s), filePath(u"elsewhere/b"_s)});
    QVERIFY(second);
    QCOMPARE(second->digest, first->digest);
    QCOMPARE(second->content.size, first->content.size);
}

void TestPackLayer::lendsNobodyRootsRights()
{
    write(u"tool"_s, "x");
    QCOMPARE(::chmod(QFile::encodeName(filePath(u"tool"_s)).constData(), 06755), 0);
    const auto layer = pack({filePath(u"tool"_s)});
    QVERIFY(layer);
    QCOMPARE(entriesOf(*layer), QStringList{u"755 tool x"_s});
}

void TestPackLayer::givesFilesToWhomeverItIsTold()
{
    write(u"app/file"_s, "x");
    QCOMPARE(::symlink("file", QFile::encodeName(filePath(u"app/link"_s)).constData()), 0);
    // More than fits into seven octal digits, as OpenShift gives them.
    const auto layer =
        packLayer({{filePath(u"app"_s)}, {}, {1000660000, 7, 0640}}, CancelFlag(false));
    QVERIFY2(layer, layer ? "" : qPrintable(layer.error().message));
    const QString owner = u"1000660000:7"_s;
    QCOMPARE(entriesOf(*layer), QStringList({owner, u"750 app/ "_s, owner, u"640 app/file x"_s,
                                             owner, u"777 app/link -> file"_s}));
}

void TestPackLayer::refusesWhatIsNoFile()
{
    write(u"app/a"_s, "x");
    QCOMPARE(::mkfifo(QFile::encodeName(filePath(u"app/pipe"_s)).constData(), 0600), 0);
    const auto layer = pack({filePath(u"app"_s)});
    QVERIFY(!layer);
    QCOMPARE(layer.error().kind, Kind::Unsupported);
    QVERIFY(layer.error().message.contains(u"pipe"));
}

void TestPackLayer::leavesOutNoNameThatIsNoText()
{
    write(u"app/a"_s, "x");
    const QByteArray name = QFile::encodeName(filePath(u"app/"_s)) + "\xe9t\xe9";
    const int file = ::open(name.constData(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    QVERIFY(file >= 0);
    ::close(file);
    const auto layer = pack({filePath(u"app"_s)});
    QVERIFY(!layer);
    QCOMPARE(layer.error().kind, Kind::Unsupported);
}

void TestPackLayer::refusesWhiteouts()
{
    write(u"app/.wh.etc"_s, {});
    const auto layer = pack({filePath(u"app"_s)});
    QVERIFY(!layer);
    QCOMPARE(layer.error().kind, Kind::Unsupported);
}

void TestPackLayer::refusesPlacesOutside()
{
    write(u"a"_s, "a");
    QCOMPARE(pack({filePath(u"a"_s)}, u"opt/../.."_s).error().kind, Kind::InvalidInput);
    QCOMPARE(pack({u"/"_s}).error().kind, Kind::InvalidInput);
}

void TestPackLayer::refusesTwoOfOneName()
{
    write(u"a/x"_s, "1");
    write(u"b/x"_s, "2");
    const auto layer = pack({filePath(u"a/x"_s), filePath(u"b/x"_s)});
    QVERIFY(!layer);
    QCOMPARE(layer.error().kind, Kind::InvalidInput);
}

void TestPackLayer::saysWhatIsMissing()
{
    const auto layer = pack({filePath(u"missing"_s)});
    QVERIFY(!layer);
    QCOMPARE(layer.error().kind, Kind::LocalFile);
    QVERIFY(layer.error().message.contains(u"missing"));
}

void TestPackLayer::stopsWhenItIsCancelled()
{
    write(u"a"_s, "a");
    const auto layer = packLayer({{filePath(u"a"_s)}}, CancelFlag(true));
    QVERIFY(!layer);
    QCOMPARE(layer.error().kind, Kind::Cancelled);
}

QTEST_GUILESS_MAIN(TestPackLayer)
#include "tst_packlayer.moc"
