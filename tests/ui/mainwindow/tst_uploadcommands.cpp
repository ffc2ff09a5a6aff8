// SPDX-License-Identifier: Apache-2.0
#include "support/draganddrop.h"
#include "support/testlayout.h"
#include "support/testwindow.h"
#include "support/uitest.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QStatusBar>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Files that are chosen or dropped, in the whole window.
class TestUploadCommands : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void offerNothingWithoutAConnection();
    void explainAReadOnlyConnection_data();
    void explainAReadOnlyConnection();
    void proposeTheRepositoryInFront();
    void proposeWhatIsSelectedInTheTree();
    void takeFilesDroppedOnARepositoryOfTheTree();
    void takeFilesDroppedOnThePage();
    void refuseDropsThatWouldDoNothing();
    void refuseDropsOnAReadOnlyConnection();
    void openAFolderThatSomebodyStaysOn();
    void readNothingBeforeTheDrop();
    void sayWhatIsNoFileOfThisComputer();
    void showTheNewTag();
    void askForTheRepositoryOfAConnectionOrFolder();

private:
    void connectToRegistry();
    [[nodiscard]] QPoint pointOf(const QString &text) const
    {
        return m_test->registries().visualRect(rowOf(m_test->registries(), text)).center();
    }
    [[nodiscard]] QString hint() const { return m_test->window.statusBar()->currentMessage(); }
    [[nodiscard]] static QString repositoryIn(const QDialog &dialog)
    {
        return child<QLineEdit>(dialog, u"targetRepository"_s).text();
    }
    [[nodiscard]] QAction &upload() const { return *m_test->window.actions().uploadImage; }

    QMimeData m_files;
    TestLayout m_layout;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestUploadCommands::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    const Digest image = TestImages::addImage(*m_registry, u"app"_s, u"1.0"_s);
    TestImages::addImage(*m_registry, u"team/web"_s, u"1.0"_s);
    m_layout.save(*m_registry, u"app"_s, {{u"2.0"_s, image}});
    m_files.setUrls({QUrl::fromLocalFile(m_layout.path())});
    m_test = std::make_unique<TestWindow>(m_folder->path());
}

void TestUploadCommands::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

void TestUploadCommands::connectToRegistry()
{
    m_test->connectTo(*m_registry);
    m_test->registries().expandAll();
}

void TestUploadCommands::offerNothingWithoutAConnection()
{
    QVERIFY(!upload().isEnabled());
    QVERIFY2(upload().toolTip().contains(u"Select a repository"_s), qPrintable(upload().toolTip()));
    connectToRegistry();
    QVERIFY(upload().isEnabled() && m_test->window.actions().uploadFolder->isEnabled());
    QCOMPARE(upload().toolTip(), upload().statusTip());
}

void TestUploadCommands::explainAReadOnlyConnection_data()
{
    QTest::addColumn<bool>("isProduction");
    QTest::addColumn<QString>("reason");
    QTest::newRow("read-only") << false << u"This connection is read-only."_s;
    QTest::newRow("production")
        << true
        << u"This registry is in production: allow changes to it first, in the menu Connection."_s;
}

void TestUploadCommands::explainAReadOnlyConnection()
{
    QFETCH(const bool, isProduction);
    QFETCH(const QString, reason);
    connectToRegistry();
    SavedConnection connection = m_test->connections.connections().first();
    connection.isReadOnly = !isProduction;
    connection.isProduction = isProduction;
    QVERIFY(m_test->connections.save(connection));
    TestWindow again(m_folder->path());
    again.open(m_registry->host() + "/app"_L1);
    const QAction &action = *again.window.actions().uploadImage;
    QVERIFY(!action.isEnabled());
    QCOMPARE(action.toolTip(), reason);
}

void TestUploadCommands::proposeTheRepositoryInFront()
{
    m_test->open(m_registry->host() + "/app:1.0"_L1);
    upload().trigger();
    auto *files = qobject_cast<QFileDialog *>(&awaitDialog(u"uploadFileDialog"_s));
    emit files->filesSelected({m_layout.path()});
    QCOMPARE(repositoryIn(awaitDialog(u"uploadDialog"_s)), u"app"_s);
}

void TestUploadCommands::proposeWhatIsSelectedInTheTree()
{
    m_test->open(m_registry->host() + "/app"_L1);
    connectToRegistry();
    chooseRow(m_test->registries(), u"team"_s);
    m_test->registries().setFocus();
    m_test->window.actions().uploadFolder->trigger();
    auto *folder = qobject_cast<QFileDialog *>(&awaitDialog(u"uploadFolderDialog"_s));
    emit folder->filesSelected({m_layout.path()});
    QCOMPARE(repositoryIn(awaitDialog(u"uploadDialog"_s)), u"team/"_s); // To be completed.
}

void TestUploadCommands::takeFilesDroppedOnARepositoryOfTheTree()
{
    connectToRegistry();
    DragAndDrop drag(*m_test->registries().viewport(), m_files);
    QVERIFY(drag.enter(pointOf(u"web"_s)));
    QCOMPARE(hint(), u"Upload to team/web"_s);
    QVERIFY(drag.drop(pointOf(u"web"_s)));
    QCOMPARE(hint(), QString());
    QDialog &dialog = awaitDialog(u"uploadDialog"_s);
    QCOMPARE(repositoryIn(dialog), u"team/web"_s);
    press(dialog, u"upload"_s);
    QTRY_COMPARE(m_registry->tags(u"team/web"_s), QStringList({u"1.0"_s, u"2.0"_s}));
}

