// SPDX-License-Identifier: Apache-2.0
#include "support/snapshot.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/pages/imagepage.h"
#include "ui/pages/repositorypage.h"

#include <QAccessible>
#include <QClipboard>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QTableView>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Everything can be found, named and reached: by people with a keyboard, by assistive tools.
class TestMainWindowAccess : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void givesEveryActionIconTextTipAndKey();
    void givesNoKeyTwice();
    void offersEveryActionInAMenu();
    void namesEveryControlOfEachPage_data();
    void namesEveryControlOfEachPage();
    void namesEveryControlOfEachDialog_data();
    void namesEveryControlOfEachDialog();
    void namesTheMainPartsForAssistiveTools();
    void looksRightInLightAndDark_data();
    void looksRightInLightAndDark();
    void filtersAndOpensByKeyboardAlone();
    void copiesWhatIsSelected();

private:
    [[nodiscard]] QList<QAction *> actions() const;
    [[nodiscard]] QAction &action(const QString &name) const;
    [[nodiscard]] QString app() const { return m_registry->host() + "/team/app"_L1; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindowAccess::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    TestImages::addImage(*m_registry, u"team/app"_s, u"1.0"_s);
    TestImages::addIndex(*m_registry, u"team/app"_s, u"latest"_s);
    m_registry->addRepository(u"empty"_s);
    m_test = std::make_unique<TestWindow>(m_folder->path());
}

void TestMainWindowAccess::cleanup()
{
    m_test->window.actions().themeSystem->trigger();
    m_test.reset();
    m_registry.reset();
}

/// All of the menus, the ones of the docks included.
QList<QAction *> TestMainWindowAccess::actions() const
{
    QList<QAction *> result;
    const auto menus = m_test->window.findChildren<QMenu *>();
    for (const QMenu *menu : menus) {
        const auto entries = menu->actions();
        std::copy_if(
            entries.begin(), entries.end(), std::back_inserter(result),
            [](const QAction *action) { return !action->isSeparator() && !action->menu(); });
    }
    return result;
}

QAction &TestMainWindowAccess::action(const QString &name) const
{
    const QList<QAction *> all = m_test->window.actions().all();
    for (QAction *action : all) {
        if (action->objectName() == name)
            return *action;
    }
    qFatal("no action is named \"%s\"", qPrintable(name));
}

void TestMainWindowAccess::givesEveryActionIconTextTipAndKey()
{
    QVERIFY(actions().size() > 20);
    const QList<QAction *> all = actions() + m_test->window.actions().all();
    for (const QAction *action : all) {
        const QString name = action->objectName();
        QVERIFY2(!name.isEmpty(), qPrintable(action->text()));
        QVERIFY2(!action->text().isEmpty(), qPrintable(name));
        QVERIFY2(!action->statusTip().isEmpty(), qPrintable(name));
        QVERIFY2(!action->shortcut().isEmpty(), qPrintable(name));
        QVERIFY2(!action->icon().isNull() && !action->icon().pixmap(16).isNull(), qPrintable(name));
    }
}

void TestMainWindowAccess::givesNoKeyTwice()
{
    QHash<QString, QString> owners;
    for (const QAction *action : actions()) {
        const auto keys = action->shortcuts();
        for (const QKeySequence &key : keys) {
            const QString text = key.toString();
            QVERIFY2(!owners.contains(text), qPrintable(text + ": "_L1 + owners.value(text)
                                                        + ", "_L1 + action->objectName()));
            QVERIFY2(!text.contains("Ctrl+Alt"_L1), qPrintable(text)); // AltGr of many keyboards.
            owners.insert(text, action->objectName());
        }
    }
}

void TestMainWindowAccess::offersEveryActionInAMenu()
{
    const QList<QAction *> shown = actions();
    for (QAction *action : m_test->window.actions().all())
        QVERIFY2(shown.contains(action), qPrintable(action->objectName()));
}

void TestMainWindowAccess::namesEveryControlOfEachPage_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<int>("tab");
    QTest::newRow("start page") << QString() << 0;
    QTest::newRow("repository") << u"/team/app"_s << 0;
    QTest::newRow("empty repository") << u"/empty"_s << 0;
    QTest::newRow("unknown repository") << u"/unknown"_s << 0;
    for (int tab = 0; tab < 6; ++tab)
        QTest::addRow("image tab %d", tab) << u"/team/app:latest"_s << tab;
}

void TestMainWindowAccess::namesEveryControlOfEachPage()
{
    QFETCH(QString, place);
    QFETCH(int, tab);
    if (!place.isEmpty())
        m_test->open(m_registry->host() + place);
    if (m_test->page<ImagePage>())
        child<QTabWidget>(*m_test->page<ImagePage>(), u"imageTabs"_s).setCurrentIndex(tab);
    snap(m_test->window, QString::fromLatin1(QTest::currentDataTag()));
    const QStringList complaints = WidgetChecks::complaintsAbout(m_test->window);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
}

void TestMainWindowAccess::namesEveryControlOfEachDialog_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("dialog");
    for (const auto &[command, dialog] : std::initializer_list<std::pair<QString, QString>>{
             {u"connectTo"_s, u"connectDialog"_s},
             {u"editConnection"_s, u"connectDialog"_s},
             {u"removeConnection"_s, u"removeConnectionDialog"_s},
             {u"deleteTags"_s, u"deleteDialog"_s},
             {u"shortcuts"_s, u"shortcutsDialog"_s},
             {u"about"_s, u"aboutDialog"_s}})
        QTest::newRow(qPrintable(command)) << command << dialog;
}

