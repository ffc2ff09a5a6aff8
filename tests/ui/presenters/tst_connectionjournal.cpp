// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/fakejournal.h"
#include "support/fakeregistry.h"
#include "support/uitest.h"
#include "ui/models/registrytreemodel.h"
#include "ui/presenters/connectionjournal.h"
#include "ui/presenters/registrypresenter.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Kind = JournalRun::Kind;

class TestConnectionJournal : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void writesDownWhenReadOnlyIsTurnedOnAndOff();
    void writesNothingOfOtherChanges();
    void writesDownWhenChangesToProductionAreAllowed();
    void writesDownThatTheSessionEndsIt();
    void writesDownThatARemovalOrTheEndOfTheProgramEndsIt();
    void saysWhoItWas();
    void tellsSessionsWhatTheirConnectionIsCalled();
    void doesNothingWithoutAJournal();

private:
    [[nodiscard]] QString connectTo(SavedConnection connection = {{}, u"Lab"_s, {}},
                                    const Credentials &credentials = {});
    [[nodiscard]] QList<Kind> kinds() const
    {
        QList<Kind> result;
        for (const JournalRun &run : std::as_const(m_journal->finished))
            result.prepend(run.kind);
        return result;
    }

    Network m_network;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<ConnectionStore> m_store;
    std::unique_ptr<RegistryTreeModel> m_model;
    std::unique_ptr<RegistryPresenter> m_presenter;
    std::shared_ptr<FakeJournal> m_journal;
    std::unique_ptr<ConnectionJournal> m_writer;
};

void TestConnectionJournal::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->addRepository(u"app"_s);
    m_store = std::make_unique<ConnectionStore>(m_folder->filePath(u"connections.json"_s));
    m_model = std::make_unique<RegistryTreeModel>();
    m_presenter = std::make_unique<RegistryPresenter>(m_network, *m_store, *m_model);
    m_journal = std::make_shared<FakeJournal>();
    m_writer = std::make_unique<ConnectionJournal>(*m_presenter, m_journal);
}

void TestConnectionJournal::cleanup()
{
    m_writer.reset();
    m_presenter.reset();
    m_model.reset();
    m_store.reset();
    m_registry.reset();
}

QString TestConnectionJournal::connectTo(SavedConnection connection, const Credentials &credentials)
{
    connection.address = m_registry->host();
    const QString id = m_presenter->connectTo(connection, credentials);
    if (!QTest::qWaitFor([&] { return m_presenter->session(id) != nullptr; }, 20'000))
        qFatal("the connection does not open");
    return id;
}

void TestConnectionJournal::writesDownWhenReadOnlyIsTurnedOnAndOff()
{
    const QString id = connectTo();
    QVERIFY(kinds().isEmpty()); // It was not changed.
    SavedConnection connection = *m_store->find(id);
    connection.isReadOnly = true;
    QCOMPARE(connectTo(connection), id);
    QCOMPARE(kinds(), QList<Kind>{Kind::ReadOnlyOn});
    connection.isReadOnly = false;
    QCOMPARE(connectTo(connection), id);
    QCOMPARE(kinds(), (QList<Kind>{Kind::ReadOnlyOn, Kind::ReadOnlyOff}));
    const JournalRun run = m_journal->finished.first();
    QCOMPARE(run.host, m_registry->host());
    QCOMPARE(run.connection, u"Lab"_s);
    QCOMPARE(run.user, u"anonymous"_s);
    QVERIFY(!run.repository);
}

void TestConnectionJournal::writesNothingOfOtherChanges()
{
    SavedConnection readOnly{{}, u"Lab"_s, {}};
    readOnly.isReadOnly = true;
    SavedConnection connection = *m_store->find(connectTo(readOnly)); // A new one.
    connection.name = u"Laboratory"_s;
    QVERIFY(m_store->save(connection));
    QVERIFY(m_store->remove(connection.id));
    QVERIFY(kinds().isEmpty());
}

void TestConnectionJournal::writesDownWhenChangesToProductionAreAllowed()
{
    SavedConnection production{{}, u"Prod"_s, {}};
    production.isProduction = true;
    const QString id = connectTo(production);
    m_presenter->allowChanges(id, false); // As it was.
    QVERIFY(kinds().isEmpty());
    m_presenter->allowChanges(id, true);
    m_presenter->allowChanges(id, true);
    m_presenter->allowChanges(id, false);
    QCOMPARE(kinds(), (QList<Kind>{Kind::ChangesAllowed, Kind::ChangesForbidden}));
    QCOMPARE(m_journal->finished.first().connection, u"Prod"_s);
}

void TestConnectionJournal::writesDownThatTheSessionEndsIt()
{
    SavedConnection production{{}, u"Prod"_s, {}};
    production.isProduction = true;
    const QString id = connectTo(production);
    m_presenter->allowChanges(id, true);
    QCOMPARE(connectTo(*m_store->find(id)), id);
    QCOMPARE(kinds(), (QList<Kind>{Kind::ChangesAllowed, Kind::ChangesForbidden}));
}

void TestConnectionJournal::writesDownThatARemovalOrTheEndOfTheProgramEndsIt()
{
    SavedConnection production{{}, u"Prod"_s, {}};
    production.isProduction = true;
    const Credentials anna{u"anna"_s, Secret("hunter2")};
    const QString id = connectTo(production, anna);
    m_presenter->allowChanges(id, true);
    QVERIFY(m_store->remove(id));
    QCOMPARE(kinds(), (QList<Kind>{Kind::ChangesAllowed, Kind::ChangesForbidden}));
    m_presenter->allowChanges(connectTo(production, anna), true);
    m_writer.reset();
    QCOMPARE(kinds().size(), qsizetype(4));
    QCOMPARE(kinds().last(), Kind::ChangesForbidden);
    QCOMPARE(m_journal->finished.first().user, u"anna"_s);
    QCOMPARE(m_journal->finished.first().connection, u"Prod"_s);
}

void TestConnectionJournal::saysWhoItWas()
{
    SavedConnection production{{}, u"Prod"_s, {}};
    production.isProduction = true;
    production.user = u"anna"_s;
    const QString id = connectTo(production, {u"anna"_s, Secret("hunter2")});
    m_presenter->allowChanges(id, true);
    QCOMPARE(m_journal->finished.first().user, u"anna"_s);
}

void TestConnectionJournal::tellsSessionsWhatTheirConnectionIsCalled()
{
    const QString id = connectTo();
    QCOMPARE(m_presenter->session(id)->objectName(), u"Lab"_s);
    SavedConnection connection = *m_store->find(id);
    connection.name = u"Laboratory"_s;
    QVERIFY(m_store->save(connection));
    QCOMPARE(m_presenter->session(id)->objectName(), u"Laboratory"_s);
}

void TestConnectionJournal::doesNothingWithoutAJournal()
{
    m_writer = std::make_unique<ConnectionJournal>(*m_presenter, nullptr);
    SavedConnection connection = *m_store->find(connectTo());
    connection.isReadOnly = true;
    QVERIFY(m_store->save(connection)); // That is all: it must not crash.
}

LONGSHORE_UI_TEST(TestConnectionJournal)
#include "tst_connectionjournal.moc"
