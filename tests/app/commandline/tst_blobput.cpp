// SPDX-License-Identifier: Apache-2.0
#include "support/fakeregistry.h"
#include "support/programrunner.h"

#include <QJsonObject>
#include <QTest>

#include <csignal>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl blob put, blob delete.
class TestBlobPut : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void putUploadsAFile();
    void putSendsNothingThatIsThere();
    void putTakesADigest();
    void putSendsNothingElseUnderADigest();
    void putTellsItsProgress();
    void putTellsThatItStartsOver();
    void putWantsAFileAndARepository_data();
    void putWantsAFileAndARepository();
    void putGivesUpItsUploadWhenInterrupted();
    void putNoticesThatTheFileChanged();
    void deleteRemovesABlob();
    void deleteTellsWhyNot();

private:
    [[nodiscard]] QString repository() const { return m_registry->host() + u"/a"_s; }
    [[nodiscard]] ProcessResult put(const QStringList &more = {}) const
    {
        return m_program->run(QStringList{u"blob"_s, u"put"_s, repository(), u"file"_s} + more);
    }
    void write(const QByteArray &bytes) const
    {
        QFile file(m_program->filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
    const QByteArray m_bytes = QByteArray(1'000'000, 'a') + QByteArray(1'000'000, 'b');
    const Digest m_digest = Digest::ofBytes(m_bytes);
};

void TestBlobPut::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
    write(m_bytes);
}

void TestBlobPut::putUploadsAFile()
{
    const auto result = put({u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.errors, "");
    QCOMPARE(documentOf(result).object(), (QJsonObject{{u"digest"_s, m_digest.toString()},
                                                       {u"size"_s, m_bytes.size()},
                                                       {u"uploaded"_s, true}}));
    QCOMPARE(m_registry->blobBytes(u"a"_s, m_digest), m_bytes);
}

void TestBlobPut::putSendsNothingThatIsThere()
{
    m_registry->addBlob(u"a"_s, m_bytes);
    const auto result = put();
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output, m_digest.toString().toLatin1() + '\n');
    QVERIFY(isOneCleanLine(result.errors)); // A note.
    QCOMPARE(m_registry->count("POST"), 0);
    QCOMPARE(documentOf(put({u"--json"_s, u"--quiet"_s}))["uploaded"_L1], QJsonValue(false));
}

void TestBlobPut::putTakesADigest()
{
    const QString named = repository() + u'@' + m_digest.toString();
    const auto result = m_program->run({u"blob"_s, u"put"_s, named, u"file"_s});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output, m_digest.toString().toLatin1() + '\n');
    QCOMPARE(m_registry->blobBytes(u"a"_s, m_digest), m_bytes);
}

void TestBlobPut::putSendsNothingElseUnderADigest()
{
    const Digest other = Digest::ofBytes("other");
    const QString named = repository() + u'@' + other.toString();
    const auto result = m_program->run({u"blob"_s, u"put"_s, named, u"file"_s, u"--json"_s});
    QCOMPARE(result.exitStatus, 5);
    QCOMPARE(errorKindOf(result), u"digest-mismatch"_s);
    QCOMPARE(m_registry->count("PUT"), 0); // It never became whole.
    QCOMPARE(m_registry->uploads.openCount(), 0);
}

void TestBlobPut::putTellsItsProgress()
{
    const auto result = put({u"--progress=json"_s});
    const QByteArrayList lines = result.errors.trimmed().split('\n');
    const QJsonObject last = QJsonDocument::fromJson(lines.last()).object();
    QCOMPARE(last, (QJsonObject{{u"done"_s, m_bytes.size()}, {u"total"_s, m_bytes.size()}}));
}

void TestBlobPut::putTellsThatItStartsOver()
{
    m_registry->failNext("PUT", u"/uploads/"_s, registryRefusal(404, "BLOB_UPLOAD_UNKNOWN", "no"));
    const auto result = put();
    QCOMPARE(result.exitStatus, 0);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(result.errors.contains("again from its start"));
    QCOMPARE(m_registry->blobBytes(u"a"_s, m_digest), m_bytes);
}

