// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/heldrequests.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/registrytreemodel.h"
#include "ui/presenters/registrypresenter.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = RegistryTreeModel::State;

class TestRegistryPresenter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void opensAConnectionAndListsItsRepositories();
    void opensOnceHoweverOftenItIsAsked();
    void opensWhenSomebodyOpensTheRow();
    void saysWhyThereAreNoRepositories_data();
    void saysWhyThereAreNoRepositories();
    void asksForASignInWhenOneIsNeeded();
    void saysThatTheSignInWasRejected();
    void saysWhyAConnectionFailed_data();
    void saysWhyAConnectionFailed();
    void opensAgainAfterAFailure();
    void keepsAReadOnlyConnectionFromChanging();
    void tellsThatARequestIsTriedAgain();

private:
    QString connectTo(const SavedConnection &connection, const Credentials &credentials = {});
    QString connectToRegistry() { return connectTo({{}, u"one"_s, m_registry->host()}); }

    Network m_network;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<ConnectionStore> m_store;
    std::unique_ptr<RegistryTreeModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<RegistryPresenter> m_presenter;
};

void TestRegistryPresenter::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    for (const QString &name : {u"app"_s, u"team/api"_s, u"team/web"_s})
        m_registry->addRepository(name);
    m_store = std::make_unique<ConnectionStore>(m_folder->filePath(u"connections.json"_s));
    m_model = std::make_unique<RegistryTreeModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    m_tester->setUseFetchMore(false);
    m_presenter = std::make_unique<RegistryPresenter>(m_network, *m_store, *m_model);
}

void TestRegistryPresenter::cleanup()
{
    m_presenter.reset();
    m_tester.reset();
    m_model.reset();
    m_store.reset();
    m_registry.reset();
}