void TestUploadCommands::takeFilesDroppedOnThePage()
{
    m_test->open(m_registry->host() + "/app"_L1);
    auto &tabs = child<QTabWidget>(m_test->window, u"pageTabs"_s);
    DragAndDrop drag(tabs, m_files);
    QVERIFY(drag.enter(tabs.rect().center()));
    QCOMPARE(hint(), u"Upload to app"_s);
    QVERIFY(drag.drop(tabs.rect().center()));
    QCOMPARE(repositoryIn(awaitDialog(u"uploadDialog"_s)), u"app"_s);
}

void TestUploadCommands::refuseDropsThatWouldDoNothing()
{
    m_test->open(m_registry->host() + "/app:1.0"_L1);
    m_test->registries().expandAll();
    QTreeView &tree = m_test->registries();
    DragAndDrop overNothing(*tree.viewport(), m_files);
    QVERIFY(!overNothing.enter(tree.viewport()->rect().bottomRight()));
    QVERIFY(hint().startsWith(u"Drop files on a repository"_s));
    overNothing.leave();
    QCOMPARE(openDialogs(u"uploadDialog"_s), qsizetype(0));
}

void TestUploadCommands::refuseDropsOnAReadOnlyConnection()
{
    connectToRegistry();
    SavedConnection connection = m_test->connections.connections().first();
    connection.isReadOnly = true;
    QVERIFY(m_test->connections.save(connection));
    TestWindow again(m_folder->path());
    again.open(m_registry->host() + "/app"_L1);
    auto &tabs = child<QTabWidget>(again.window, u"pageTabs"_s);
    DragAndDrop drag(tabs, m_files);
    QVERIFY(!drag.enter(tabs.rect().center()));
    QCOMPARE(again.window.statusBar()->currentMessage(), u"This connection is read-only."_s);
}

void TestUploadCommands::openAFolderThatSomebodyStaysOn()
{
    m_test->connectTo(*m_registry);
    const QModelIndex connection = m_test->registries().model()->index(0, 0);
    m_test->registries().expand(connection);
    m_test->registries().collapse(rowOf(m_test->registries(), u"team"_s));
    DragAndDrop drag(*m_test->registries().viewport(), m_files);
    QVERIFY(drag.enter(pointOf(u"team"_s)));
    QTRY_VERIFY(m_test->registries().isExpanded(rowOf(m_test->registries(), u"team"_s)));
}

void TestUploadCommands::readNothingBeforeTheDrop()
{
    /// Whoever drags is asked for its data when somebody reads it.
    class LazyFiles final : public QMimeData
    {
    public:
        mutable int reads = 0;
        [[nodiscard]] QStringList formats() const override { return {u"text/uri-list"_s}; }

    protected:
        [[nodiscard]] QVariant retrieveData(const QString &, QMetaType) const override
        {
            ++reads;
            return {};
        }
    };
    connectToRegistry();
    const LazyFiles files;
    DragAndDrop drag(*m_test->registries().viewport(), files);
    QVERIFY(drag.enter(pointOf(u"app"_s)));
    QVERIFY(drag.moveTo(pointOf(u"web"_s)));
    QCOMPARE(files.reads, 0);
}

void TestUploadCommands::sayWhatIsNoFileOfThisComputer()
{
    connectToRegistry();
    QMimeData link;
    link.setUrls({QUrl(u"https://example.org/a.tar"_s)});
    DragAndDrop drag(*m_test->registries().viewport(), link);
    QVERIFY(drag.enter(pointOf(u"app"_s)));
    QVERIFY(drag.drop(pointOf(u"app"_s)));
    QVERIFY2(hint().contains(u"of this computer"_s), qPrintable(hint()));
    QCOMPARE(openDialogs(u"uploadDialog"_s), qsizetype(0));
}

void TestUploadCommands::showTheNewTag()
{
    m_test->open(m_registry->host() + "/app"_L1);
    QCOMPARE(m_test->tags().model()->rowCount(), 1);
    auto &tabs = child<QTabWidget>(m_test->window, u"pageTabs"_s);
    DragAndDrop drag(tabs, m_files);
    QVERIFY(drag.enter(tabs.rect().center()) && drag.drop(tabs.rect().center()));
    press(awaitDialog(u"uploadDialog"_s), u"upload"_s);
    QTRY_COMPARE(m_test->tags().model()->rowCount(), 2);
}

void TestUploadCommands::askForTheRepositoryOfAConnectionOrFolder()
{
    connectToRegistry();
    const QString connection = m_test->registries().model()->index(0, 0).data().toString();
    for (const auto &[row, proposed] :
         {std::pair(connection, QString()), {u"team"_s, u"team/"_s}}) {
        DragAndDrop drag(*m_test->registries().viewport(), m_files);
        QVERIFY(drag.enter(pointOf(row)));
        QCOMPARE(hint(),
                 QString(u"Upload to "_s + (proposed.isEmpty() ? m_registry->host() : proposed)));
        QVERIFY(drag.drop(pointOf(row)));
        QDialog &dialog = awaitDialog(u"uploadDialog"_s);
        QCOMPARE(repositoryIn(dialog), proposed); // To be completed.
        dialog.reject();
        awaitNoDialog(u"uploadDialog"_s);
    }
}

LONGSHORE_UI_TEST(TestUploadCommands)
#include "tst_uploadcommands.moc"
