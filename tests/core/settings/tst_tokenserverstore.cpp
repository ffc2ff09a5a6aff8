// SPDX-License-Identifier: Apache-2.0
#include "core/settings/tokenserverstore.h"
#include "support/outcome.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestTokenServerStore : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void remembersThePairAlone();
    void saysWhenItCannotBeKept();
    void survivesAFileThatIsNone();
    void agreesToWhatIsKnown();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"tokenservers.ini"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    const TokenServerQuestion m_pair{u"reg.lab:5000"_s, u"tokens.example"_s};
};

void TestTokenServerStore::remembersThePairAlone()
{
    QVERIFY(!TokenServerStore(path()).contains(m_pair));
    QVERIFY(TokenServerStore(path()).add(m_pair));
    QVERIFY(TokenServerStore(path()).add({u"[fd00::1]:5000"_s, u"tokens.example:8443"_s}));
    QVERIFY(TokenServerStore(path()).add({m_pair.registry, u"second.example"_s}));
    const TokenServerStore store(path());
    QVERIFY(store.contains(m_pair));
    QVERIFY(store.contains({u"[fd00::1]:5000"_s, u"tokens.example:8443"_s}));
    QVERIFY(store.contains({m_pair.registry, u"second.example"_s}));
    QVERIFY(!store.contains({u"reg.lab"_s, m_pair.tokenServer}));
    QVERIFY(!store.contains({u"reg.lab:5001"_s, m_pair.tokenServer}));
    QVERIFY(!store.contains({m_pair.registry, u"tokens.example:8443"_s}));
    QVERIFY(!store.contains({m_pair.tokenServer, m_pair.registry}));
}

void TestTokenServerStore::saysWhenItCannotBeKept()
{
    QVERIFY(QFile(path()).open(QIODevice::WriteOnly));
    const QString below = path() + u"/tokenservers.ini"_s; // Of a file there is nothing below.
    QVERIFY(!TokenServerStore(below).add(m_pair));
    QVERIFY(!TokenServerStore(below).contains(m_pair));
}

void TestTokenServerStore::survivesAFileThatIsNone()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("\0[tokenServers\n=%%%", 20));
    file.close();
    QVERIFY(!TokenServerStore(path()).contains(m_pair));
}

void TestTokenServerStore::agreesToWhatIsKnown()
{
    RememberedConsent consent(TokenServerStore(path()), {u"given.example"_s});
    QVERIFY(outcomeOf(consent.ask({u"any.example"_s, u"given.example"_s})));
    const auto refused = outcomeOf(consent.ask(m_pair));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Policy);
    QVERIFY(TokenServerStore(path()).add(m_pair));
    QVERIFY(outcomeOf(consent.ask(m_pair)));
}

QTEST_GUILESS_MAIN(TestTokenServerStore)
#include "tst_tokenserverstore.moc"
