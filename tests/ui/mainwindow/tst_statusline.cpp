// SPDX-License-Identifier: Apache-2.0
#include "core/http/tlssettings.h"
#include "core/registry/registrysession.h"
#include "support/hostiletext.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/mainwindow/statusline.h"

#include <QLabel>
#include <QStatusBar>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestStatusLine : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void saysWhoIsWhere();
    void saysThatNothingCanBeChanged();
    void saysHowTheConnectionIsProtected_data();
    void saysHowTheConnectionIsProtected();
    void forgetsAConnectionThatIsNoMore();
    void countsTransfersWhileThereAreSome();
    void saysWhyARequestWaits();

private:
    [[nodiscard]] QString text(const QString &label) const
    {
        return child<QLabel>(*m_bar, label).text();
    }
    [[nodiscard]] std::shared_ptr<RegistrySession> session(const HttpSettings &settings = {})
    {
        return std::make_shared<RegistrySession>(
            m_network, *RegistryAddress::parse(u"reg.lab:5000"_s), u"https"_s, settings);
    }

    Network m_network;
    std::unique_ptr<QStatusBar> m_bar;
    StatusLine *m_line = nullptr;
};

void TestStatusLine::init()
{
    m_bar = std::make_unique<QStatusBar>();
    m_line = new StatusLine(*m_bar);
}

void TestStatusLine::saysWhoIsWhere()
{
    const auto open = session();
    m_line->showConnection(open.get(), {});
    QCOMPARE(text(u"connectionStatus"_s), u"reg.lab:5000 \u00b7 anonymous \u00b7 encrypted"_s);
    open->setCredentials({u"<b>me</b>\u202e"_s, Secret("secret")});
    m_line->showConnection(open.get(), {});
    QVERIFY(text(u"connectionStatus"_s).contains(u"<b>me</b>\\u{202E}"_s));
    QCOMPARE(child<QLabel>(*m_bar, u"connectionStatus"_s).textFormat(), Qt::PlainText);
    QVERIFY(!text(u"connectionStatus"_s).contains(u"secret"_s));
}

void TestStatusLine::saysThatNothingCanBeChanged()
{
    HttpSettings settings;
    settings.isReadOnly = true;
    m_line->showConnection(session(settings).get(), {});
    QVERIFY(text(u"connectionStatus"_s).contains(u"read-only"_s));
}

void TestStatusLine::saysHowTheConnectionIsProtected_data()
{
    QTest::addColumn<TlsSettings>("tls");
    QTest::addColumn<QString>("mark"); // Empty for none.
    QTest::newRow("ordinary") << TlsSettings() << QString();
    QTest::newRow("pinned") << TlsSettings{.pinnedSha256 = QByteArray(32, 'x')}
                            << u"encrypted, pinned certificate"_s;
    QTest::newRow("not verified") << TlsSettings{.isVerified = false}
                                  << u"encrypted, not verified"_s;
}

void TestStatusLine::saysHowTheConnectionIsProtected()
{
    QFETCH(const TlsSettings, tls);
    QFETCH(const QString, mark);
    HttpSettings settings;
    settings.tls = std::make_shared<TlsSettings>(tls);
    m_line->showConnection(session(settings).get(), {});
    const auto &icon = child<QLabel>(*m_bar, u"protection"_s);
    QVERIFY(text(u"connectionStatus"_s).contains(mark));
    QCOMPARE(icon.isHidden(), mark.isEmpty());
    QCOMPARE(icon.accessibleName().isEmpty(), mark.isEmpty());
    QCOMPARE(child<QLabel>(*m_bar, u"connectionStatus"_s).accessibleDescription(),
             icon.accessibleName());
}

void TestStatusLine::forgetsAConnectionThatIsNoMore()
{
    HttpSettings settings;
    settings.tls = std::make_shared<TlsSettings>(TlsSettings{.isVerified = false});
    m_line->showConnection(session(settings).get(), {});
    m_line->showConnection(nullptr, {});
    QVERIFY(child<QLabel>(*m_bar, u"protection"_s).isHidden());
    QCOMPARE(text(u"connectionStatus"_s), QString());
}

void TestStatusLine::countsTransfersWhileThereAreSome()
{
    m_line->showTransfers(1);
    QCOMPARE(text(u"transferStatus"_s), u"1 transfer"_s);
    m_line->showTransfers(0);
    QCOMPARE(text(u"transferStatus"_s), QString());
}

void TestStatusLine::saysWhyARequestWaits()
{
    m_line->showRetry({Error::Kind::RateLimited, u"reg.lab asks to wait."_s},
                      std::chrono::milliseconds(23'100));
    QCOMPARE(m_bar->currentMessage(), u"reg.lab asks to wait. Trying again in 24 seconds."_s);
}

LONGSHORE_UI_TEST(TestStatusLine)
#include "tst_statusline.moc"