void TestBlobPut::putWantsAFileAndARepository_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitStatus");
    QTest::newRow("no file") << QStringList{u"HOST/a"_s} << 2;
    QTest::newRow("two files") << QStringList{u"HOST/a"_s, u"file"_s, u"file"_s} << 2;
    QTest::newRow("a tag") << QStringList{u"HOST/a:1"_s, u"file"_s} << 2;
    QTest::newRow("an unknown option") << QStringList{u"HOST/a"_s, u"file"_s, u"--fast"_s} << 2;
    QTest::newRow("a file that is not there") << QStringList{u"HOST/a"_s, u"none"_s} << 1;
    QTest::newRow("a folder") << QStringList{u"HOST/a"_s, u"."_s} << 1;
}

void TestBlobPut::putWantsAFileAndARepository()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitStatus);
    const QStringList named = arguments.replaceInStrings(u"HOST"_s, m_registry->host());
    const auto result = m_program->run(QStringList{u"blob"_s, u"put"_s} + named);
    QCOMPARE(result.exitStatus, exitStatus);
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(m_registry->count("POST"), 0);
}

void TestBlobPut::putGivesUpItsUploadWhenInterrupted()
{
    write(QByteArray(30'000'000, 'a'));
    const auto process =
        m_program->start({u"blob"_s, u"put"_s, repository(), u"file"_s, u"--json"_s});
    m_registry->setInterruption(
        [&, isFirst = std::make_shared<bool>(true)](const TestRequest &, const TestConnection &) {
            if (std::exchange(*isFirst, false))
                ::kill(static_cast<pid_t>(process->processId()), SIGINT);
            return false;
        });
    const auto result = ProgramRunner::finish(*process);
    QCOMPARE(result.exitStatus, 130);
    QCOMPARE(m_registry->uploads.openCount(), 0);
    QCOMPARE(m_registry->count("DELETE"), 1);
}

void TestBlobPut::putNoticesThatTheFileChanged()
{
    m_registry->intercept([this](const TestRequest &request, const TestConnection &) {
        if (request.method == "POST")
            write(m_bytes.chopped(1) + 'c');
        return false;
    });
    const auto result = put({u"--json"_s});
    QCOMPARE(result.exitStatus, 7);
    QCOMPARE(errorKindOf(result), u"changed"_s);
    QVERIFY(m_registry->blobBytes(u"a"_s, m_digest).isNull());
}

void TestBlobPut::deleteRemovesABlob()
{
    m_registry->addBlob(u"a"_s, m_bytes);
    const QStringList command{u"blob"_s, u"delete"_s, repository() + u'@' + m_digest.toString(),
                              u"--json"_s};
    const auto result = m_program->run(command);
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(documentOf(result).object(), (QJsonObject{{u"digest"_s, m_digest.toString()}}));
    QVERIFY(m_registry->blobBytes(u"a"_s, m_digest).isNull());
    QCOMPARE(m_program->run(command).exitStatus, 4);
}

void TestBlobPut::deleteTellsWhyNot()
{
    m_registry->addBlob(u"a"_s, m_bytes);
    m_registry->behaviour.canDelete = false;
    const auto off =
        m_program->run({u"blob"_s, u"delete"_s, repository() + u'@' + m_digest.toString()});
    QCOMPARE(off.exitStatus, 1);
    QVERIFY(isOneCleanLine(off.errors));
    const auto tag = m_program->run({u"blob"_s, u"delete"_s, repository() + u":1"_s});
    QCOMPARE(tag.exitStatus, 2);
    QCOMPARE(m_registry->count("DELETE"), 1);
}

QTEST_GUILESS_MAIN(TestBlobPut)
#include "tst_blobput.moc"
