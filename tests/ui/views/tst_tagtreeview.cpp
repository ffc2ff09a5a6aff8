// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/models/tagtreemodel.h"
#include "ui/views/tagtreeview.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestTagTreeView : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void tellsTheTagsOnTheScreenAndAFewMore();
    void tellsTheTagsThatSomebodyScrollsTo();
    void tellsThatAFilterLeftNone();
    void looksAtAScreenfulOfAHundredThousand();
    void tellsNoRowsOfManifestsForTags();
    void opensTagsAndManifests();
    void keepsTheOrderOfTheServerUntilSomebodySorts();
    void tellsEveryChangeOfTheSelection();
    void letsTagsBeDraggedAndNothingElse();
    void canBeUsedByKeyboard();

private:
    void addTags(int count);
    void addManifest(const QString &tag);
    [[nodiscard]] QStringList visible() const { return m_visible->last().first().toStringList(); }

    std::unique_ptr<TagTreeModel> m_model;
    std::unique_ptr<TagTreeView> m_view;
    std::unique_ptr<QSignalSpy> m_visible;
};

void TestTagTreeView::init()
{
    m_model = std::make_unique<TagTreeModel>();
    m_view = std::make_unique<TagTreeView>(*m_model);
    m_visible = std::make_unique<QSignalSpy>(m_view.get(), &TagTreeView::visibleTagsChanged);
    m_view->resize(900, 300);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

void TestTagTreeView::cleanup()
{
    m_visible.reset();
    m_view.reset();
    m_model.reset();
}

void TestTagTreeView::addTags(int count)
{
    QStringList tags;
    for (int i = 0; i < count; ++i)
        tags.append(u"v%1"_s.arg(i, 6, 10, QChar(u'0')));
    m_model->appendTags(tags);
}

void TestTagTreeView::addManifest(const QString &tag)
{
    TagRow row{{MediaType::ociIndex(), Digest::ofBytes("index"), 400}, {}, 1, {}, {}};
    row.children.append(
        {{MediaType::ociManifest(), Digest::ofBytes("image"), 300}, u"linux/amd64"_s, false});
    m_model->setDetails(tag, row);
    m_model->setLayers(tag, Digest::ofBytes("image").toString(),
                       {{MediaType::parse(u"x/layer"_s), Digest::ofBytes("layer"), 10}});
    m_view->expandAll();
}

void TestTagTreeView::tellsTheTagsOnTheScreenAndAFewMore()
{
    addTags(500);
    QTRY_VERIFY(!m_visible->isEmpty() && !visible().isEmpty());
    const int onScreen = m_view->viewport()->height() / m_view->sizeHintForRow(0);
    QCOMPARE(visible().first(), u"v000000"_s);
    QVERIFY(visible().size() >= onScreen && visible().size() <= 3 * onScreen);
    for (qsizetype i = 0; i < visible().size(); ++i)
        QCOMPARE(visible().at(i), m_model->index(static_cast<int>(i), 0).data().toString());
}

void TestTagTreeView::tellsTheTagsThatSomebodyScrollsTo()
{
    addTags(500);
    QTRY_VERIFY(!m_visible->isEmpty() && !visible().isEmpty());
    m_view->setCurrentIndex(m_model->index(0, 0));
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QTRY_COMPARE(visible().last(), u"v000499"_s);
    QVERIFY(!visible().contains(u"v000000"_s));
}

void TestTagTreeView::tellsThatAFilterLeftNone()
{
    addTags(5);
    QTRY_VERIFY(!m_visible->isEmpty() && !visible().isEmpty());
    m_model->setFilter(u"nothing"_s);
    QTRY_VERIFY(visible().isEmpty());
}

void TestTagTreeView::looksAtAScreenfulOfAHundredThousand()
{
    addTags(100'000);
    QTRY_VERIFY(!m_visible->isEmpty() && !visible().isEmpty());
    QVERIFY(visible().size() < 200);
}

void TestTagTreeView::tellsNoRowsOfManifestsForTags()
{
    addTags(3);
    addManifest(u"v000000"_s);
    m_view->scrollToTop();
    QTRY_COMPARE(m_visible->isEmpty() ? QStringList() : visible(),
                 QStringList({u"v000000"_s, u"v000001"_s, u"v000002"_s}));
    m_view->selectAll();
    QCOMPARE(m_view->selectedTags().size(), qsizetype(3));
}

void TestTagTreeView::opensTagsAndManifests()
{
    addTags(1);
    addManifest(u"v000000"_s);
    QSignalSpy tag(m_view.get(), &TagTreeView::tagActivated);
    QSignalSpy manifest(m_view.get(), &TagTreeView::manifestActivated);
    for (const QString &text : {u"v000000"_s, u"linux/amd64"_s, u"Layer 1"_s}) {
        m_view->setCurrentIndex(rowOf(*m_view, text));
        QTest::keyClick(m_view.get(), Qt::Key_Return);
    }
    QCOMPARE(tag.size(), qsizetype(1));
    QCOMPARE(tag.first(), QVariantList{u"v000000"_s});
    QCOMPARE(manifest.size(), qsizetype(1));
    QCOMPARE(manifest.first(), QVariantList({u"v000000"_s, Digest::ofBytes("image").toString()}));
}

void TestTagTreeView::keepsTheOrderOfTheServerUntilSomebodySorts()
{
    m_model->appendTags({u"b"_s, u"c"_s, u"a"_s});
    QCOMPARE(m_view->header()->sortIndicatorSection(), -1);
    QCOMPARE(m_model->index(0, 0).data().toString(), u"b"_s);
    QHeaderView &header = *m_view->header();
    QTest::mouseClick(header.viewport(), Qt::LeftButton, {},
                      {header.sectionViewportPosition(0) + 20, header.height() / 2});
    QCOMPARE(m_model->index(0, 0).data().toString(), u"a"_s);
    QTest::mouseClick(header.viewport(), Qt::LeftButton, {},
                      {header.sectionViewportPosition(0) + 20, header.height() / 2});
    QCOMPARE(m_model->index(0, 0).data().toString(), u"c"_s);
}

void TestTagTreeView::tellsEveryChangeOfTheSelection()
{
    addTags(3);
    QSignalSpy changed(m_view.get(), &TagTreeView::selectionHasChanged);
    chooseRow(*m_view, u"v000001"_s);
    QCOMPARE(m_view->selectedTags(), QStringList{u"v000001"_s});
    QCOMPARE(changed.size(), qsizetype(1));
    QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(m_view->selectedTags().size(), qsizetype(2));
    QVERIFY(changed.size() > 1);
}

void TestTagTreeView::letsTagsBeDraggedAndNothingElse()
{
    addTags(2);
    addManifest(u"v000001"_s);
    m_view->setOrigin({u"id"_s, u"reg.lab"_s, u"team/app"_s, {}});
    const QModelIndex tag = rowOf(*m_view, u"v000001"_s);
    QVERIFY(m_view->dragEnabled() && !m_view->acceptDrops());
    QVERIFY(tag.flags().testFlag(Qt::ItemIsDragEnabled));
    QVERIFY(!m_model->index(0, 0, tag).flags().testFlag(Qt::ItemIsDragEnabled));
    m_view->selectAll();
    QCOMPARE(m_view->selectedDrag(),
             (TagDrag{u"id"_s, u"reg.lab"_s, u"team/app"_s, {u"v000000"_s, u"v000001"_s}}));
}

void TestTagTreeView::canBeUsedByKeyboard()
{
    addTags(3);
    const QStringList complaints = WidgetChecks::complaintsAbout(*m_view);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    QCOMPARE(m_view->accessibleName(), u"Tags"_s);
    QVERIFY(m_view->uniformRowHeights()); // Else every row is measured.
    QVERIFY(m_view->minimumSizeHint().width() < 300);
}

LONGSHORE_UI_TEST(TestTagTreeView)
#include "tst_tagtreeview.moc"
