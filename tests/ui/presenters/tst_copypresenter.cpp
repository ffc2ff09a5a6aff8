// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/fakeconnection.h"
#include "support/heldrequests.h"
#include "support/testreferrers.h"
#include "support/uitest.h"
#include "ui/presenters/copypresenter.h"

#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = BlobRow::State;

/// Images of repository "a" of one registry, to be brought into another.
class TestCopyPresenter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_presenter.reset(); }
    void looksWhatIsThere();
    void changesNothing();
    void countsWhatImagesShareOnce();
    void looksForNothingButTheTagWhenThatIsAnother();
    void forgetsEarlierOrders();
    void tellsWhichTagsWouldBeMoved();
    void tellsWhichReferrersCannotComeAlong();
    void saysWhyItCannotKnow();
    void makesOneTransferOfEachImage();
    void knowsWhenAnImageIsInItsPlace();

private:
    [[nodiscard]] FakeRegistry &source() { return m_source->registry; }
    [[nodiscard]] FakeRegistry &target() { return m_target->registry; }
    [[nodiscard]] std::shared_ptr<RegistrySession> targetSession() const
    {
        return {m_target, &m_target->session};
    }
    [[nodiscard]] CopyOrder order(const QString &from, const QString &to = u"9"_s,
                                  const QString &repository = u"b"_s) const
    {
        return {{std::shared_ptr<Session>(m_source, &m_source->session),
                 *RepositoryName::parse(u"a"), *Tag::parse(from), from, u"bundle.tar"_s},
                *RepositoryName::parse(repository),
                *Tag::parse(to)};
    }
    void plan(const QList<CopyOrder> &orders);

    std::shared_ptr<FakeConnection> m_source;
    std::shared_ptr<FakeConnection> m_target;
    std::unique_ptr<CopyPresenter> m_presenter;
};

void TestCopyPresenter::init()
{
    m_source = std::make_shared<FakeConnection>();
    m_target = std::make_shared<FakeConnection>();
    m_presenter = std::make_unique<CopyPresenter>();
    TestImages::addImage(source(), u"a"_s, u"1"_s, {.layers = {"base", "one"}});
    TestImages::addImage(source(), u"a"_s, u"2"_s, {.layers = {"base", "two"}});
    target().addBlob(u"b"_s, "base");
}

void TestCopyPresenter::plan(const QList<CopyOrder> &orders)
{
    m_presenter->plan(targetSession(), orders);
    QVERIFY(m_presenter->isPlanning());
    QTRY_VERIFY(!m_presenter->isPlanning());
}

void TestCopyPresenter::looksWhatIsThere()
{
    QVERIFY(!m_presenter->isPlanned());
    const QSignalSpy changed(m_presenter.get(), &CopyPresenter::changed);
    plan({order(u"1"_s)});
    QVERIFY(m_presenter->isPlanned());
    QCOMPARE(changed.size(), qsizetype(2));
    const QList<BlobRow> &rows = m_presenter->blobs().rows();
    QCOMPARE(rows.size(), qsizetype(3));
    QCOMPARE(rows.last().blob.digest, Digest::ofBytes("base"));
    QCOMPARE(rows.last().state, State::Present);
    const auto [blobs, toSend, bytes, bytesToSend] = m_presenter->totals();
    QCOMPARE(blobs, qsizetype(3));
    QCOMPARE(toSend, qsizetype(2));
    QCOMPARE(bytes, bytesToSend + 4);
}

void TestCopyPresenter::changesNothing()
{
    plan({order(u"1"_s)});
    for (const QString &line : target().requestLines())
        QVERIFY2(line.startsWith("HEAD "_L1) || line.startsWith("GET "_L1), qPrintable(line));
}

void TestCopyPresenter::countsWhatImagesShareOnce()
{
    plan({order(u"1"_s, u"8"_s), order(u"2"_s, u"9"_s)});
    QCOMPARE(m_presenter->totals().toSend, m_presenter->totals().blobs - 1);
    qsizetype shared = 0;
    for (const BlobRow &row : m_presenter->blobs().rows())
        shared += row.blob.digest == Digest::ofBytes("base") ? 1 : 0;
    QCOMPARE(shared, qsizetype(1));
}

void TestCopyPresenter::looksForNothingButTheTagWhenThatIsAnother()
{
    const Digest old = TestImages::addImage(target(), u"b"_s, u"10"_s, {.layers = {"old"}});
    plan({order(u"1"_s)});
    source().forgetRequests();
    target().forgetRequests();
    plan({order(u"1"_s, u"10"_s)});
    QVERIFY(source().requests().isEmpty());
    QCOMPARE(target().requests().size(), qsizetype(1));
    QCOMPARE(m_presenter->replaced().first().digest, old);
    plan({order(u"1"_s, u"11"_s)});
    QVERIFY(m_presenter->replaced().isEmpty());
    target().forgetRequests();
    plan({order(u"1"_s, u"11"_s, u"c"_s)}); // Other repositories have other blobs.
    QVERIFY(target().count("HEAD", u"/blobs/"_s) > 0);
}

