// SPDX-License-Identifier: Apache-2.0
#include "support/doomedimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;

/// What is deleted together, where one of them changes or fails.
class TestDeleteTagsJobCompany : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void looksAnewAtEachWhereALookFailed();
    void keepsWhatATagOfItsCompanyNames();
    void keepsWhatAnIndexOfItsCompanyNeeds();
    void triesAloneWhatFailedInCompany();
    void believesThatItIsGoneAfterAFailure();

private:
    [[nodiscard]] DeletionPlan plan() { return m_images->plan(); }
    [[nodiscard]] Result<DeletionReport> run(const DeletionPlan &plan)
    {
        return outcomeOf<DeletionReport>(m_images->job(plan));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_images->registry(); }
    /// Answers DELETEs of \a images with an error while others are under way; carried out or not.
    void failInCompany(const QList<Digest> &images, bool isCarriedOut);

    std::unique_ptr<DoomedImages> m_images;
};

void TestDeleteTagsJobCompany::init()
{
    m_images = std::make_unique<DoomedImages>(
        QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s, u"7"_s});
}

void TestDeleteTagsJobCompany::failInCompany(const QList<Digest> &images, bool isCarriedOut)
{
    registry().intercept([=, this](const TestRequest &request, const TestConnection &connection) {
        const auto digest = Digest::parse(request.path().section(u'/', -1));
        const bool fails = request.method == "DELETE" && digest && images.contains(*digest)
                           && registry().count("DELETE") <= 5;
        if (fails && isCarriedOut)
            registry().answerNormally(request, TestConnection(nullptr));
        if (fails)
            connection.answer({500});
        return fails;
    });
}

void TestDeleteTagsJobCompany::looksAnewAtEachWhereALookFailed()
{
    m_images->onFirstDeletion([this] { registry().failNext("GET", u"/tags/list"_s, {404}); });
    const auto report = run(plan());
    QVERIFY(report);
    QVERIFY(report->isComplete());
}

/// A tag that is itself to go, and was there before.
void TestDeleteTagsJobCompany::keepsWhatATagOfItsCompanyNames()
{
    const DeletionPlan whole = plan();
    m_images->onFirstDeletion(
        [&] { registry().setTag(u"a"_s, u"3"_s, whole.groups.at(1).manifest.digest); });
    const auto report = run(whole);
    QCOMPARE(DoomedImages::states(report).at(1), State::Skipped);
    QCOMPARE(DoomedImages::states(report).at(2), State::Skipped);
    QCOMPARE(DoomedImages::states(report).count(State::Deleted), qsizetype(5));
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"2"_s, u"3"_s}));
}

/// A tag that moves to an index which needs one of the same company.
void TestDeleteTagsJobCompany::keepsWhatAnIndexOfItsCompanyNeeds()
{
    const DeletionPlan whole = plan();
    const Digest part = whole.groups.at(1).manifest.digest;
    m_images->onFirstDeletion([&] { m_images->addIndexOf(u"3"_s, part); });
    const auto report = run(whole);
    QCOMPARE(DoomedImages::states(report).at(1), State::Skipped);
    QCOMPARE(DoomedImages::states(report).at(2), State::Skipped);
    QCOMPARE(DoomedImages::states(report).count(State::Deleted), qsizetype(5));
    QVERIFY(registry().hasManifest(u"a"_s, part));
}

void TestDeleteTagsJobCompany::triesAloneWhatFailedInCompany()
{
    const DeletionPlan whole = plan();
    failInCompany({whole.groups.at(2).manifest.digest, whole.groups.at(3).manifest.digest}, false);
    const auto report = run(whole);
    QVERIFY(report && report->isComplete());
    QStringList steps; // Deletions, and the lists that are read before them.
    for (const QString &line : registry().requestLines()) {
        if (line.startsWith(u"DELETE"_s) || line.contains(u"/tags/list"_s))
            steps.append(line.section(u' ', 0, 0));
    }
    QCOMPARE(steps.size(), qsizetype(16)); // With the second look.
    QCOMPARE(steps.mid(3).join(u' '), u"GET DELETE DELETE DELETE DELETE GET DELETE GET DELETE "
                                      "GET DELETE GET DELETE"_s);
}

/// The answer was wrong, or came from something in between.
void TestDeleteTagsJobCompany::believesThatItIsGoneAfterAFailure()
{
    const DeletionPlan whole = plan();
    failInCompany({whole.groups.at(2).manifest.digest}, true);
    const auto report = run(whole);
    QVERIFY(report && report->isComplete());
    QCOMPARE(report->goneCount(), qsizetype(0)); // Nobody else has removed anything.
    QCOMPARE(registry().count("DELETE"), qsizetype(7));
}

QTEST_GUILESS_MAIN(TestDeleteTagsJobCompany)
#include "tst_deletetagsjob_company.moc"
