// SPDX-License-Identifier: Apache-2.0
#include "core/http/networkthread.h"
#include "support/heldrequests.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/checklistmodel.h"
#include "ui/presenters/connectionpresenter.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = CheckListModel::State;

class TestConnectionPresenter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void passesEveryStepOfAnHonestRegistry();
    void namesTheStepThatFails_data();
    void namesTheStepThatFails();
    void signsIn();
    void passesWhereTheListIsRefused_data();
    void passesWhereTheListIsRefused();
    void canBeRepeated();
    void startsOverInTheMiddle();
    void stopsWithoutAWord();
    void stopsWhileANameIsLookedUp();

private:
    [[nodiscard]] bool run(const QString &address, const Credentials &credentials = {});
    [[nodiscard]] QString states() const;

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<CheckListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<ConnectionPresenter> m_presenter;
};

void TestConnectionPresenter::init()
{
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->addRepository(u"app"_s);
    m_model = std::make_unique<CheckListModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    m_presenter = std::make_unique<ConnectionPresenter>(m_network, *m_model);
}

void TestConnectionPresenter::cleanup()
{
    m_presenter.reset();
    m_tester.reset();
    m_model.reset();
    m_registry.reset();
}

/// Whether the test passed, once it has come to an end.
bool TestConnectionPresenter::run(const QString &address, const Credentials &credentials)
{
    const QSignalSpy passed(m_presenter.get(), &ConnectionPresenter::passed);
    const QSignalSpy failed(m_presenter.get(), &ConnectionPresenter::failed);
    m_presenter->test(address, credentials);
    if (!QTest::qWaitFor([&] { return passed.size() + failed.size() > 0; }, 20'000))
        qFatal("the test comes to no end");
    return passed.size() == 1;
}

/// One letter a step: passed, skipped, failed, running, waiting.
QString TestConnectionPresenter::states() const
{
    QString result;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        switch (m_model->index(row).data(CheckListModel::StateRole).value<State>()) {
        case State::Passed: result += u'p'; break;
        case State::Skipped: result += u's'; break;
        case State::Failed: result += u'F'; break;
        case State::Running: result += u'r'; break;
        case State::Waiting: result += u'-'; break;
        }
    }
    return result;
}

void TestConnectionPresenter::passesEveryStepOfAnHonestRegistry()
{
    QVERIFY(run(m_registry->host()));
    const QString text = treeText(*m_model).replace(QRegularExpression(u"\\d+ ms"_s), u"n ms"_s);
    QCOMPARE(text, u"Name found: good (n ms)\n"
                   "Server reached: good (n ms)\n"
                   "Encrypted: no, this server speaks plain HTTP\n"
                   "Registry: registry/2.0\n"
                   "Signed in: not asked for\n"
                   "List of repositories: 1 name"_s);
    QVERIFY(!m_presenter->isTesting());
}

void TestConnectionPresenter::namesTheStepThatFails_data()
{
    QTest::addColumn<QString>("address"); // Empty for that of the fake.
    QTest::addColumn<int>("pingStatus");
    QTest::addColumn<QString>("steps");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("no address") << u"not an address"_s << 0 << u"F-----"_s
                                << Error::Kind::InvalidInput;
    // Longer than a name may be, so that no name server is asked.
    QTest::newRow("unknown host") << QStringList(4, QString(63, u'a')).join(u'.') << 0
                                  << u"F-----"_s << Error::Kind::Network;
    QTest::newRow("refused port") << u"127.0.0.1:1"_s << 0 << u"pF----"_s << Error::Kind::Network;
    QTest::newRow("plain HTTP where TLS was asked for")
        << u"https"_s << 0 << u"ppF---"_s << Error::Kind::Tls;
    QTest::newRow("a web page") << QString() << 200 << u"ppsF--"_s << Error::Kind::Protocol;
    QTest::newRow("nothing there") << QString() << 404 << u"ppsF--"_s << Error::Kind::Protocol;
}

void TestConnectionPresenter::namesTheStepThatFails()
{
    QFETCH(const QString, address);
    QFETCH(const int, pingStatus);
    QFETCH(const Error::Kind, kind);
    if (pingStatus != 0)
        m_registry->failNext("GET", u"/v2/"_s, {pingStatus, "<html><title>Router</title>"}, 10);
    QSignalSpy failed(m_presenter.get(), &ConnectionPresenter::failed);
    const QString own = m_registry->host();
    QVERIFY(!run(address.isEmpty() ? own : address == u"https"_s ? u"https://"_s + own : address));
    QTEST(states(), "steps");
    QCOMPARE(failed.first().first().value<Error>().kind, kind);
    QVERIFY(!m_presenter->isTesting());
}

void TestConnectionPresenter::signsIn()
{
    m_registry->behaviour.hasPublicTokens = false;
    for (const auto signIn : {FakeRegistry::SignIn::Basic, FakeRegistry::SignIn::Bearer}) {
        m_registry->behaviour.signIn = signIn;
        QVERIFY(run(m_registry->host(), {u"user"_s, Secret("secret")}));
        QCOMPARE(states(), u"ppsppp"_s);
        QVERIFY(treeText(*m_model).contains(u"Signed in: as \u2068user\u2069"_s));
        QVERIFY(!run(m_registry->host(), {u"user"_s, Secret("wrong")}));
        QCOMPARE(states(), u"ppspF-"_s);
        QVERIFY(treeText(*m_model).contains(u"rejected the sign-in"_s));
        QVERIFY(!run(m_registry->host())); // Nobody may look without an account.
        QCOMPARE(states(), u"ppspsF"_s);
        QVERIFY(treeText(*m_model).contains(u"asked for; you come anonymously"_s));
    }
}

void TestConnectionPresenter::passesWhereTheListIsRefused_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {403, 404, 405})
        QTest::addRow("%d", status) << status;
}

