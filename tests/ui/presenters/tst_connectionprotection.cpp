// SPDX-License-Identifier: Apache-2.0
#include "core/http/tlssettings.h"
#include "core/registry/registrysession.h"
#include "core/settings/connectionstore.h"
#include "support/uitest.h"
#include "ui/presenters/connectionprotection.h"

#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestConnectionProtection : public QObject
{
    Q_OBJECT

private slots:
    void knowsWhatWasChosen_data();
    void knowsWhatWasChosen();
    void knowsWhatTurnedOut_data();
    void knowsWhatTurnedOut();
};

void TestConnectionProtection::knowsWhatWasChosen_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<TlsChoice>("tls");
    QTest::addColumn<Protection>("protection");
    const TlsChoice pinned{.pin = u"AB"_s};
    const TlsChoice unverified{.isVerified = false};
    QTest::newRow("ordinary") << u"reg.lab"_s << TlsChoice() << Protection::Ordinary;
    QTest::newRow("authority") << u"reg.lab"_s << TlsChoice{.authorities = u"/ca"_s}
                               << Protection::Ordinary;
    QTest::newRow("pinned") << u"reg.lab"_s << pinned << Protection::Pinned;
    QTest::newRow("not verified") << u"reg.lab"_s << unverified << Protection::Unverified;
    QTest::newRow("both") << u"reg.lab"_s << TlsChoice{.pin = u"AB"_s, .isVerified = false}
                          << Protection::Pinned;
    QTest::newRow("plain") << u"http://reg.lab"_s << TlsChoice() << Protection::Unencrypted;
    QTest::newRow("plain and pinned") << u"http://reg.lab"_s << pinned << Protection::Unencrypted;
    QTest::newRow("this machine") << u"http://localhost:5000"_s << TlsChoice()
                                  << Protection::Ordinary;
    QTest::newRow("perhaps plain") << u"127.0.0.1:5000"_s << TlsChoice() << Protection::Ordinary;
    QTest::newRow("no address") << u"no address"_s << unverified << Protection::Unverified;
}

void TestConnectionProtection::knowsWhatWasChosen()
{
    QFETCH(const QString, address);
    QFETCH(const TlsChoice, tls);
    SavedConnection connection{{}, {}, address};
    connection.tls = tls;
    QTEST(protectionOf(connection), "protection");
}

void TestConnectionProtection::knowsWhatTurnedOut_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<TlsSettings>("tls");
    QTest::addColumn<Protection>("protection");
    const TlsSettings pinned{.pinnedSha256 = "x"};
    const TlsSettings unverified{.isVerified = false};
    QTest::newRow("ordinary") << u"reg.lab"_s << u"https"_s << TlsSettings()
                              << Protection::Ordinary;
    QTest::newRow("pinned") << u"reg.lab"_s << u"https"_s << pinned << Protection::Pinned;
    QTest::newRow("not verified") << u"reg.lab"_s << u"https"_s << unverified
                                  << Protection::Unverified;
    QTest::newRow("plain") << u"reg.lab"_s << u"http"_s << pinned << Protection::Unencrypted;
    QTest::newRow("this machine") << u"127.0.0.1:5000"_s << u"http"_s << TlsSettings()
                                  << Protection::Ordinary;
}

void TestConnectionProtection::knowsWhatTurnedOut()
{
    QFETCH(const QString, address);
    QFETCH(const QString, scheme);
    QFETCH(const TlsSettings, tls);
    Network network;
    HttpSettings settings;
    settings.tls = std::make_shared<TlsSettings>(tls);
    const RegistrySession session(network, *RegistryAddress::parse(address), scheme, settings);
    QTEST(protectionOf(session), "protection");
}

LONGSHORE_UI_TEST(TestConnectionProtection)
#include "tst_connectionprotection.moc"