void TestCopyPresenter::forgetsEarlierOrders()
{
    HeldRequests held(target(), "HEAD", u"/b/blobs/"_s);
    m_presenter->plan(targetSession(), {order(u"1"_s)});
    QTRY_VERIFY(held.count() > 0);
    m_presenter->plan(targetSession(), {order(u"2"_s, u"9"_s, u"c"_s)});
    held.release();
    QTRY_VERIFY(m_presenter->isPlanned());
    bool hasTwo = false;
    for (const BlobRow &row : m_presenter->blobs().rows()) {
        QVERIFY(row.blob.digest != Digest::ofBytes("one"));
        hasTwo = hasTwo || row.blob.digest == Digest::ofBytes("two");
    }
    QVERIFY(hasTwo);
    m_presenter->clear();
    QVERIFY(!m_presenter->isPlanned() && !m_presenter->isPlanning());
    QCOMPARE(m_presenter->blobs().rowCount(), 0);
}

void TestCopyPresenter::tellsWhichTagsWouldBeMoved()
{
    const Digest old = TestImages::addImage(target(), u"b"_s, u"9"_s, {.layers = {"old"}});
    plan({order(u"1"_s, u"8"_s), order(u"2"_s, u"9"_s)});
    QCOMPARE(m_presenter->replaced().size(), qsizetype(1));
    QCOMPARE(m_presenter->replaced().first().tag.toString(), u"9"_s);
    QCOMPARE(m_presenter->replaced().first().digest, old);
}

void TestCopyPresenter::tellsWhichReferrersCannotComeAlong()
{
    const Digest shared = TestImages::addImage(source(), u"a"_s, u"3"_s);
    source().setTag(u"a"_s, u"4"_s, shared);
    const Digest signature = TestReferrers::sign(source(), u"a"_s, shared, "signature");
    source().failNext("GET", u"/manifests/"_s + signature.toString(), {404}, 2);
    QList<CopyOrder> orders{order(u"3"_s, u"3"_s), order(u"4"_s, u"4"_s)};
    for (CopyOrder &one : orders)
        one.isWithReferrers = true;
    plan(orders);
    QVERIFY(m_presenter->isPlanned());
    QCOMPARE(m_presenter->leftOutReferrers().size(), qsizetype(1)); // Told once.
    QCOMPARE(m_presenter->leftOutReferrers().first().digest, signature);
}

void TestCopyPresenter::saysWhyItCannotKnow()
{
    target().behaviour.signIn = FakeRegistry::SignIn::Basic;
    plan({order(u"1"_s)});
    QVERIFY(!m_presenter->isPlanned());
    QCOMPARE(m_presenter->error()->kind, Error::Kind::Unauthorized);
    QVERIFY(m_presenter->tasks().isEmpty());
    target().behaviour.signIn = FakeRegistry::SignIn::None;
    m_presenter->planAgain();
    QVERIFY(!m_presenter->error());
    QTRY_VERIFY(m_presenter->isPlanned());
}

void TestCopyPresenter::makesOneTransferOfEachImage()
{
    plan({order(u"1"_s, u"8"_s), order(u"2"_s, u"9"_s)});
    const QList<TransferTask> tasks = m_presenter->tasks();
    QCOMPARE(tasks.size(), qsizetype(2));
    QCOMPARE(tasks.first().target, QString(target().host() + "/b:8"_L1));
    QCOMPARE(tasks.last().target, QString(target().host() + "/b:9"_L1));
    QCOMPARE(tasks.last().source, u"bundle.tar"_s);
}

void TestCopyPresenter::knowsWhenAnImageIsInItsPlace()
{
    const CopyTarget here{u"id"_s, u"one"_s, {m_source, &m_source->session}};
    const CopyTarget there{u"id"_s, u"two"_s, {m_target, &m_target->session}};
    QVERIFY(isInPlace(here, order(u"1"_s, u"1"_s, u"a"_s)));
    QVERIFY(!isInPlace(here, order(u"1"_s, u"2"_s, u"a"_s)));
    QVERIFY(!isInPlace(here, order(u"1"_s, u"1"_s, u"b"_s)));
    QVERIFY(!isInPlace(there, order(u"1"_s, u"1"_s, u"a"_s)));
}

LONGSHORE_UI_TEST(TestCopyPresenter)
#include "tst_copypresenter.moc"
