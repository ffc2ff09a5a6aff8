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

/// What happens to connections while they are at work.
class TestRegistryPresenterChanges : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsHandAddedRepositoriesWithTheListedOnes();
    void keepsHandAddedRepositoriesOverARestart();
    void keepsHandAddedRepositoriesWhereNothingIsListed();
    void removesAConnectionThatIsOpening();
    void removesAConnectionThatIsReading();
    void removesAConnectionWhoseAnswerIsOnItsWay();
    void readsAgainWhileItReads();
    void connectsAnewWhileItConnects();
    void stopsReading();
    void worksWithoutAPlaceToStoreConnections();
    void passesOnWhatTheRegistryWarnsOf();

private:
    QString connectToRegistry()
    {
        return m_presenter->connectTo({{}, u"one"_s, m_registry->host()}, {});
    }
    void makePresenter();
    /// Everything that waits in the event loop has its turn.
    static void settle()
    {
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
    }

    Network m_network;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<ConnectionStore> m_store;
    std::unique_ptr<RegistryTreeModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<RegistryPresenter> m_presenter;
};

void TestRegistryPresenterChanges::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    for (const QString &name : {u"app"_s, u"team/api"_s})
        m_registry->addRepository(name);
    makePresenter();
}

void TestRegistryPresenterChanges::makePresenter()
{
    cleanup();
    m_store = std::make_unique<ConnectionStore>(m_folder->filePath(u"connections.json"_s));
    m_model = std::make_unique<RegistryTreeModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    m_tester->setUseFetchMore(false);
    m_presenter = std::make_unique<RegistryPresenter>(m_network, *m_store, *m_model);
}

void TestRegistryPresenterChanges::cleanup()
{
    m_presenter.reset();
    m_tester.reset();
    m_model.reset();
    m_store.reset();
}

void TestRegistryPresenterChanges::showsHandAddedRepositoriesWithTheListedOnes()
{
    const QString id = connectToRegistry();
    QTRY_COMPARE(m_model->state(id), State::Ready);
    m_presenter->addRepository(id, *RepositoryName::parse(u"hidden/one"_s));
    m_presenter->addRepository(id, *RepositoryName::parse(u"hidden/one"_s));
    m_presenter->addRepository(id, *RepositoryName::parse(u"team/api"_s)); // Listed already.
    QCOMPARE(treeText(*m_model), u"one\n  app\n  team\n    api\n  hidden\n    one"_s);
    m_presenter->reload(id);
    QTRY_COMPARE(m_model->state(id), State::Ready);
    QCOMPARE(treeText(*m_model), u"one\n  hidden\n    one\n  team\n    api\n  app"_s);
    QCOMPARE(m_model->repositoryCount(id), qsizetype(3));
}

void TestRegistryPresenterChanges::keepsHandAddedRepositoriesOverARestart()
{
    const QString id = connectToRegistry();
    QTRY_COMPARE(m_model->state(id), State::Ready);
    m_presenter->addRepository(id, *RepositoryName::parse(u"hidden"_s));
    makePresenter();
    QCOMPARE(treeText(*m_model), u"one"_s);
    m_presenter->open(id);
    QTRY_COMPARE(m_model->state(id), State::Ready);
    QVERIFY(m_model->find(id, u"hidden"_s).isValid());
}

void TestRegistryPresenterChanges::keepsHandAddedRepositoriesWhereNothingIsListed()
{
    m_registry->behaviour.catalogStatus = 405;
    const QString id = connectToRegistry();
    QTRY_COMPARE(m_model->state(id), State::Refused);
    m_presenter->addRepository(id, *RepositoryName::parse(u"hidden"_s));
    m_presenter->reload(id);
    QTRY_COMPARE(m_model->state(id), State::Refused);
    QVERIFY(m_model->find(id, u"hidden"_s).isValid());
    QVERIFY(treeText(*m_model).contains(u"does not list"_s));
}

void TestRegistryPresenterChanges::removesAConnectionThatIsOpening()
{
    HeldRequests held(*m_registry, "GET", u"/v2/"_s); // CON-07
    const QString id = connectToRegistry();
    QTRY_COMPARE(held.count(), qsizetype(1));
    const QSignalSpy failed(m_presenter.get(), &RegistryPresenter::openingFailed);
    m_presenter->remove(id);
    held.release();
    settle();
    QCOMPARE(treeText(*m_model), QString());
    QVERIFY(!m_presenter->session(id));
    QCOMPARE(failed.size(), qsizetype(0));
    QVERIFY(m_store->connections().isEmpty());
}

