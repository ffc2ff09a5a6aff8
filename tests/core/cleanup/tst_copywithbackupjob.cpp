// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/copywithbackupjob.h"
#include "core/transfer/planimagecopyjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// An image from repository "a" of one registry to "b:2" of another.
class TestCopyWithBackupJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void savesNothingWhereNothingIsReplaced();
    void savesWhatTheTagPointedToBeforeAnythingIsSent(); // R6
    void savesEverythingOfAnIndex();
    void sendsNothingWithoutABackup();
    void sendsNothingWhenTheTagHasMoved_data();
    void sendsNothingWhenTheTagHasMoved(); // UPL-26, R7
    void canBeTriedAgainAfterTheTagWasSet();
    void copiesWhatHasNoTag();

private:
    [[nodiscard]] FakeRegistry &source() { return m_source->registry; }
    [[nodiscard]] FakeRegistry &target() { return m_target->registry; }
    [[nodiscard]] ImageCopyPlan plan(const Reference &to = *Tag::parse(u"2"));
    [[nodiscard]] Result<BackedCopy> copy(const ImageCopyPlan &plan)
    {
        return outcomeOf(
            new CopyWithBackupJob(m_source->session, m_target->session, plan, folder()));
    }
    [[nodiscard]] QString folder() const { return m_home->filePath(u"backup"_s); }
    [[nodiscard]] bool isSaved(const Digest &digest) const
    {
        return QFile::exists(folder() + "/blobs/sha256/"_L1 + digest.encoded());
    }
    /// Requests that change something.
    [[nodiscard]] qsizetype changes()
    {
        return target().count("POST") + target().count("PUT") + target().count("PATCH");
    }

    std::unique_ptr<FakeConnection> m_source;
    std::unique_ptr<FakeConnection> m_target;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestCopyWithBackupJob::init()
{
    m_source = std::make_unique<FakeConnection>();
    m_target = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    TestImages::addImage(source(), u"a"_s, u"1"_s);
    target().addRepository(u"b"_s);
}

ImageCopyPlan TestCopyWithBackupJob::plan(const Reference &to)
{
    const auto planned = outcomeOf(new PlanImageCopyJob(
        m_source->session, m_target->session,
        {*RepositoryName::parse(u"a"), *Tag::parse(u"1"), *RepositoryName::parse(u"b"), to}));
    if (!planned)
        qFatal("no plan: %s", qPrintable(planned.error().message));
    return *planned;
}

void TestCopyWithBackupJob::savesNothingWhereNothingIsReplaced()
{
    const auto done = copy(plan());
    QVERIFY2(done, done ? "" : qPrintable(done.error().message));
    QVERIFY(!done->backup);
    QVERIFY(!QFileInfo::exists(folder()));
    QCOMPARE(target().tags(u"b"_s), QStringList{u"2"_s});
}

void TestCopyWithBackupJob::savesWhatTheTagPointedToBeforeAnythingIsSent()
{
    const Digest old = TestImages::addImage(target(), u"b"_s, u"2"_s, {.layers = {"old"}});
    const ImageCopyPlan planned = plan();
    bool wasSavedFirst = false;
    target().intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method == "POST" && changes() <= 1)
            wasSavedFirst = QFile::exists(folder() + "/longshore-backup.json"_L1) && isSaved(old);
        return false;
    });
    const auto done = copy(planned);
    QVERIFY2(done, done ? "" : qPrintable(done.error().message));
    QVERIFY(wasSavedFirst);
    QCOMPARE(done->backup->folder, folder());
    QCOMPARE(done->copied.replaced, std::optional(old));
    QFile record(folder() + "/longshore-backup.json"_L1);
    QVERIFY(record.open(QIODevice::ReadOnly));
    const QJsonObject saved = QJsonDocument::fromJson(record.readAll()).object();
    QCOMPARE(saved["repository"_L1].toString(), u"b"_s);
    QCOMPARE(saved["tags"_L1].toObject()["2"_L1].toString(), old.toString());
}

void TestCopyWithBackupJob::savesEverythingOfAnIndex()
{
    const Digest old = TestImages::addIndex(target(), u"b"_s, u"2"_s);
    QVERIFY(copy(plan()));
    QVERIFY(isSaved(old));
    const auto index = parseManifest(target().manifestBytes(u"b"_s, old), {});
    for (const Descriptor &entry : index->index()->manifests)
        QVERIFY(isSaved(entry.digest));
}

void TestCopyWithBackupJob::sendsNothingWithoutABackup()
{
    const Digest old = TestImages::addImage(target(), u"b"_s, u"2"_s, {.layers = {"old"}});
    const ImageCopyPlan planned = plan();
    QFile inTheWay(folder());
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    const auto done = copy(planned);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Kind::LocalFile);
    QCOMPARE(changes(), qsizetype(0));
    QVERIFY(target().hasManifest(u"b"_s, old));
}

void TestCopyWithBackupJob::sendsNothingWhenTheTagHasMoved_data()
{
    QTest::addColumn<bool>("wasThere");
    QTest::newRow("to another image") << true;
    QTest::newRow("out of nothing") << false;
}

void TestCopyWithBackupJob::sendsNothingWhenTheTagHasMoved()
{
    QFETCH(const bool, wasThere);
    if (wasThere)
        TestImages::addImage(target(), u"b"_s, u"2"_s, {.layers = {"old"}});
    const ImageCopyPlan planned = plan();
    const Digest newer = TestImages::addImage(target(), u"b"_s, u"2"_s, {.layers = {"newer"}});
    const auto done = copy(planned);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Kind::Changed);
    QVERIFY(done.error().message.contains(newer.toString()));
    QCOMPARE(changes(), qsizetype(0));
    QVERIFY(!QFileInfo::exists(folder()));
}

void TestCopyWithBackupJob::canBeTriedAgainAfterTheTagWasSet()
{
    TestImages::addImage(target(), u"b"_s, u"2"_s, {.layers = {"old"}});
    const ImageCopyPlan planned = plan();
    QVERIFY(copy(planned));
    const auto again = copy(planned); // The folder of the first backup is not touched.
    QVERIFY2(again, again ? "" : qPrintable(again.error().message));
    QVERIFY(!again->backup);
}

void TestCopyWithBackupJob::copiesWhatHasNoTag()
{
    const auto image = parseManifest(TestImages::image(source(), u"a"_s), {});
    const auto done = copy(plan(image->digest));
    QVERIFY2(done, done ? "" : qPrintable(done.error().message));
    QVERIFY(target().hasManifest(u"b"_s, image->digest));
    QVERIFY(target().tags(u"b"_s).isEmpty());
}

QTEST_GUILESS_MAIN(TestCopyWithBackupJob)
#include "tst_copywithbackupjob.moc"