void TestConnectionPresenter::passesWhereTheListIsRefused()
{
    QFETCH(const int, status);
    m_registry->behaviour.catalogStatus = status;
    QVERIFY(run(m_registry->host()));
    QCOMPARE(states(), u"ppspss"_s);
    QVERIFY(treeText(*m_model).contains(u"names can be added by hand"_s));
}

void TestConnectionPresenter::canBeRepeated()
{
    bool wasTesting = true;
    connect(m_presenter.get(), &ConnectionPresenter::passed, m_presenter.get(),
            [&] { wasTesting = m_presenter->isTesting(); });
    QVERIFY(run(m_registry->host()));
    QVERIFY(!wasTesting); // Who hears of the end may offer the next one.
    QVERIFY(run(m_registry->host()));
}

void TestConnectionPresenter::startsOverInTheMiddle()
{
    HeldRequests held(*m_registry, "GET", u"/v2/"_s);
    m_presenter->test(m_registry->host(), {});
    QTRY_COMPARE(held.count(), qsizetype(1));
    QCOMPARE(states(), u"pr----"_s);
    QSignalSpy passed(m_presenter.get(), &ConnectionPresenter::passed);
    m_presenter->test(m_registry->host(), {});
    held.release();
    QTRY_COMPARE(passed.size(), qsizetype(1));
    QCOMPARE(states(), u"ppspsp"_s);
    QTest::qWait(0);
    QCOMPARE(passed.size(), qsizetype(1));
}

void TestConnectionPresenter::stopsWithoutAWord()
{
    HeldRequests held(*m_registry, "GET", u"/v2/"_s);
    const QSignalSpy failed(m_presenter.get(), &ConnectionPresenter::failed);
    m_presenter->test(m_registry->host(), {});
    QTRY_COMPARE(held.count(), qsizetype(1));
    QVERIFY(m_presenter->isTesting());
    m_presenter->stop();
    QVERIFY(!m_presenter->isTesting());
    held.release();
    QCoreApplication::processEvents();
    QCOMPARE(failed.size(), qsizetype(0));
}

void TestConnectionPresenter::stopsWhileANameIsLookedUp()
{
    const QSignalSpy failed(m_presenter.get(), &ConnectionPresenter::failed);
    m_presenter->test(m_registry->host(), {});
    m_presenter->stop();
    QCoreApplication::processEvents();
    QTest::qWait(0);
    QCOMPARE(states(), u"r-----"_s);
    QVERIFY(!m_presenter->isTesting());
    QVERIFY(failed.isEmpty() && m_registry->requests().isEmpty());
}

LONGSHORE_UI_TEST(TestConnectionPresenter)
#include "tst_connectionpresenter.moc"
