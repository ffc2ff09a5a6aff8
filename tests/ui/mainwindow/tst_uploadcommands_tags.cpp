// SPDX-License-Identifier: Apache-2.0
#include "support/draganddrop.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/views/tagtreeview.h"

#include <QLineEdit>
#include <QStatusBar>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Tags that are dragged across the tree, in the whole window.
class TestUploadCommandsTags : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void takeTagsDraggedToAnotherRepository();
    void keepTheNameOfTagsDraggedToAConnectionOrFolder();
    void takeNoTagsOfAConnectionThatIsGone();

private:
    [[nodiscard]] QPoint pointOf(const QString &text) const
    {
        return m_test->registries().visualRect(rowOf(m_test->registries(), text)).center();
    }
    [[nodiscard]] QString hint() const { return m_test->window.statusBar()->currentMessage(); }
    [[nodiscard]] static QString repositoryIn(const QDialog &dialog)
    {
        return child<QLineEdit>(dialog, u"targetRepository"_s).text();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestUploadCommandsTags::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    TestImages::addImage(*m_registry, u"app"_s, u"1.0"_s);
    TestImages::addImage(*m_registry, u"team/web"_s, u"1.0"_s);
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->open(m_registry->host() + "/app"_L1);
    m_test->registries().expandAll();
}

void TestUploadCommandsTags::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

void TestUploadCommandsTags::takeTagsDraggedToAnotherRepository()
{
    chooseRow(m_test->tags(), u"1.0"_s);
    const auto *view = qobject_cast<TagTreeView *>(&m_test->tags());
    QVERIFY(view);
    QMimeData data;
    view->selectedDrag().writeTo(data);
    auto &tabs = child<QTabWidget>(m_test->window, u"pageTabs"_s);
    QVERIFY(!DragAndDrop(tabs, data).enter(tabs.rect().center())); // That is where they are.
    DragAndDrop drag(*m_test->registries().viewport(), data);
    QVERIFY(drag.enter(pointOf(u"web"_s)));
    QCOMPARE(hint(), u"Copy to team/web"_s);
    QVERIFY(drag.drop(pointOf(u"web"_s)));
    QDialog &dialog = awaitDialog(u"copyDialog"_s);
    QCOMPARE(repositoryIn(dialog), u"team/web"_s);
    fillIn(dialog, u"targetTag"_s, u"copied"_s);
    press(dialog, u"copy"_s);
    QTRY_COMPARE(m_registry->tags(u"team/web"_s), QStringList({u"1.0"_s, u"copied"_s}));
}

void TestUploadCommandsTags::keepTheNameOfTagsDraggedToAConnectionOrFolder()
{
    chooseRow(m_test->tags(), u"1.0"_s);
    QMimeData data;
    static_cast<TagTreeView &>(m_test->tags()).selectedDrag().writeTo(data);
    const QString connection = m_test->registries().model()->index(0, 0).data().toString();
    for (const auto &[row, proposed] :
         {std::pair(connection, u"app"_s), {u"team"_s, u"team/app"_s}}) {
        DragAndDrop drag(*m_test->registries().viewport(), data);
        QVERIFY(drag.enter(pointOf(row)) && drag.drop(pointOf(row)));
        QDialog &dialog = awaitDialog(u"copyDialog"_s);
        QCOMPARE(repositoryIn(dialog), proposed);
        dialog.reject();
        awaitNoDialog(u"copyDialog"_s);
    }
}

void TestUploadCommandsTags::takeNoTagsOfAConnectionThatIsGone()
{
    QMimeData data;
    TagDrag{u"gone"_s, u"reg.lab"_s, u"app"_s, {u"1"_s}}.writeTo(data);
    DragAndDrop drag(*m_test->registries().viewport(), data);
    QVERIFY(drag.enter(pointOf(u"app"_s)) && drag.drop(pointOf(u"app"_s)));
    QVERIFY2(hint().contains(u"not open"_s), qPrintable(hint()));
    QCOMPARE(openDialogs(u"copyDialog"_s), qsizetype(0));
}

LONGSHORE_UI_TEST(TestUploadCommandsTags)
#include "tst_uploadcommands_tags.moc"
