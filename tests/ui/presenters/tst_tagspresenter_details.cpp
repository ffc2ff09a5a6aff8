// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/heldrequests.h"
#include "support/modeltext.h"
#include "support/testimages.h"
#include "support/uitest.h"
#include "ui/models/tagtreemodel.h"
#include "ui/presenters/tagspresenter.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Which rows are read, and when.
class TestTagsPresenterDetails : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void readsOnlyWhatSomebodySees();
    void neverAsksForMoreAtOnceThanTheLimit();
    void givesUpRowsThatHaveLeft();
    void readsAllDetails();
    void stopsReadingAllAndContinuesWhereItStopped();
    void readsNoTagTwice();
    void showsTheFailureOfOneRowAlone();

private:
    void addTags(int count);
    void list();
    [[nodiscard]] qsizetype manifestRequests() const
    {
        return m_registry->count("GET", u"/manifests/"_s);
    }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TagTreeModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<TagsPresenter> m_presenter;
};

constexpr int parallel = 4;

void TestTagsPresenterDetails::init()
{
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->addRepository(u"app"_s);
    m_model = std::make_unique<TagTreeModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    m_tester->setUseFetchMore(false);
    HttpSettings settings;
    settings.parallelRequests = parallel;
    settings.retry.firstDelay = std::chrono::milliseconds(1);
    m_presenter = std::make_unique<TagsPresenter>(
        std::make_shared<RegistrySession>(m_network, *RegistryAddress::parse(m_registry->host()),
                                          u"http"_s, settings),
        *RepositoryName::parse(u"app"_s), *m_model);
}

void TestTagsPresenterDetails::cleanup()
{
    m_presenter.reset();
    m_tester.reset();
    m_model.reset();
    m_registry.reset();
}

void TestTagsPresenterDetails::addTags(int count)
{
    for (int i = 0; i < count; ++i)
        TestImages::addImage(*m_registry, u"app"_s, QString::number(i),
                             {.layers = {QByteArray::number(i)}});
}

void TestTagsPresenterDetails::list()
{
    const QSignalSpy ended(m_presenter.get(), &TagsPresenter::listingEnded);
    m_presenter->reload();
    QVERIFY(m_presenter->isListing());
    QTRY_COMPARE(ended.size(), qsizetype(1));
    QVERIFY(!m_presenter->isListing());
}

static QStringList numbers(int first, int count)
{
    QStringList result;
    for (int i = first; i < first + count; ++i)
        result.append(QString::number(i));
    return result;
}

void TestTagsPresenterDetails::readsOnlyWhatSomebodySees()
{
    addTags(20);
    TestImages::addIndex(*m_registry, u"app"_s, u"multi"_s);
    list();
    const QSignalSpy coverage(m_presenter.get(), &TagsPresenter::coverageChanged);
    m_presenter->showDetailsOf({u"3"_s, u"multi"_s});
    QVERIFY(m_presenter->isReading(u"3"_s));
    QTRY_COMPARE(m_model->readCount(), qsizetype(2));
    QCOMPARE(coverage.size(), qsizetype(2));
    QVERIFY(!m_presenter->isReading(u"3"_s));
    QCOMPARE(manifestRequests(), qsizetype(3)); // Two tags, and one child of the index.
    const QModelIndex multi = m_model->find(u"multi"_s);
    QCOMPARE(multi.siblingAtColumn(TagTreeModel::PlatformsColumn).data().toString(),
             u"linux/amd64, linux/arm64"_s);
    QCOMPARE(m_model->rowCount(multi), 3);
    QCOMPARE(m_model->rowCount(m_model->find(u"3"_s)), 1);
    m_presenter->showDetailsOf({u"3"_s, u"multi"_s}); // They are known by now.
    QVERIFY(!m_presenter->isReading(u"3"_s));
}

void TestTagsPresenterDetails::neverAsksForMoreAtOnceThanTheLimit()
{
    addTags(30);
    list();
    HeldRequests held(*m_registry, "GET", u"/app/"_s); // Manifests and configurations.
    m_presenter->showDetailsOf(numbers(0, 30));
    qsizetype most = 0;
    while (m_model->readCount() < 30) {
        QTRY_VERIFY(held.count() > 0 || m_model->readCount() == 30);
        if (held.count() == 0)
            break;
        QCoreApplication::processEvents();
        most = qMax(most, held.count());
        held.answerOne();
    }
    QVERIFY2(most <= parallel, qPrintable(QString::number(most)));
}

