// SPDX-License-Identifier: Apache-2.0
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/uitest.h"
#include "ui/presenters/capabilitykeeper.h"
#include "ui/presenters/connectionproperties.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestCapabilityKeeper : public QObject
{
    Q_OBJECT

private slots:
    void keepsThemForTheNextTime();
    void forgetsAConnection();

private:
    QTemporaryDir m_folder;
    const QString m_path = m_folder.filePath(u"capabilities.ini"_s);
};

void TestCapabilityKeeper::keepsThemForTheNextTime()
{
    {
        CapabilityKeeper keeper{CapabilityStore(m_path)};
        FakeConnection connection;
        connection.registry.behaviour.catalogStatus = 405;
        keeper.follow(u"one"_s, connection.session);
        QVERIFY(!outcomeOf(connection.session.listRepositories()));
    }
    CapabilityKeeper keeper{CapabilityStore(m_path)};
    FakeConnection connection;
    keeper.follow(u"one"_s, connection.session);
    const Property refusal{u"Does not offer"_s, u"list of repositories"_s};
    QVERIFY(propertiesOf(&connection.session, {}).contains(refusal));
    // It is asked all the same, and the window says what is true now.
    QVERIFY(outcomeOf(connection.session.listRepositories()));
    QVERIFY(propertiesOf(&connection.session, {})
                .contains(Property{u"Offers"_s, u"list of repositories"_s}));
    QVERIFY(!propertiesOf(&connection.session, {}).contains(refusal));
}

void TestCapabilityKeeper::forgetsAConnection()
{
    CapabilityKeeper keeper{CapabilityStore(m_path)};
    FakeConnection connection;
    keeper.follow(u"one"_s, connection.session);
    QVERIFY(outcomeOf(connection.session.listRepositories()));
    QVERIFY(!CapabilityStore(m_path).find(u"one"_s).isEmpty());
    keeper.forget(u"one"_s);
    QVERIFY(CapabilityStore(m_path).find(u"one"_s).isEmpty());
    // Who still has the session finds out about what the connection was.
    connection.registry.behaviour.catalogStatus = 405;
    QVERIFY(!outcomeOf(connection.session.listRepositories()));
    QVERIFY(CapabilityStore(m_path).find(u"one"_s).isEmpty());
}

LONGSHORE_UI_TEST(TestCapabilityKeeper)
#include "tst_capabilitykeeper.moc"
