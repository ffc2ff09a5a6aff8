// SPDX-License-Identifier: Apache-2.0
#include "core/auth/credentialsource.h"
#include "core/registry/registrysession.h"
#include "support/uitest.h"
#include "ui/presenters/connectionproperties.h"

#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestConnectionProperties : public QObject
{
    Q_OBJECT

private slots:
    void saysWhereItIsAndWhoAsks();
    void saysThatNothingCanBeChanged();
    void keepsSecrets();
    void saysNothingOfNothing();

private:
    [[nodiscard]] std::shared_ptr<RegistrySession> session(const HttpSettings &settings = {})
    {
        return std::make_shared<RegistrySession>(
            m_network, *RegistryAddress::parse(u"reg.lab:5000"_s), u"https"_s, settings);
    }

    Network m_network;
};

void TestConnectionProperties::saysWhereItIsAndWhoAsks()
{
    QCOMPARE(propertiesOf(session().get(), {}), (QList<Property>{
                                                    {u"reg.lab:5000"_s, {}, true},
                                                    {u"Address"_s, u"https://reg.lab:5000"_s},
                                                    {u"Account"_s, u"anonymous"_s},
                                                    {u"Connection"_s, u"encrypted"_s},
                                                }));
}

void TestConnectionProperties::saysThatNothingCanBeChanged()
{
    HttpSettings settings;
    settings.isReadOnly = true;
    QCOMPARE(propertiesOf(session(settings).get(), {}).last(),
             (Property{u"Changes"_s, u"none, the connection is read-only"_s}));
}

void TestConnectionProperties::keepsSecrets()
{
    const auto open = session();
    open->setCredentials({u"me"_s, Secret("hidden")});
    const auto properties = propertiesOf(open.get(), {});
    QVERIFY(properties.contains(Property{u"Account"_s, u"me"_s}));
    for (const Property &property : properties)
        QVERIFY(!property.value.contains(u"hidden"_s));
}

void TestConnectionProperties::saysNothingOfNothing()
{
    QCOMPARE(propertiesOf(nullptr, {}), QList<Property>());
}

LONGSHORE_UI_TEST(TestConnectionProperties)
#include "tst_connectionproperties.moc"