void TestTagsPresenterDetails::givesUpRowsThatHaveLeft()
{
    addTags(40);
    list();
    HeldRequests held(*m_registry, "GET", u"/manifests/"_s);
    m_presenter->showDetailsOf(numbers(0, 20));
    QTRY_COMPARE(held.count(), qsizetype(parallel));
    m_presenter->showDetailsOf(numbers(30, 2));
    QCOMPARE(m_model->unreadTags().size(), qsizetype(38));
    QVERIFY(!m_presenter->isReading(u"0"_s));
    held.release();
    QTRY_COMPARE(m_model->readCount(), qsizetype(2));
    QVERIFY(manifestRequests() <= parallel + 2);
    m_presenter->showDetailsOf(numbers(0, 20)); // And back again.
    QTRY_COMPARE(m_model->readCount(), qsizetype(22));
}

void TestTagsPresenterDetails::readsAllDetails()
{
    addTags(40);
    list();
    m_presenter->readAll();
    QVERIFY(m_presenter->isReadingAll());
    m_presenter->showDetailsOf({}); // Scrolling does not disturb it.
    QTRY_COMPARE(m_model->readCount(), qsizetype(40));
    QTRY_VERIFY(!m_presenter->isReadingAll());
    QCOMPARE(manifestRequests(), qsizetype(40));
    m_presenter->readAll(); // Nothing is left to do.
    QVERIFY(!m_presenter->isReadingAll());
}

void TestTagsPresenterDetails::stopsReadingAllAndContinuesWhereItStopped()
{
    addTags(60);
    list();
    HeldRequests held(*m_registry, "GET", u"/manifests/"_s);
    m_presenter->readAll();
    // One place is left for what somebody waits for.
    QTRY_COMPARE(held.count(), qsizetype(parallel - 1));
    m_presenter->stopReadingAll();
    QVERIFY(!m_presenter->isReadingAll());
    held.release();
    // What was under way arrives; nothing new begins.
    QTRY_COMPARE(m_model->readCount() + m_model->unreadTags().size(), qsizetype(60));
    QVERIFY(m_model->readCount() < 30);
    m_presenter->readAll();
    QTRY_COMPARE(m_model->readCount(), qsizetype(60));
    QCOMPARE(manifestRequests(), qsizetype(60));
}

void TestTagsPresenterDetails::readsNoTagTwice()
{
    addTags(40);
    list();
    HeldRequests held(*m_registry, "GET", u"/manifests/"_s);
    m_presenter->readAll();
    m_presenter->showDetailsOf({u"39"_s}); // Somebody jumps to the end meanwhile.
    held.release();
    QTRY_COMPARE(m_model->readCount(), qsizetype(40));
    QTRY_VERIFY(!m_presenter->isReadingAll());
    QCOMPARE(m_registry->count("GET", u"/manifests/39"_s), qsizetype(1));
}

void TestTagsPresenterDetails::showsTheFailureOfOneRowAlone()
{
    addTags(3);
    list();
    m_registry->failNext("GET", u"/manifests/1"_s, {404});
    m_presenter->showDetailsOf(numbers(0, 3));
    QTRY_COMPARE(m_model->readCount(), qsizetype(2));
    QTRY_VERIFY(!m_presenter->isReading(u"1"_s));
    const QModelIndex row = m_model->find(u"1"_s);
    QVERIFY(!row.data(Qt::ToolTipRole).toString().isEmpty());
    QCOMPARE(row.siblingAtColumn(TagTreeModel::SizeColumn).data().toString(), u"!"_s);
    m_presenter->showDetailsOf(numbers(0, 3)); // Not again and again.
    QVERIFY(!m_presenter->isReading(u"1"_s));
    m_model->fetchMore(row); // Somebody opens the row.
    QTRY_COMPARE(m_model->readCount(), qsizetype(3));
}

LONGSHORE_UI_TEST(TestTagsPresenterDetails)
#include "tst_tagspresenter_details.moc"
