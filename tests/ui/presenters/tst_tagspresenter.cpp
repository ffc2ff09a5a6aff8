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

class TestTagsPresenter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void readsNamesAndNoDetails();
    void saysWhyTheListFailed();
    void listsOnceHoweverOftenItIsAsked();
    void stopsListing();
    void readsTheLayersOfAManifestThatIsOpened();
    void showsAManifestThatIsMissing();
    void endsQuietlyInTheMiddle();

private:
    void addTags(int count);
    void list();

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TagTreeModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<TagsPresenter> m_presenter;
};

constexpr int parallel = 4;

void TestTagsPresenter::init()
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

void TestTagsPresenter::cleanup()
{
    m_presenter.reset();
    m_tester.reset();
    m_model.reset();
    m_registry.reset();
}

void TestTagsPresenter::addTags(int count)
{
    for (int i = 0; i < count; ++i)
        TestImages::addImage(*m_registry, u"app"_s, QString::number(i),
                             {.layers = {QByteArray::number(i)}});
}

void TestTagsPresenter::list()
{
    const QSignalSpy ended(m_presenter.get(), &TagsPresenter::listingEnded);
    m_presenter->reload();
    QVERIFY(m_presenter->isListing());
    QTRY_COMPARE(ended.size(), qsizetype(1));
    QVERIFY(!m_presenter->isListing());
}

void TestTagsPresenter::readsNamesAndNoDetails()
{
    addTags(3);
    m_registry->behaviour.pageSize = 2;
    list();
    QCOMPARE(treeText(*m_model), u"0\n1\n2"_s);
    QCOMPARE(m_registry->count("GET"), qsizetype(2)); // Two pages.
}

void TestTagsPresenter::saysWhyTheListFailed()
{
    m_registry->failNext("GET", u"/tags/list"_s, {404});
    QSignalSpy failed(m_presenter.get(), &TagsPresenter::listingFailed);
    m_presenter->reload();
    QTRY_COMPARE(failed.size(), qsizetype(1));
    QCOMPARE(failed.first().first().value<Error>().kind, Error::Kind::NotFound);
    QVERIFY(!m_presenter->isListing());
}

void TestTagsPresenter::listsOnceHoweverOftenItIsAsked()
{
    addTags(5);
    HeldRequests held(*m_registry, "GET", u"/tags/list"_s);
    const QSignalSpy ended(m_presenter.get(), &TagsPresenter::listingEnded);
    const QSignalSpy failed(m_presenter.get(), &TagsPresenter::listingFailed);
    for (int i = 0; i < 50; ++i) { // LST-22
        m_presenter->reload();
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(held.count() > 0);
    held.release();
    QTRY_COMPARE(ended.size(), qsizetype(1));
    QCOMPARE(failed.size(), qsizetype(0));
    QCOMPARE(treeText(*m_model), u"0\n1\n2\n3\n4"_s);
    list(); // Nothing of the others is left over.
    QCOMPARE(treeText(*m_model), u"0\n1\n2\n3\n4"_s);
}

void TestTagsPresenter::stopsListing()
{
    addTags(5);
    m_registry->behaviour.pageSize = 2;
    const QSignalSpy ended(m_presenter.get(), &TagsPresenter::listingEnded);
    connect(m_model.get(), &QAbstractItemModel::rowsInserted, m_presenter.get(),
            &TagsPresenter::stopListing);
    m_presenter->reload();
    QTRY_VERIFY(!m_presenter->isListing());
    QCOMPARE(treeText(*m_model), u"0\n1"_s); // What has arrived stays.
    QCOMPARE(ended.size(), qsizetype(0));
}

void TestTagsPresenter::readsTheLayersOfAManifestThatIsOpened()
{
    TestImages::addImage(*m_registry, u"app"_s, u"1"_s);
    list();
    const QModelIndex tag = m_model->find(u"1"_s);
    m_model->fetchMore(tag);
    QTRY_COMPARE(m_model->rowCount(tag), 1);
    const QModelIndex manifest = m_model->index(0, 0, tag);
    m_model->fetchMore(manifest);
    QTRY_COMPARE(m_model->rowCount(manifest), 2);
    QCOMPARE(treeText(*m_model), u"1\n  linux/amd64\n    Layer 1\n    Layer 2"_s);
}

void TestTagsPresenter::showsAManifestThatIsMissing()
{
    TestImages::addIndex(*m_registry, u"app"_s, u"multi"_s);
    list();
    const QModelIndex tag = m_model->find(u"multi"_s);
    m_model->fetchMore(tag);
    QTRY_COMPARE(m_model->rowCount(tag), 3);
    m_registry->failNext("GET", u"/manifests/sha256"_s, {404});
    const QModelIndex arm = m_model->index(1, 0, tag);
    m_model->fetchMore(arm);
    QTRY_COMPARE(arm.siblingAtColumn(TagTreeModel::SizeColumn).data().toString(), u"!"_s);
    m_model->fetchMore(arm);
    QTRY_COMPARE(m_model->rowCount(arm), 2);
}

void TestTagsPresenter::endsQuietlyInTheMiddle()
{
    addTags(30);
    list();
    HeldRequests held(*m_registry, "GET", u"/manifests/"_s);
    m_presenter->readAll();
    // One place is left for what somebody waits for.
    QTRY_COMPARE(held.count(), qsizetype(parallel - 1));
    m_presenter.reset(); // A tab is closed.
    held.release();
    QCoreApplication::processEvents();
    QCOMPARE(m_model->readCount(), qsizetype(0));
}

LONGSHORE_UI_TEST(TestTagsPresenter)
#include "tst_tagspresenter.moc"