void TestRegistryPresenterChanges::removesAConnectionThatIsReading()
{
    m_registry->behaviour.pageSize = 1;
    HeldRequests held(*m_registry, "GET", u"/_catalog"_s); // CON-07
    const QString id = connectToRegistry();
    QTRY_COMPARE(held.count(), qsizetype(1));
    m_presenter->remove(id);
    held.release();
    settle();
    QCOMPARE(treeText(*m_model), QString());
    QCOMPARE(m_registry->count("GET", u"/_catalog"_s), qsizetype(1));
}

void TestRegistryPresenterChanges::removesAConnectionWhoseAnswerIsOnItsWay()
{
    // The moment between the end of a job and the delivery of its result.
    HeldRequests held(*m_registry, "GET", u"/_catalog"_s);
    const QString id = connectToRegistry();
    connect(m_presenter.get(), &RegistryPresenter::sessionOpened, m_presenter.get(),
            [this](const QString &opened) { m_presenter->remove(opened); });
    settle();
    QTRY_COMPARE(treeText(*m_model), QString());
    settle();
    QVERIFY(!m_presenter->session(id));
}

void TestRegistryPresenterChanges::readsAgainWhileItReads()
{
    HeldRequests held(*m_registry, "GET", u"/_catalog"_s);
    const QString id = connectToRegistry();
    QTRY_COMPARE(held.count(), qsizetype(1));
    const QSignalSpy ended(m_presenter.get(), &RegistryPresenter::listingEnded);
    for (int i = 0; i < 50; ++i) // LST-22
        m_presenter->reload(id);
    settle();
    // The end of what was given up says nothing about what is under way.
    QCOMPARE(m_model->state(id), State::Reading);
    QCOMPARE(ended.size(), qsizetype(0));
    held.release();
    QTRY_COMPARE(m_model->state(id), State::Ready);
    QCOMPARE(ended.size(), qsizetype(1));
    QCOMPARE(treeText(*m_model), u"one\n  app\n  team\n    api"_s);
}

void TestRegistryPresenterChanges::connectsAnewWhileItConnects()
{
    m_registry->behaviour.signIn = FakeRegistry::SignIn::Basic;
    HeldRequests held(*m_registry, "GET", u"/v2/"_s);
    const QString id = connectToRegistry();
    QTRY_COMPARE(held.count(), qsizetype(1));
    SavedConnection saved = *m_store->find(id);
    saved.user = u"user"_s;
    m_presenter->connectTo(saved, {u"user"_s, Secret("secret")});
    settle();
    QCOMPARE(m_model->state(id), State::Opening);
    held.release();
    QTRY_COMPARE(m_model->state(id), State::Ready);
    QCOMPARE(m_presenter->session(id)->credentials().user, u"user"_s);
    QCOMPARE(treeText(*m_model), u"one\n  app\n  team\n    api"_s);
}

void TestRegistryPresenterChanges::stopsReading()
{
    HeldRequests held(*m_registry, "GET", u"/_catalog"_s);
    const QString id = connectToRegistry();
    QTRY_COMPARE(held.count(), qsizetype(1));
    m_presenter->stop(id);
    QTRY_COMPARE(m_model->state(id), State::Ready);
    QCOMPARE(treeText(*m_model), u"one\n  Stopped: the list is not complete."_s);
}

void TestRegistryPresenterChanges::worksWithoutAPlaceToStoreConnections()
{
    QFile file(m_folder->filePath(u"no-folder"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    cleanup();
    m_store = std::make_unique<ConnectionStore>(file.fileName() + u"/connections.json"_s);
    m_model = std::make_unique<RegistryTreeModel>();
    m_presenter = std::make_unique<RegistryPresenter>(m_network, *m_store, *m_model);
    const QString id = connectToRegistry();
    QTRY_COMPARE(m_model->state(id), State::Ready);
    QSignalSpy failed(m_presenter.get(), &RegistryPresenter::openingFailed);
    m_presenter->addRepository(id, *RepositoryName::parse(u"hidden"_s));
    QCOMPARE(failed.first().at(1).value<Error>().kind, Error::Kind::LocalFile);
    QVERIFY(m_model->find(id, u"hidden"_s).isValid());
}

void TestRegistryPresenterChanges::passesOnWhatTheRegistryWarnsOf()
{
    // SRV-41
    m_registry->intercept([](const TestRequest &request, const TestConnection &connection) {
        if (!request.path().endsWith(u"_catalog"_s))
            return false;
        connection.answer({200, R"({"repositories":[]})", {{"Warning", R"(299 - "old")"}}});
        return true;
    });
    const QSignalSpy notices(m_presenter.get(), &RegistryPresenter::noticed);
    connectToRegistry();
    QTRY_COMPARE(notices.size(), qsizetype(1));
    QVERIFY(notices.first().first().toString().contains(u"old"_s));
}

LONGSHORE_UI_TEST(TestRegistryPresenterChanges)
#include "tst_registrypresenter_changes.moc"
