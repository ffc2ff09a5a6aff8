// SPDX-License-Identifier: Apache-2.0
#include "support/doomedimages.h"

#include <QFile>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;

/// Images that somebody else has deleted before they could be saved, and how it is seen that one is gone.
class TestDeleteTagsJobGone : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void goesOnWithoutWhatWasGoneBeforeItWasSaved();
    void writesNoBackupOfNothing();
    void leavesAloneWhatComesBackAfterTheOthersWereSaved();
    void leavesAloneWhatATagStillNames();
    void saysWhyItIsNotKnownWhetherItIsGone();
    void asksOnlyOnceWhetherAnImageIsGone();
    void doesNotBelieveAHeadThatFindsNothing();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_images->registry(); }
    [[nodiscard]] Digest image(qsizetype which) const
    {
        return m_whole.groups.at(which).manifest.digest;
    }
    [[nodiscard]] Result<DeletionReport> run()
    {
        return outcomeOf<DeletionReport>(m_images->job(m_whole));
    }
    /// As another client does it, whose requests are not counted.
    void deleteImage(qsizetype which)
    {
        QVERIFY(outcomeOf(m_images->session().deleteManifest(m_whole.repository, image(which))));
        registry().forgetRequests();
    }
    /// Calls \a change when the tags are listed for the second look, when the backup is whole.
    void behindTheBackup(const std::function<void()> &change);

    std::unique_ptr<DoomedImages> m_images;
    DeletionPlan m_whole{*RepositoryName::parse(u"a"), {}, {}, {}, {}, {}};
};

void TestDeleteTagsJobGone::init()
{
    m_images = std::make_unique<DoomedImages>(QStringList{u"1"_s, u"2"_s, u"3"_s});
    m_whole = m_images->plan();
}

void TestDeleteTagsJobGone::behindTheBackup(const std::function<void()> &change)
{
    registry().intercept([=, isDone = std::make_shared<bool>(false)](const TestRequest &request,
                                                                     const TestConnection &) {
        if (request.path().endsWith("/tags/list"_L1) && !std::exchange(*isDone, true))
            change();
        return false;
    });
}

void TestDeleteTagsJobGone::goesOnWithoutWhatWasGoneBeforeItWasSaved()
{
    deleteImage(1);
    const auto report = run();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QCOMPARE(report->outcomes.at(1).goneTags, QList<Tag>{*Tag::parse(u"2")});
    QCOMPARE(report->backup.manifestCount, qsizetype(2));
    QCOMPARE(report->backup.missing, QSet<Digest>{image(1)});
    QCOMPARE(registry().count("DELETE"), qsizetype(2));
    QCOMPARE(registry().count("DELETE", image(1).toString()), qsizetype(0));
    QCOMPARE(registry().tags(u"a"_s), QStringList());
}

void TestDeleteTagsJobGone::writesNoBackupOfNothing()
{
    for (qsizetype which = 0; which < 3; ++which)
        deleteImage(which);
    const auto report = run();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QCOMPARE(report->goneCount(), qsizetype(3));
    QCOMPARE(report->backup.folder, QString());
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
}

void TestDeleteTagsJobGone::leavesAloneWhatComesBackAfterTheOthersWereSaved()
{
    const QByteArray bytes = registry().manifestBytes(u"a"_s, image(1));
    deleteImage(1);
    behindTheBackup([&] { registry().addManifest(u"a"_s, {}, bytes, MediaType::ociManifest()); });
    const auto report = run();
    QVERIFY(report);
    QCOMPARE(report->outcomes.at(0).state, State::Deleted);
    QCOMPARE(report->outcomes.at(1).state, State::Skipped);
    QCOMPARE(report->outcomes.at(1).error->kind, Error::Kind::Changed);
    QCOMPARE(report->outcomes.at(2).state, State::Deleted);
    QVERIFY(registry().hasManifest(u"a"_s, image(1)));
}

void TestDeleteTagsJobGone::leavesAloneWhatATagStillNames()
{
    for (const char *method : {"HEAD", "GET"}) // By its digest it cannot be found.
        registry().failNext(method, image(1).toString(), {404, {}, {}, true}, 100);
    const auto report = run();
    QVERIFY(report);
    QCOMPARE(report->outcomes.at(1).state, State::Skipped);
    QVERIFY(registry().hasManifest(u"a"_s, image(1)));
    QCOMPARE(registry().tags(u"a"_s), QStringList{u"2"_s});
}

void TestDeleteTagsJobGone::saysWhyItIsNotKnownWhetherItIsGone()
{
    deleteImage(1);
    behindTheBackup([&] {
        registry().failNext("HEAD", image(1).toString(), {500, {}, {}, true}, 100);
    });
    const auto report = run();
    QVERIFY(report);
    QCOMPARE(report->outcomes.at(1).state, State::Failed);
    QCOMPARE(report->outcomes.at(1).error->httpStatus, 500);
    QCOMPARE(report->count(State::Deleted), qsizetype(2));
}

/// HEAD has found the last one by its digest before.
void TestDeleteTagsJobGone::asksOnlyOnceWhetherAnImageIsGone()
{
    const auto report = run();
    QVERIFY(report && report->isComplete());
    for (qsizetype which = 0; which < 3; ++which) {
        const qsizetype proof = which == 2 ? 1 : 0;
        QCOMPARE(registry().count("HEAD", image(which).toString()), 1 + proof);
        QCOMPARE(registry().count("GET", image(which).toString()), qsizetype(1)); // The backup.
    }
}

/// As old Nexus answers, where it has accepted the deletion and does nothing.
void TestDeleteTagsJobGone::doesNotBelieveAHeadThatFindsNothing()
{
    registry().failNext("HEAD", u"/manifests/sha256:"_s, {404, {}, {}, true}, 100);
    registry().failNext("DELETE", image(0).toString(), {202});
    const auto report = run();
    QVERIFY(report);
    QCOMPARE(report->outcomes.at(0).state, State::Unverified);
    QCOMPARE(report->count(State::Deleted), qsizetype(2));
}

QTEST_GUILESS_MAIN(TestDeleteTagsJobGone)
#include "tst_deletetagsjob_gone.moc"
