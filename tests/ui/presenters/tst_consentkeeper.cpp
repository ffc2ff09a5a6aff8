// SPDX-License-Identifier: Apache-2.0
#include "support/outcome.h"
#include "ui/presenters/consentkeeper.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// CRED-02, as the window asks it.
class TestConsentKeeper : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void refusesWhereNobodyIsAsked();
    void asksOnceAndRemembers();
    void asksAgainAfterARefusal();
    void tellsPairsApart();
    void saysWhenTheAnswerCannotBeKept();
    void asksNothingForAJobThatIsGone();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"tokenservers.ini"_s); }
    [[nodiscard]] std::unique_ptr<ConsentKeeper> keeper() const
    {
        return std::make_unique<ConsentKeeper>(TokenServerStore(path()));
    }
    /// Answers from the event loop, as a person does.
    void letAnswer(ConsentKeeper &keeper, bool agrees)
    {
        connect(
            &keeper, &ConsentKeeper::asked, &keeper,
            [&keeper, agrees, this](const TokenServerQuestion &question) {
                ++m_asked;
                keeper.answer(question, agrees);
            },
            Qt::QueuedConnection);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    int m_asked = 0;
    const TokenServerQuestion m_pair{u"reg.lab"_s, u"tokens.example"_s};
};

void TestConsentKeeper::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_asked = 0;
}

void TestConsentKeeper::refusesWhereNobodyIsAsked()
{
    const auto lonely = keeper();
    const auto verdict = outcomeOf(lonely->ask(m_pair));
    QVERIFY(!verdict);
    QCOMPARE(verdict.error().kind, Error::Kind::Policy);
}

void TestConsentKeeper::asksOnceAndRemembers()
{
    const auto first = keeper();
    letAnswer(*first, true);
    auto *same = first->ask(m_pair);
    int agreed = 0;
    same->then(this, [&](const Result<Done> &verdict) { agreed += verdict ? 1 : 0; });
    same->start();
    QVERIFY(outcomeOf(first->ask(m_pair)));
    QTRY_COMPARE(agreed, 1);
    QCOMPARE(m_asked, 1);
    // And in the next life of the program.
    QVERIFY(outcomeOf(keeper()->ask(m_pair)));
}

void TestConsentKeeper::asksAgainAfterARefusal()
{
    const auto careful = keeper();
    letAnswer(*careful, false);
    QVERIFY(!outcomeOf(careful->ask(m_pair)));
    QVERIFY(!outcomeOf(careful->ask(m_pair)));
    QCOMPARE(m_asked, 2);
    QVERIFY(!TokenServerStore(path()).contains(m_pair));
}

void TestConsentKeeper::tellsPairsApart()
{
    const auto asking = keeper();
    QList<TokenServerQuestion> asked;
    connect(asking.get(), &ConsentKeeper::asked, this,
            [&](const TokenServerQuestion &question) { asked.append(question); });
    std::optional<bool> first;
    auto *one = asking->ask(m_pair);
    one->then(this, [&](const Result<Done> &verdict) { first = verdict.has_value(); });
    one->start();
    std::optional<bool> second;
    auto *two = asking->ask({m_pair.registry, u"other.example"_s});
    two->then(this, [&](const Result<Done> &verdict) { second = verdict.has_value(); });
    two->start();
    QTRY_COMPARE(asked.size(), 2);
    asking->answer(m_pair, true);
    QTRY_VERIFY(first);
    QVERIFY(*first && !second);
    asking->answer(asked.last(), false);
    QTRY_VERIFY(second);
    QVERIFY(!*second);
}

void TestConsentKeeper::saysWhenTheAnswerCannotBeKept()
{
    QVERIFY(QFile(path()).open(QIODevice::WriteOnly));
    ConsentKeeper forgetful(TokenServerStore(path() + u"/below"_s));
    QSignalSpy notices(&forgetful, &ConsentKeeper::notKept);
    letAnswer(forgetful, true);
    QVERIFY(outcomeOf(forgetful.ask(m_pair)));
    QCOMPARE(notices.size(), 1);
    QVERIFY(outcomeOf(forgetful.ask(m_pair))); // Until the program ends.
    QCOMPARE(m_asked, 1);
}

void TestConsentKeeper::asksNothingForAJobThatIsGone()
{
    const auto asking = keeper();
    QSignalSpy asked(asking.get(), &ConsentKeeper::asked);
    auto *gone = asking->ask(m_pair);
    gone->start();
    QTRY_COMPARE(asked.size(), 1);
    delete gone;
    asking->answer(m_pair, false); // Nobody waits for it.
    auto *cancelled = asking->ask(m_pair);
    cancelled->start();
    cancelled->cancel();
    QTest::qWait(0);
    QCOMPARE(asked.size(), 1);
}

QTEST_GUILESS_MAIN(TestConsentKeeper)
#include "tst_consentkeeper.moc"
