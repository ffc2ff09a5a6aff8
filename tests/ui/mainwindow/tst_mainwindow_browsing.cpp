// SPDX-License-Identifier: Apache-2.0
#include "support/modeltext.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/models/tagtreemodel.h"
#include "ui/pages/imagepage.h"
#include "ui/pages/repositorypage.h"
#include "ui/views/tagtreeview.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QStackedWidget>
#include <QTableView>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// What somebody sees of a repository and of an image.
class TestMainWindowBrowsing : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void sortsTagsNaturallyAndByEveryColumn();
    void filtersTagsAndSaysHowManyAreHidden();
    void opensATagToItsManifestsAndLayers();
    void opensAnImageWithEverythingAboutIt();
    void showsEachPlatformOfAnIndex();
    void followsTheSelectionInTheDetailsDock();
    void readsDetailsOfVisibleRowsOnly();

private:
    [[nodiscard]] QStringList shownTags() const;
    void sortBy(int column);
    [[nodiscard]] QString app() const { return m_registry->host() + "/team/app"_L1; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindowBrowsing::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    const QDateTime first(QDate(2024, 1, 1), QTime(12, 0), Qt::UTC);
    TestImages::addImage(*m_registry, u"team/app"_s, u"1.10"_s,
                         {.created = first.addDays(9), .layers = {QByteArray(5000, 'b')}});
    TestImages::addImage(*m_registry, u"team/app"_s, u"1.9"_s, {.created = first});
    TestImages::addIndex(*m_registry, u"team/app"_s, u"latest"_s);
    TestImages::addImage(*m_registry, u"tools"_s, u"v1"_s);
    m_test = std::make_unique<TestWindow>(m_folder->path());
}

void TestMainWindowBrowsing::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

QStringList TestMainWindowBrowsing::shownTags() const
{
    QStringList tags;
    for (int row = 0; row < m_test->tags().model()->rowCount(); ++row)
        tags.append(m_test->tags().model()->index(row, 0).data().toString());
    return tags;
}

/// Clicks on the header of the column.
void TestMainWindowBrowsing::sortBy(int column)
{
    const QHeaderView *header = m_test->tags().header();
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                      {header->sectionViewportPosition(column) + header->sectionSize(column) / 2,
                       header->height() / 2});
}

void TestMainWindowBrowsing::sortsTagsNaturallyAndByEveryColumn()
{
    m_test->open(app());
    const QStringList natural{u"1.9"_s, u"1.10"_s, u"latest"_s};
    QCOMPARE(shownTags(), natural);
    sortBy(TagTreeModel::NameColumn);
    QCOMPARE(shownTags(), QStringList(natural.crbegin(), natural.crend()));
    sortBy(TagTreeModel::CreatedColumn);
    QCOMPARE(shownTags(), QStringList({u"1.9"_s, u"1.10"_s, u"latest"_s}));
    sortBy(TagTreeModel::SizeColumn);
    QCOMPARE(shownTags().last(), u"1.10"_s);
    sortBy(TagTreeModel::SizeColumn);
    QCOMPARE(shownTags().first(), u"1.10"_s);
}

void TestMainWindowBrowsing::filtersTagsAndSaysHowManyAreHidden()
{
    m_test->open(app());
    const auto *page = m_test->page<RepositoryPage>();
    fillIn(*page, u"filterTags"_s, u"1."_s);
    QTRY_COMPARE(shownTags(), QStringList({u"1.9"_s, u"1.10"_s}));
    QVERIFY(child<QLabel>(*page, u"coverage"_s).text().startsWith("2 of 3 tags"_L1));
    fillIn(*page, u"filterTags"_s, u"nothing"_s);
    QTRY_COMPARE(child<QLabel>(*page, u"placeholderHeadline"_s).text(), u"No tag matches."_s);
    QCOMPARE(child<QLabel>(*page, u"placeholderText"_s).text(),
             u"3 tags are hidden by the filter."_s);
    press(*page, u"clearFilterButton"_s);
    QTRY_COMPARE(shownTags().size(), qsizetype(3));
    QVERIFY(child<QLineEdit>(*page, u"filterTags"_s).text().isEmpty());
}

