// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/fakeregistry.h"
#include "support/modeltext.h"
#include "support/outcome.h"
#include "support/uitest.h"
#include "support/writtenfile.h"
#include "ui/models/registrytreemodel.h"
#include "ui/presenters/registrypresenter.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = RegistryTreeModel::State;

/// The list of repositories where Podman's file has sign-ins for parts of the registry.
class TestRegistryPresenterListing : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void asksForNoSignInToTheWhole_data();
    void asksForNoSignInToTheWhole();
    void listsWhatIsOpenToEverybody();
    void saysThatTheSignInToTheWholeWasRejected();
    void saysThatTheListFailed();

private:
    using SignIn = FakeRegistry::SignIn;

    /// What the file has for the registry; null for nothing but the part "team".
    void writeAccounts(const QByteArray &passwordOfTheWhole = {});
    /// Connects, with a repository of that part, and waits for the end of the list.
    QString connectToRegistry();

    Network m_network;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<ConnectionStore> m_store;
    std::unique_ptr<RegistryTreeModel> m_model;
    std::unique_ptr<RegistryPresenter> m_presenter;
};

static QByteArray accountOf(const QByteArray &password)
{
    return R"({"auth":")" + QByteArray("user:" + password).toBase64() + R"("})";
}

void TestRegistryPresenterListing::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("REGISTRY_AUTH_FILE", QFile::encodeName(m_folder->filePath(u"auth.json"_s)));
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->behaviour.hasPublicTokens = false;
    m_registry->setTag(u"team/api"_s, u"1"_s, Digest::ofBytes("x"));
    m_registry->addRepository(u"web"_s);
    m_store = std::make_unique<ConnectionStore>(m_folder->filePath(u"connections.json"_s));
    m_model = std::make_unique<RegistryTreeModel>();
    m_presenter = std::make_unique<RegistryPresenter>(m_network, *m_store, *m_model);
}

void TestRegistryPresenterListing::cleanup()
{
    m_presenter.reset();
    m_model.reset();
    m_store.reset();
    m_registry.reset();
    qunsetenv("REGISTRY_AUTH_FILE");
}

void TestRegistryPresenterListing::writeAccounts(const QByteArray &passwordOfTheWhole)
{
    const QByteArray host = '"' + m_registry->host().toUtf8();
    const QByteArray whole = passwordOfTheWhole.isNull()
                                 ? QByteArray()
                                 : QByteArray(',' + host + "\":" + accountOf(passwordOfTheWhole));
    const QString path =
        writtenFile(m_folder->filePath(u"auth.json"_s),
                    R"({"auths":{)" + host + "/team\":" + accountOf("secret") + whole + "}}");
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
}

QString TestRegistryPresenterListing::connectToRegistry()
{
    SavedConnection connection{{}, u"one"_s, m_registry->host()};
    connection.signIn = SavedConnection::SignIn::Configuration;
    connection.repositories = {u"team/api"_s};
    const QSignalSpy ended(m_presenter.get(), &RegistryPresenter::listingEnded);
    const QString id = m_presenter->connectTo(connection, {});
    if (!QTest::qWaitFor([&] { return !ended.isEmpty(); }, 20'000))
        qFatal("the list comes to no end");
    return id;
}

void TestRegistryPresenterListing::asksForNoSignInToTheWhole_data()
{
    QTest::addColumn<SignIn>("signIn");
    QTest::newRow("basic") << SignIn::Basic;
    QTest::newRow("bearer") << SignIn::Bearer;
}

void TestRegistryPresenterListing::asksForNoSignInToTheWhole()
{
    QFETCH(const SignIn, signIn);
    m_registry->behaviour.signIn = signIn;
    writeAccounts();
    const QSignalSpy failed(m_presenter.get(), &RegistryPresenter::openingFailed);
    const QString id = connectToRegistry();
    QCOMPARE(m_model->state(id), State::Refused);
    QVERIFY2(treeText(*m_model).contains(u"Add the ones you use"_s),
             qPrintable(treeText(*m_model)));
    QVERIFY2(treeText(*m_model).contains(u"team\n    api"_s), qPrintable(treeText(*m_model)));
    QCOMPARE(failed.size(), qsizetype(0));
    // What was for the part was not shown for the list, and is for the part.
    for (const TestRequest &request : m_registry->requests())
        QVERIFY(request.header("authorization").isEmpty());
    const auto session = m_presenter->session(id);
    QVERIFY(session);
    QVERIFY(outcomeOf(session->listTags(*RepositoryName::parse(u"team/api"))));
}

void TestRegistryPresenterListing::listsWhatIsOpenToEverybody()
{
    writeAccounts();
    const QString id = connectToRegistry();
    QCOMPARE(m_model->state(id), State::Ready);
    QCOMPARE(treeText(*m_model), u"one\n  team\n    api\n  web"_s);
}

void TestRegistryPresenterListing::saysThatTheSignInToTheWholeWasRejected()
{
    m_registry->behaviour.signIn = SignIn::Basic;
    writeAccounts("wrong");
    const QSignalSpy failed(m_presenter.get(), &RegistryPresenter::openingFailed);
    const QString id = connectToRegistry();
    QCOMPARE(m_model->state(id), State::SignInNeeded);
    QCOMPARE(failed.size(), qsizetype(1));
}

void TestRegistryPresenterListing::saysThatTheListFailed()
{
    writeAccounts();
    m_registry->failNext("GET", u"/_catalog"_s, {200, "nonsense"}, 10);
    const QString id = connectToRegistry();
    QCOMPARE(m_model->state(id), State::Failed);
}

LONGSHORE_UI_TEST(TestRegistryPresenterListing)
#include "tst_registrypresenter_listing.moc"
