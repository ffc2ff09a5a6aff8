// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/testreferrers.h"

#include <QDir>
#include <QJsonObject>
#include <QTest>

#include <csignal>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl copy.
class TestCopy : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void copiesBetweenRegistries();
    void mountsWithinARegistry();
    void saysWhatHadToStartOver();
    void bringsReferrersAlong();
    void tellsWhichReferrersCannotComeAlong();
    void keepsThePasswordForTheTarget();
    void leavesNothingWhenInterrupted();
    void refusesWhatIsNoReference();
    void saysWhatIsNotThere();
    void savesWhatLosesItsTag();
    void savesNothingWhenToldSo();
    void sendsNothingWithoutABackup();

private:
    [[nodiscard]] QString from(const QString &tag = u"1"_s) const
    {
        return m_source->host() + u"/a:"_s + tag;
    }
    [[nodiscard]] QString to() const { return m_target->host() + u"/b:2"_s; }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_source;
    std::unique_ptr<FakeRegistry> m_target;
};

void TestCopy::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_source = std::make_unique<FakeRegistry>();
    m_target = std::make_unique<FakeRegistry>();
}

void TestCopy::copiesBetweenRegistries()
{
    const Digest index = TestImages::addIndex(*m_source, u"a"_s, u"1"_s);
    const auto result = m_program->run({u"copy"_s, from(), to(), u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QJsonObject expected{
        {u"digest"_s, index.toString()}, {u"uploaded"_s, 6}, {u"skipped"_s, 0}, {u"mounted"_s, 0}};
    QCOMPARE(documentOf(result).object(), expected);
    QCOMPARE(m_target->manifestBytes(u"b"_s, index), m_source->manifestBytes(u"a"_s, index));
    QCOMPARE(m_target->tags(u"b"_s), QStringList{u"2"_s});
}

void TestCopy::mountsWithinARegistry()
{
    TestImages::addImage(*m_source, u"a"_s, u"1"_s);
    const auto result =
        m_program->run({u"copy"_s, from(), m_source->host() + u"/b:2"_s, u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(documentOf(result).object().value(u"mounted"_s).toInt(), 3);
    QCOMPARE(m_source->tags(u"b"_s), QStringList{u"2"_s});
    // To another tag of the same repository nothing has to be mounted.
    const auto again =
        m_program->run({u"copy"_s, from(), m_source->host() + u"/a:2"_s, u"--json"_s});
    QCOMPARE(documentOf(again).object().value(u"skipped"_s).toInt(), 3);
}

void TestCopy::saysWhatHadToStartOver()
{
    TestImages::addImage(*m_source, u"a"_s, u"1"_s);
    m_source->failNext("GET", Digest::ofBytes("layer one").toString(),
                       {200, QByteArray(sizeof "layer one" - 1, 'y')});
    const auto result = m_program->run({u"copy"_s, from(), to(), u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QVERIFY2(result.errors.contains("1 blob had to be brought from the start again"),
             result.errors.constData());
    QCOMPARE(documentOf(result).object().value("startedOver"_L1).toInt(), 1);
}

void TestCopy::bringsReferrersAlong()
{
    const Digest image = TestImages::addImage(*m_source, u"a"_s, u"1"_s);
    QByteArray about = TestImages::image(*m_source, u"a"_s, {.layers = {"signature"}});
    about.chop(1);
    about += R"(,"subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","size":2,)"
             R"("digest":")"
             + image.toString().toLatin1() + R"("}})";
    const Digest referrer = m_source->addManifest(u"a"_s, {}, about, MediaType::ociManifest());
    m_source->addManifest(
        u"a"_s, u"sha256-"_s + image.encoded(),
        R"({"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",)"
        R"("size":2,"digest":")"
            + referrer.toString().toLatin1() + R"("}]})",
        MediaType::ociIndex());
    QCOMPARE(m_program->run({u"copy"_s, from(), to()}).exitStatus, 0);
    QVERIFY(!m_target->hasManifest(u"b"_s, referrer));
    const auto result = m_program->run({u"copy"_s, from(), to(), u"--referrers"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(m_target->manifestBytes(u"b"_s, referrer), about);
    const auto list = m_program->run({u"referrers"_s, to(), u"--json"_s});
    QVERIFY(list.output.contains(referrer.toString().toLatin1()));
}

void TestCopy::tellsWhichReferrersCannotComeAlong()
{
    const Digest image = TestImages::addImage(*m_source, u"a"_s, u"1"_s);
    const Digest signature = TestReferrers::sign(*m_source, u"a"_s, image, "signature");
    m_source->failNext("GET", u"/manifests/"_s + signature.toString(), {404}, 2);
    const auto result = m_program->run({u"copy"_s, from(), to(), u"--referrers"_s, u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QJsonObject left = documentOf(result)[u"leftOutReferrers"_s][0].toObject();
    QCOMPARE(left.value("digest"_L1).toString(), signature.toString());
    QVERIFY(!left.value("reason"_L1).toString().isEmpty());
    const auto words = m_program->run({u"copy"_s, from(), to(), u"--referrers"_s});
    QVERIFY2(words.errors.contains(QByteArray("left out: " + signature.toString().toLatin1())),
             words.errors.constData());
}

void TestCopy::keepsThePasswordForTheTarget()
{
    TestImages::addImage(*m_source, u"a"_s, u"1"_s);
    m_target->behaviour.signIn = FakeRegistry::SignIn::Basic;
    const QStringList command{u"copy"_s,       from(),    to(),
                              u"--username"_s, u"user"_s, u"--password-stdin"_s};
    const auto result = m_program->run(command, "secret");
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    // Not even a registry that asks for it gets what is meant for the other one.
    m_source->behaviour.signIn = FakeRegistry::SignIn::Basic;
    QCOMPARE(m_program->run(command, "secret").exitStatus, 3);
    for (const TestRequest &request : m_source->requests())
        QVERIFY(request.header("authorization").isEmpty());
}

void TestCopy::leavesNothingWhenInterrupted()
{
    const QTemporaryDir temporary;
    qputenv("TMPDIR", QFile::encodeName(temporary.path()));
    TestImages::addImage(*m_source, u"a"_s, u"1"_s, {.layers = {QByteArray(3'000'000, 'x')}});
    m_target->intercept([](const TestRequest &request, const TestConnection &) {
        return request.method == "PUT"; // It is never answered.
    });
    const auto process = m_program->start({u"copy"_s, from(), to()});
    qunsetenv("TMPDIR");
    QTRY_VERIFY(m_target->count("PUT") == 2);
    QVERIFY(!QDir(temporary.path()).isEmpty());
    ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    QCOMPARE(ProgramRunner::finish(*process).exitStatus, 130);
    QVERIFY(QDir(temporary.path()).isEmpty());
    QCOMPARE(m_target->uploads.openCount(), 0);
    QCOMPARE(m_target->tags(u"b"_s), QStringList());
}

void TestCopy::refusesWhatIsNoReference()
{
    for (const QStringList &wrong :
         {QStringList{from(), u"Not A Name"_s}, QStringList{u"Not A Name"_s, to()}}) {
        const auto result = m_program->run(QStringList{u"copy"_s} + wrong);
        QCOMPARE(result.exitStatus, 2);
        QVERIFY(isOneCleanLine(result.errors));
    }
    TestImages::addImage(*m_source, u"a"_s, u"1"_s);
    const auto digest = m_program->run(
        {u"copy"_s, from(), m_target->host() + u"/b@"_s + Digest::ofBytes("x").toString()});
    QCOMPARE(digest.exitStatus, 2);
    QVERIFY(isOneCleanLine(digest.errors));
}

void TestCopy::saysWhatIsNotThere()
{
    const auto result = m_program->run({u"copy"_s, from(u"none"_s), to()});
    QCOMPARE(result.exitStatus, 4);
    QVERIFY(isOneCleanLine(result.errors));
}

void TestCopy::savesWhatLosesItsTag()
{
    TestImages::addImage(*m_source, u"a"_s, u"1"_s);
    const Digest old = TestImages::addImage(*m_target, u"b"_s, u"2"_s, {.layers = {"old"}});
    const QString folder = m_program->filePath(u"saved"_s);
    const auto result =
        m_program->run({u"copy"_s, from(), to(), u"--backup"_s, folder, u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QJsonObject object = documentOf(result).object();
    QCOMPARE(object.value(u"replaced"_s).toString(), old.toString());
    QCOMPARE(object.value(u"backup"_s).toString(), folder);
    QCOMPARE(m_program->content(u"saved/blobs/sha256/"_s + old.encoded()),
             m_target->manifestBytes(u"b"_s, old));
}

void TestCopy::savesNothingWhenToldSo()
{
    TestImages::addImage(*m_source, u"a"_s, u"1"_s);
    TestImages::addImage(*m_target, u"b"_s, u"2"_s, {.layers = {"old"}});
    const auto result = m_program->run({u"copy"_s, from(), to(), u"--no-backup"_s, u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QVERIFY(documentOf(result).object().contains(u"replaced"_s));
    QVERIFY(!documentOf(result).object().contains(u"backup"_s));
    const auto both = m_program->run({u"copy"_s, from(), to(), u"--no-backup"_s, u"--backup"_s,
                                      m_program->filePath(u"saved"_s)});
    QCOMPARE(both.exitStatus, 2);
}

void TestCopy::sendsNothingWithoutABackup()
{
    TestImages::addImage(*m_source, u"a"_s, u"1"_s);
    const Digest old = TestImages::addImage(*m_target, u"b"_s, u"2"_s, {.layers = {"old"}});
    const QString taken = m_program->filePath(u"saved"_s);
    QVERIFY(QDir().mkpath(taken + u"/full"_s));
    const auto result = m_program->run({u"copy"_s, from(), to(), u"--backup"_s, taken});
    QVERIFY(result.exitStatus != 0);
    QCOMPARE(m_target->count("POST"), qsizetype(0));
    QCOMPARE(m_target->count("PUT"), qsizetype(0));
    QVERIFY(m_target->hasManifest(u"b"_s, old));
}

QTEST_GUILESS_MAIN(TestCopy)
#include "tst_copy.moc"