void TestMainWindowAccess::namesEveryControlOfEachDialog()
{
    QFETCH(QString, command);
    QFETCH(QString, dialog);
    m_test->open(app());
    chooseRow(m_test->tags(), u"1.0"_s);
    action(command).trigger();
    QDialog &shown = awaitDialog(dialog);
    shown.activateWindow();
    QTRY_VERIFY(QApplication::focusWidget() && shown.isAncestorOf(QApplication::focusWidget()));
    QVERIFY(!shown.windowTitle().isEmpty());
    snap(shown, command);
    const QStringList complaints = WidgetChecks::complaintsAbout(shown);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    QTest::keyClick(&shown, Qt::Key_Escape);
    awaitNoDialog(dialog);
}

void TestMainWindowAccess::namesTheMainPartsForAssistiveTools()
{
    const auto check = [](QWidget &widget, const QString &name, QAccessible::Role role) {
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&widget);
        return accessible->text(QAccessible::Name) == name && accessible->role() == role;
    };
    m_test->open(app() + ":1.0"_L1);
    QVERIFY(check(m_test->registries(), u"Registries"_s, QAccessible::Tree));
    QVERIFY(check(child<QWidget>(m_test->window, u"layers"_s), u"Layers"_s, QAccessible::Table));
    QVERIFY(
        check(child<QWidget>(m_test->window, u"transfers"_s), u"Transfers"_s, QAccessible::Tree));
    m_test->open(app());
    QVERIFY(check(m_test->tags(), u"Tags"_s, QAccessible::Tree));
    QVERIFY(check(child<QLineEdit>(*m_test->page<RepositoryPage>(), u"filterTags"_s),
                  u"Filter tags"_s, QAccessible::EditableText));
}

void TestMainWindowAccess::looksRightInLightAndDark_data()
{
    QTest::addColumn<QString>("theme");
    QTest::newRow("light") << u"themeLight"_s;
    QTest::newRow("dark") << u"themeDark"_s;
}

/// Text and icons stand out from the ground that they are on.
void TestMainWindowAccess::looksRightInLightAndDark()
{
    QFETCH(QString, theme);
    action(theme).trigger();
    m_test->open(app());
    snap(m_test->window, theme);
    const auto lightness = [](const QColor &colour) { return colour.lightness(); };
    const QPalette palette = m_test->tags().palette();
    QVERIFY(
        qAbs(lightness(palette.color(QPalette::Text)) - lightness(palette.color(QPalette::Base)))
        > 128);
    const QImage icon =
        m_test->window.actions().reload->icon().pixmap(32).toImage().convertToFormat(
            QImage::Format_ARGB32);
    int strongest = 0;
    for (int i = 0; i < icon.width() * icon.height(); ++i) {
        const QColor pixel = icon.pixelColor(i % icon.width(), i / icon.width());
        if (pixel.alpha() > 200)
            strongest = qMax(strongest,
                             qAbs(lightness(pixel) - lightness(palette.color(QPalette::Window))));
    }
    QVERIFY(strongest > 90);
}

void TestMainWindowAccess::filtersAndOpensByKeyboardAlone()
{
    m_test->open(app());
    QTRY_VERIFY(m_test->tags().hasFocus());
    auto &filter = child<QLineEdit>(*m_test->page<RepositoryPage>(), u"filterTags"_s);
    QTest::keyClick(&m_test->tags(), Qt::Key_Slash);
    QVERIFY(filter.hasFocus());
    QTest::keyClicks(&filter, u"1."_s);
    QTest::keyClick(&filter, Qt::Key_Down);
    QVERIFY(m_test->tags().hasFocus());
    QCOMPARE(m_test->tags().currentIndex().data().toString(), u"1.0"_s);
    QTest::keyClick(&m_test->tags(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(filter.hasFocus());
    QCOMPARE(filter.selectedText(), u"1."_s);
    QTest::keyClick(&filter, Qt::Key_Escape);
    QTest::keyClick(&filter, Qt::Key_Escape);
    QVERIFY(m_test->tags().hasFocus());
    QTRY_COMPARE(m_test->tags().model()->rowCount(), 2);
    chooseRow(m_test->tags(), u"1.0"_s);
    QTest::keyClick(&m_test->tags(), Qt::Key_Return);
    QTRY_VERIFY(m_test->page<ImagePage>());
    QTest::keyClick(&m_test->window, Qt::Key_Up, Qt::AltModifier);
    QTRY_VERIFY(m_test->page<RepositoryPage>());
}

void TestMainWindowAccess::copiesWhatIsSelected()
{
    m_test->open(app());
    chooseRow(m_test->tags(), u"1.0"_s);
    QTest::keyClick(&m_test->tags(), Qt::Key_C, Qt::ControlModifier);
    const QString reference = app() + ":1.0"_L1;
    QCOMPARE(QGuiApplication::clipboard()->text(), reference);
    m_test->window.actions().copyPullCommand->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), "docker pull "_L1 + reference);
    m_test->window.actions().copyDigest->trigger();
    QVERIFY(Digest::parse(QGuiApplication::clipboard()->text()));
    m_test->tags().selectAll();
    m_test->window.actions().copyReference->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text().split(u'\n').size(), qsizetype(2));
}

LONGSHORE_UI_TEST(TestMainWindowAccess)
#include "tst_mainwindow_access.moc"
