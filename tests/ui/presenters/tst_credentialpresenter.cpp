// SPDX-License-Identifier: Apache-2.0
#include "support/testhome.h"
#include "support/uitest.h"
#include "ui/presenters/credentialpresenter.h"

#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// What a computer without a keychain offers; tst_mainwindow_signin shows one with it.
class TestCredentialPresenter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { qunsetenv("DOCKER_CONFIG"); }
    void knowsNothingBeforeItHasLooked();
    void findsTheRegistriesOfDocker();
    void leavesOutWhatIsNoRegistry();
    void hasNothingFromAFileThatCannotBeRead();
    void missesTheKeychain();

private:
    void look(CredentialPresenter &presenter)
    {
        const QSignalSpy changed(&presenter, &CredentialPresenter::changed);
        presenter.lookForRegistries();
        QTRY_COMPARE(changed.size(), qsizetype(1));
    }

    std::unique_ptr<TestHome> m_home;
};

void TestCredentialPresenter::init()
{
    m_home = std::make_unique<TestHome>();
    qputenv("DOCKER_CONFIG", m_home->filePath(u"docker"_s).toLocal8Bit());
}

void TestCredentialPresenter::knowsNothingBeforeItHasLooked()
{
    m_home->writeAuth(u"docker/config.json"_s, u"reg.lab:5000"_s, "me");
    const CredentialPresenter presenter;
    QVERIFY(presenter.registries().isEmpty());
    QVERIFY(presenter.sourceFor(u"reg.lab:5000"_s).kind == CredentialSource::Kind::None);
    QVERIFY(presenter.keychain() == CredentialPresenter::Keychain::Unknown);
}

void TestCredentialPresenter::findsTheRegistriesOfDocker()
{
    m_home->writeAuth(u"docker/config.json"_s, u"reg.lab:5000"_s, "me");
    CredentialPresenter presenter;
    look(presenter);
    QCOMPARE(presenter.registries().size(), qsizetype(1));
    QCOMPARE(presenter.registries().first().host, u"reg.lab:5000"_s);
    const CredentialSource source = presenter.sourceFor(u"reg.lab:5000"_s);
    QVERIFY(source.kind == CredentialSource::Kind::File);
    QVERIFY(source.path.endsWith("docker/config.json"_L1));
    QVERIFY(presenter.sourceFor(u"reg.lab"_s).kind == CredentialSource::Kind::None);
}

void TestCredentialPresenter::leavesOutWhatIsNoRegistry()
{
    m_home->write(u"docker/config.json"_s, R"({"auths":{"reg.lab":{"auth":"bWU6c2VjcmV0"},
        "<b>reg</b>":{"auth":"bWU6c2VjcmV0"},"a b":{"auth":"bWU6c2VjcmV0"},
        "\u202Ereg.lab":{"auth":"bWU6c2VjcmV0"},"":{"auth":"bWU6c2VjcmV0"}}})");
    CredentialPresenter presenter;
    look(presenter);
    QCOMPARE(presenter.registries().size(), qsizetype(1));
    QCOMPARE(presenter.registries().first().host, u"reg.lab"_s);
}

void TestCredentialPresenter::hasNothingFromAFileThatCannotBeRead()
{
    m_home->write(u"docker/config.json"_s, "{ not json");
    CredentialPresenter presenter;
    look(presenter);
    QVERIFY(presenter.registries().isEmpty());
}

void TestCredentialPresenter::missesTheKeychain()
{
    CredentialPresenter presenter;
    const QSignalSpy changed(&presenter, &CredentialPresenter::changed);
    presenter.lookForKeychain();
    QTRY_COMPARE(changed.size(), qsizetype(1));
    QVERIFY(presenter.keychain() == CredentialPresenter::Keychain::Missing);
}

LONGSHORE_UI_TEST(TestCredentialPresenter)
#include "tst_credentialpresenter.moc"
