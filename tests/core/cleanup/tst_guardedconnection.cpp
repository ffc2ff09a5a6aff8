// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/copywithbackupjob.h"
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/displacetagjob.h"
#include "core/cleanup/removetagjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/registry/registrysession.h"
#include "core/registry/startuploadjob.h"
#include "core/registry/updatereferrerstagjob.h"
#include "core/transfer/planimagecopyjob.h"
#include "core/transfer/uploadfilejob.h"
#include "support/fakeregistry.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace {

const RepositoryName repository = *RepositoryName::parse(u"a");
const Tag tag = *Tag::parse(u"1");

} // namespace

/// Connections that can only be read from, and those that change nothing unless somebody said so:
/// whatever a dialog may ask for, the server hears nothing of it.
class TestGuardedConnection : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void sendNoChange_data();
    void sendNoChange();
    void changesAProductionRegistryWhileItIsPermitted();
    void onlyReadsFromProductionUntilChangesAreAllowed();
    void permitsNothingWhereOnlyReadingIsAllowed();
    void savesNothingForADeletionThatCannotBe();

private:
    enum class Guard { ReadOnly, Production };

    void connectAs(Guard guard);
    [[nodiscard]] qsizetype changeCount() const;
    [[nodiscard]] Manifest manifest() const
    {
        return *outcomeOf(
            m_session->fetchManifest(repository, tag, Session::Priority::Interactive));
    }
    [[nodiscard]] RepositorySnapshot snapshot() const
    {
        return *outcomeOf(new TakeSnapshotJob(*m_session, repository));
    }
    /// What became of the change with this name.
    [[nodiscard]] std::optional<Error> errorOf(const QString &change);
    [[nodiscard]] std::optional<Error> deletionError();
    [[nodiscard]] std::optional<Error> removalError();
    [[nodiscard]] std::optional<Error> uploadError();
    /// Of bringing the image to the tag \a to as well; whether what loses that is saved before.
    [[nodiscard]] std::optional<Error> copyError(const Tag &to, bool isSaved);

    template <typename T>
    static std::optional<Error> errorIn(const Result<T> &result)
    {
        return result ? std::nullopt : std::optional(result.error());
    }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<RegistrySession> m_session;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestGuardedConnection::init()
{
    m_session.reset();
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->behaviour.canDeleteTags = true;
    m_folder = std::make_unique<QTemporaryDir>();
    TestImages::addImage(*m_registry, u"a"_s, u"1"_s, {.layers = {"1"}});
    TestImages::addImage(*m_registry, u"a"_s, u"2"_s, {.layers = {"2"}});
}

void TestGuardedConnection::connectAs(Guard guard)
{
    HttpSettings settings;
    settings.isReadOnly = guard == Guard::ReadOnly;
    settings.isProduction = guard == Guard::Production;
    m_session = std::make_unique<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s, settings);
}

qsizetype TestGuardedConnection::changeCount() const
{
    qsizetype count = 0;
    for (const char *method : {"PUT", "POST", "PATCH", "DELETE"})
        count += m_registry->count(method);
    return count;
}

std::optional<Error> TestGuardedConnection::deletionError()
{
    const DeletionPlan plan = planDeletion(snapshot(), {tag});
    return errorIn(outcomeOf(new DeleteTagsJob(*m_session, plan, m_folder->filePath(u"b"_s))));
}

std::optional<Error> TestGuardedConnection::removalError()
{
    TagRemoval removal{snapshot(), tag};
    removal.placeholder = TagRemoval::Placeholder::Allowed;
    return errorIn(outcomeOf(new RemoveTagJob(*m_session, removal)));
}

