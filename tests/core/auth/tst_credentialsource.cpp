// SPDX-License-Identifier: Apache-2.0
#include "core/auth/credentialsource.h"

#include <QDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = CredentialSource::Kind;

class TestCredentialSource : public QObject
{
    Q_OBJECT

private slots:
    void endsASentence_data();
    void endsASentence();
    void shortensNothingButTheOwnFolder();
    void showsNoNameThatMisleads();
};

void TestCredentialSource::endsASentence_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("helper");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, Kind kind, const QString &helper, const QString &text) {
        QTest::newRow(name) << int(kind) << helper << text;
    };
    row("nobody", Kind::None, {}, u"anonymous"_s);
    row("typed", Kind::Given, {}, u"as entered"_s);
    row("variable", Kind::Variable, {}, u"from $DOCKER_AUTH_CONFIG"_s);
    row("keychain", Kind::Keychain, {}, u"from the keychain"_s);
    row("file", Kind::File, {}, u"from ~/.docker/config.json"_s);
    row("helper", Kind::File, u"docker-credential-pass"_s,
        u"from ~/.docker/config.json by docker-credential-pass"_s);
}

void TestCredentialSource::endsASentence()
{
    QFETCH(int, kind);
    QFETCH(QString, helper);
    const CredentialSource source{static_cast<Kind>(kind),
                                  QDir::homePath() + "/.docker/config.json"_L1, helper};
    QTEST(source.toString(), "text");
}

void TestCredentialSource::shortensNothingButTheOwnFolder()
{
    const QString path = QDir::homePath() + "-of-another/config.json"_L1;
    QCOMPARE((CredentialSource{Kind::File, path}).toString(), "from "_L1 + path);
}

void TestCredentialSource::showsNoNameThatMisleads()
{
    const CredentialSource source{Kind::File, u"/a\u202Eb"_s, u"help\x1B[31m"_s};
    QVERIFY(!source.toString().contains(QChar(0x202E)));
    QVERIFY(!source.toString().contains(QChar(0x1B)));
}

QTEST_GUILESS_MAIN(TestCredentialSource)
#include "tst_credentialsource.moc"