/// Connects and waits until the list has come to an end, or nothing could be opened.
QString TestRegistryPresenter::connectTo(const SavedConnection &connection,
                                         const Credentials &credentials)
{
    const QSignalSpy ended(m_presenter.get(), &RegistryPresenter::listingEnded);
    const QSignalSpy failed(m_presenter.get(), &RegistryPresenter::openingFailed);
    const QString id = m_presenter->connectTo(connection, credentials);
    if (!QTest::qWaitFor([&] { return ended.size() + failed.size() > 0; }, 20'000))
        qFatal("the connection comes to no end");
    return id;
}

void TestRegistryPresenter::opensAConnectionAndListsItsRepositories()
{
    m_registry->behaviour.pageSize = 2;
    const QSignalSpy opened(m_presenter.get(), &RegistryPresenter::sessionOpened);
    const QString id = connectToRegistry();
    QCOMPARE(treeText(*m_model), u"one\n  app\n  team\n    api\n    web"_s);
    QCOMPARE(m_model->state(id), State::Ready);
    QCOMPARE(opened.size(), qsizetype(1));
    QVERIFY(m_presenter->session(id));
    QVERIFY(!m_presenter->session(u"unknown"_s));
    QCOMPARE(m_store->connections().size(), qsizetype(1));
}

void TestRegistryPresenter::opensOnceHoweverOftenItIsAsked()
{
    const QString id = connectToRegistry();
    m_registry->forgetRequests();
    for (int i = 0; i < 5; ++i)
        m_presenter->open(id);
    m_presenter->open(u"unknown"_s);
    QCoreApplication::processEvents();
    QVERIFY(m_registry->requests().isEmpty());
}

void TestRegistryPresenter::opensWhenSomebodyOpensTheRow()
{
    QVERIFY(m_store->save({{}, u"one"_s, m_registry->host()}));
    QCOMPARE(treeText(*m_model), u"one"_s);
    QVERIFY(m_registry->requests().isEmpty()); // Not before anybody wants to see it.
    m_model->fetchMore(m_model->index(0, 0));
    QTRY_COMPARE(treeText(*m_model), u"one\n  app\n  team\n    api\n    web"_s);
}

void TestRegistryPresenter::saysWhyThereAreNoRepositories_data()
{
    QTest::addColumn<TestAnswer>("answer");
    QTest::addColumn<State>("state");
    QTest::addColumn<QString>("message"); // A part of it.
    QTest::newRow("an empty registry")
        << TestAnswer{200, R"({"repositories":[]})"} << State::Ready << u"lists no repositories"_s;
    QTest::newRow("LST-16 not allowed")
        << TestAnswer{403, "{}"} << State::Refused << u"does not list its repositories"_s;
    QTest::newRow("LST-16 no such endpoint")
        << TestAnswer{404, "{}"} << State::Refused << u"does not list its repositories"_s;
    QTest::newRow("LST-16 turned off")
        << TestAnswer{405, "{}"} << State::Refused << u"does not list its repositories"_s;
    QTest::newRow("a web page") << TestAnswer{200, "<html>"} << State::Refused
                                << u"does not list its repositories"_s;
    QTest::newRow("no list at all")
        << TestAnswer{200, "nonsense"} << State::Failed << u"Could not read"_s;
    QTest::newRow("entries that are no names")
        << TestAnswer{200, R"({"repositories":["a","B/../c",7]})"} << State::Ready
        << u"2 entries of the list are no names"_s;
}

void TestRegistryPresenter::saysWhyThereAreNoRepositories()
{
    QFETCH(const TestAnswer, answer);
    QFETCH(const QString, message);
    m_registry->failNext("GET", u"/_catalog"_s, answer, 10);
    const QString id = connectToRegistry();
    QTEST(m_model->state(id), "state");
    QVERIFY2(treeText(*m_model).contains(message), qPrintable(treeText(*m_model)));
    QVERIFY2(!treeText(*m_model).contains(u"\\u{"_s), qPrintable(treeText(*m_model)));
    QVERIFY(m_presenter->session(id)); // Names can still be typed.
}

void TestRegistryPresenter::asksForASignInWhenOneIsNeeded()
{
    m_registry->behaviour.signIn = FakeRegistry::SignIn::Basic;
    QSignalSpy failed(m_presenter.get(), &RegistryPresenter::openingFailed);
    const QString id = connectToRegistry();
    QCOMPARE(m_model->state(id), State::SignInNeeded);
    QCOMPARE(failed.size(), qsizetype(1));
    QCOMPARE(failed.first().at(1).value<Error>().kind, Error::Kind::Unauthorized);
    // The same connection with an account.
    SavedConnection saved = *m_store->find(id);
    saved.user = u"user"_s;
    QCOMPARE(connectTo(saved, {u"user"_s, Secret("secret")}), id);
    QCOMPARE(m_model->state(id), State::Ready);
    QCOMPARE(m_model->repositoryCount(id), qsizetype(3));
}

void TestRegistryPresenter::saysThatTheSignInWasRejected()
{
    m_registry->behaviour.signIn = FakeRegistry::SignIn::Bearer;
    QSignalSpy failed(m_presenter.get(), &RegistryPresenter::openingFailed);
    connectTo({{}, u"one"_s, m_registry->host(), u"user"_s}, {u"user"_s, Secret("wrong")});
    QCOMPARE(failed.size(), qsizetype(1));
    const auto error = failed.first().at(1).value<Error>();
    QCOMPARE(error.kind, Error::Kind::Unauthorized);
    QVERIFY2(error.message.contains(u"user"_s), qPrintable(error.message));
    // The password is tried once, not until the account is locked.
    QCOMPARE(m_registry->count("GET", u"/token"_s), qsizetype(1));
}

void TestRegistryPresenter::saysWhyAConnectionFailed_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("nobody listens") << u"127.0.0.1:1"_s;
    QTest::newRow("no registry") << QString();
    QTest::newRow("no address") << u"not an address"_s;
}

void TestRegistryPresenter::saysWhyAConnectionFailed()
{
    QFETCH(const QString, address);
    m_registry->failNext("GET", u"/v2/"_s, {200, "<html><title>Router</title>"}, 10);
    QSignalSpy failed(m_presenter.get(), &RegistryPresenter::openingFailed);
    const QString id = connectTo({{}, u"one"_s, address.isEmpty() ? m_registry->host() : address});
    QCOMPARE(m_model->state(id), State::Failed);
    QCOMPARE(failed.size(), qsizetype(1));
    const QString message = failed.first().at(1).value<Error>().message;
    QCOMPARE(treeText(*m_model), QString(u"one\n  "_s + message));
    QVERIFY(!m_presenter->session(id));
}

void TestRegistryPresenter::opensAgainAfterAFailure()
{
    m_registry->failNext("GET", u"/v2/"_s, {404, "no such page"});
    const QString id = connectToRegistry();
    QCOMPARE(m_model->state(id), State::Failed);
    m_presenter->reload(id);
    QTRY_COMPARE(m_model->state(id), State::Ready);
    QCOMPARE(m_model->repositoryCount(id), qsizetype(3));
}

void TestRegistryPresenter::keepsAReadOnlyConnectionFromChanging()
{
    SavedConnection connection{{}, u"one"_s, m_registry->host()};
    connection.isReadOnly = true;
    connection.isProduction = true;
    connection.mayLeadInwards = true;
    const QString id = connectTo(connection);
    QVERIFY(m_presenter->session(id)->client().settings().isReadOnly);
    QVERIFY(m_presenter->session(id)->client().settings().isProduction);
    QVERIFY(m_presenter->session(id)->client().settings().mayLeadInwards);
}

void TestRegistryPresenter::tellsThatARequestIsTriedAgain()
{
    m_registry->failNext("GET", u"/_catalog"_s, {503, {}, {{"Retry-After", "0"}}});
    QSignalSpy retries(m_presenter.get(), &RegistryPresenter::retryScheduled);
    const QString id = connectToRegistry();
    QCOMPARE(retries.size(), qsizetype(1));
    QCOMPARE(retries.first().first().toString(), id);
    QCOMPARE(m_model->state(id), State::Ready);
}

LONGSHORE_UI_TEST(TestRegistryPresenter)
#include "tst_registrypresenter.moc"