void TestMainWindowBrowsing::opensATagToItsManifestsAndLayers()
{
    m_test->open(app());
    QTreeView &tags = m_test->tags();
    chooseRow(tags, u"latest"_s);
    QTest::keyClick(&tags, Qt::Key_Right);
    const QAbstractItemModel *model = tags.model();
    const QPersistentModelIndex latest = tags.currentIndex();
    QCOMPARE(model->rowCount(latest), 3);
    QCOMPARE(model->index(0, 0, latest).data().toString(), u"linux/amd64"_s);
    QCOMPARE(model->index(2, 0, latest).data().toString(), u"attestation"_s);
    tags.expand(model->index(0, 0, latest));
    QTRY_COMPARE(model->rowCount(model->index(0, 0, latest)), 2);
    chooseRow(tags, u"Layer 2"_s);
    QVERIFY(m_test->window.actions().exportLayer->isEnabled());
    QVERIFY(!m_test->window.actions().deleteTags->isEnabled());
}

void TestMainWindowBrowsing::opensAnImageWithEverythingAboutIt()
{
    m_test->open(app());
    chooseRow(m_test->tags(), u"1.9"_s);
    QTest::keyClick(&m_test->tags(), Qt::Key_Return);
    QTRY_VERIFY(m_test->page<ImagePage>());
    m_test->waitUntilSettled();
    const ImagePage &page = *m_test->page<ImagePage>();
    QCOMPARE(child<QLabel>(page, u"reference"_s).text(), app() + ":1.9"_L1);
    const auto &tabs = child<QTabWidget>(page, u"imageTabs"_s);
    QStringList titles;
    for (int i = 0; i < tabs.count(); ++i) {
        if (tabs.isTabVisible(i))
            titles.append(tabs.tabText(i).remove(u'&'));
    }
    QCOMPARE(titles, QStringList({u"Overview"_s, u"Layers"_s, u"Configuration"_s, u"Manifest"_s}));
    const auto *layers = child<QTableView>(page, u"layers"_s).model();
    QCOMPARE(layers->rowCount(), 3);
    QVERIFY(layers->index(0, 2).data().toString().contains("make layer one"_L1));
    QCOMPARE(layers->index(2, 1).data().toString(), u"no files"_s); // CMD
}

void TestMainWindowBrowsing::showsEachPlatformOfAnIndex()
{
    m_test->open(app() + ":latest"_L1);
    const ImagePage &page = *m_test->page<ImagePage>();
    auto &choice = child<QComboBox>(page, u"platformChoice"_s);
    QCOMPARE(choice.count(), 2); // The attestation is no platform.
    QCOMPARE(choice.currentText(), u"linux/amd64"_s);
    const auto &documents = child<QTabWidget>(page, u"imageTabs"_s);
    const auto architecture = [&] {
        return treeText(*documents.widget(3)->findChild<QTreeView *>()->model(), 2);
    };
    QVERIFY(architecture().contains("amd64"_L1));
    QTest::keyClick(&choice, Qt::Key_Down);
    QTRY_VERIFY(architecture().contains("arm64"_L1));
    QCOMPARE(choice.currentText(), u"linux/arm64"_s);
}

void TestMainWindowBrowsing::followsTheSelectionInTheDetailsDock()
{
    m_test->open(app());
    const auto &dock = child<QWidget>(m_test->window, u"detailsDock"_s);
    const auto *details = child<QTreeView>(dock, u"properties"_s).model();
    chooseRow(m_test->tags(), u"1.9"_s);
    QVERIFY(treeText(*details, 2).contains("1.9"_L1));
    chooseRow(m_test->tags(), u"1.10"_s);
    QVERIFY(treeText(*details, 2).contains("1.10"_L1));
    QVERIFY(!treeText(*details, 2).contains("1.9"_L1));
}

void TestMainWindowBrowsing::readsDetailsOfVisibleRowsOnly()
{
    const Digest digest = TestImages::addImage(*m_registry, u"many"_s, u"v"_s);
    for (int i = 0; i < 500; ++i)
        m_registry->setTag(u"many"_s, u"v%1"_s.arg(i), digest);
    m_test->open(m_registry->host() + "/many"_L1);
    const auto *page = m_test->page<RepositoryPage>();
    const auto &coverage = child<QLabel>(*page, u"coverage"_s);
    QVERIFY(coverage.text().startsWith(u"501 tags \u00b7 details of "_s));
    const qsizetype read = m_registry->count("GET", u"/v2/many/manifests/"_s)
                           + m_registry->count("HEAD", u"/v2/many/manifests/"_s);
    QVERIFY2(read > 0 && read < 200, qPrintable(QString::number(read)));
    press(*page, u"readAll"_s);
    QTRY_COMPARE_WITH_TIMEOUT(coverage.text(), u"501 tags"_s, 60'000);
}

LONGSHORE_UI_TEST(TestMainWindowBrowsing)
#include "tst_mainwindow_browsing.moc"