std::optional<Error> TestGuardedConnection::uploadError()
{
    QFile file(m_folder->filePath(u"blob"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write("a layer") < 0)
        qFatal("cannot write the file");
    file.close();
    return errorIn(outcomeOf(new UploadFileJob(*m_session, repository, file.fileName())));
}

std::optional<Error> TestGuardedConnection::copyError(const Tag &to, bool isSaved)
{
    const auto plan =
        outcomeOf(new PlanImageCopyJob(*m_session, *m_session, {repository, tag, repository, to}));
    if (!plan) // To plan is no change.
        qFatal("no plan: %s", qPrintable(plan.error().message));
    m_registry->forgetRequests();
    const QString folder = m_folder->filePath(u"b"_s);
    const auto error =
        isSaved ? errorIn(outcomeOf(new CopyWithBackupJob(*m_session, *m_session, *plan, folder)))
                : errorIn(outcomeOf(new CopyImageJob(*m_session, *m_session, *plan)));
    if (!m_registry->requests().isEmpty() || QDir(folder).exists())
        qFatal("it has begun all the same");
    return error;
}

std::optional<Error> TestGuardedConnection::errorOf(const QString &change)
{
    RegistrySession &session = *m_session;
    const Manifest image = manifest();
    if (change == "delete a manifest"_L1)
        return errorIn(outcomeOf(session.deleteManifest(repository, image.digest)));
    if (change == "delete a tag"_L1)
        return errorIn(outcomeOf(session.deleteTag(repository, tag)));
    if (change == "delete a blob"_L1)
        return errorIn(outcomeOf(session.deleteBlob(repository, image.image()->config.digest)));
    if (change == "push a manifest"_L1)
        return errorIn(outcomeOf(session.pushManifest(repository, tag, image)));
    if (change == "start an upload"_L1)
        return errorIn(
            outcomeOf(new StartUploadJob(session.client(), {session.urls(), repository})));
    if (change == "upload a file"_L1)
        return uploadError();
    if (change == "bring an image"_L1)
        return copyError(*Tag::parse(u"3"), false);
    if (change == "move a tag"_L1)
        return copyError(*Tag::parse(u"2"), true);
    if (change == "delete with foresight"_L1)
        return deletionError();
    if (change == "remove a tag"_L1)
        return removalError();
    if (change == "displace a tag"_L1)
        return errorIn(outcomeOf(new DisplaceTagJob(session, repository, tag, image)));
    const auto other =
        outcomeOf(session.resolve(repository, *Tag::parse(u"2"), Session::Priority::Interactive));
    const ReferrersChange referrer{image.digest, *other, ReferrersChange::Kind::Add};
    return errorIn(outcomeOf(
        new UpdateReferrersTagJob(session.client(), session.urls(), repository, referrer)));
}

void TestGuardedConnection::sendNoChange_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<Guard>("guard");
    for (const char *change :
         {"delete a manifest", "delete a tag", "delete a blob", "push a manifest",
          "start an upload", "upload a file", "bring an image", "move a tag",
          "delete with foresight", "remove a tag", "displace a tag", "list a referrer"}) {
        QTest::addRow("DEL-43 read-only: %s", change)
            << QString::fromLatin1(change) << Guard::ReadOnly;
        QTest::addRow("production: %s", change) << QString::fromLatin1(change) << Guard::Production;
    }
}

void TestGuardedConnection::sendNoChange()
{
    QFETCH(const QString, change);
    QFETCH(const Guard, guard);
    connectAs(guard);
    m_session->client().allowChanges(true); // That is not a confirmation, nor a right.
    const auto error = errorOf(change);
    QVERIFY(error);
    QCOMPARE(error->kind, Error::Kind::Policy);
    QVERIFY2(error->message.contains(guard == Guard::ReadOnly ? "read-only"_L1 : "production"_L1),
             qPrintable(error->message));
    QCOMPARE(changeCount(), qsizetype(0));
}

void TestGuardedConnection::changesAProductionRegistryWhileItIsPermitted()
{
    connectAs(Guard::Production);
    m_session->client().allowChanges(true);
    auto first = m_session->client().permitChanges();
    auto second = m_session->client().permitChanges(); // Of another run at the same time.
    first.reset();
    QVERIFY(!deletionError());
    second.reset();
    const auto refused = errorIn(outcomeOf(m_session->deleteTag(repository, *Tag::parse(u"2"))));
    QVERIFY(refused);
    QCOMPARE(refused->kind, Error::Kind::Policy);
    QCOMPARE(m_registry->tags(u"a"_s), QStringList{u"2"_s});
}

void TestGuardedConnection::onlyReadsFromProductionUntilChangesAreAllowed()
{
    connectAs(Guard::Production);
    const auto permit = m_session->client().permitChanges();
    QVERIFY(!m_session->client().allowsChanges());
    QVERIFY(deletionError());
    QCOMPARE(changeCount(), qsizetype(0));
    m_session->client().allowChanges(true);
    QVERIFY(m_session->client().allowsChanges());
    QVERIFY(deletionError()); // That it is allowed is no confirmation.
    const auto valid = m_session->client().permitChanges();
    m_session->client().allowChanges(false);
    QVERIFY(!m_session->client().permitChanges());
    QCOMPARE(changeCount(), qsizetype(0));
    QVERIFY(!deletionError()); // What was confirmed before that goes to its end.
    connectAs(Guard::Production); // It ends with the session.
    QVERIFY(!m_session->client().allowsChanges());
}

void TestGuardedConnection::permitsNothingWhereOnlyReadingIsAllowed()
{
    connectAs(Guard::ReadOnly);
    const auto permit = m_session->client().permitChanges();
    QVERIFY(deletionError());
    QCOMPARE(changeCount(), qsizetype(0));
}

void TestGuardedConnection::savesNothingForADeletionThatCannotBe()
{
    connectAs(Guard::ReadOnly);
    QVERIFY(deletionError());
    QVERIFY(!QDir(m_folder->filePath(u"b"_s)).exists());
}

QTEST_GUILESS_MAIN(TestGuardedConnection)
#include "tst_guardedconnection.moc"
