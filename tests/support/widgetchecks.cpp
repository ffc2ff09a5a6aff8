// SPDX-License-Identifier: Apache-2.0
#include "support/widgetchecks.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QSet>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace WidgetChecks {

namespace {

QString nameOf(const QWidget &widget)
{
    const auto *button = qobject_cast<const QToolButton *>(&widget);
    if (button && button->defaultAction())
        return button->defaultAction()->objectName();
    return widget.objectName();
}

/// Made and named by Qt itself, such as the buttons of a dock.
bool isOfQt(const QWidget &widget)
{
    const QString name = nameOf(widget);
    if (name.startsWith("qt_"_L1) || name.startsWith("_q_"_L1)
        || name.startsWith("Scroll"_L1) // The arrows of a row of tabs.
        || widget.inherits("QTableCornerButton"))
        return true;
    for (const QWidget *parent = widget.parentWidget(); parent; parent = parent->parentWidget()) {
        if (qobject_cast<const QHeaderView *>(parent) || qobject_cast<const QComboBox *>(parent)
            || parent->inherits("QFileDialog"))
            return true;
    }
    return qobject_cast<const QHeaderView *>(&widget) != nullptr;
}

bool isControl(const QWidget &widget)
{
    return !isOfQt(widget)
           && (qobject_cast<const QAbstractButton *>(&widget)
               || qobject_cast<const QAbstractItemView *>(&widget)
               || qobject_cast<const QComboBox *>(&widget)
               || qobject_cast<const QLineEdit *>(&widget)
               || qobject_cast<const QPlainTextEdit *>(&widget)
               || qobject_cast<const QProgressBar *>(&widget));
}

QString describe(const QWidget &widget)
{
    return u"%1 \"%2\""_s.arg(QString::fromLatin1(widget.metaObject()->className()),
                              nameOf(widget));
}

QList<QWidget *> widgetsIn(const QWidget &window)
{
    return window.findChildren<QWidget *>();
}

QChar mnemonicOf(const QString &text)
{
    const QString keys = QKeySequence::mnemonic(text).toString();
    return keys.isEmpty() ? QChar() : keys.back().toLower();
}

/// Collects letters, and says which came twice.
class Mnemonics
{
public:
    explicit Mnemonics(const QString &place) : m_place(place) {}
    void add(const QString &text)
    {
        const QChar key = mnemonicOf(text);
        if (key.isNull())
            return;
        if (m_owners.contains(key))
            m_complaints.append(u"%1: Alt+%2 is \"%3\" and \"%4\""_s.arg(
                m_place, QString(key), m_owners.value(key), text));
        m_owners.insert(key, text);
    }
    [[nodiscard]] const QStringList &complaints() const { return m_complaints; }

private:
    QString m_place;
    QHash<QChar, QString> m_owners;
    QStringList m_complaints;
};

void addTabs(const QTabBar &bar, Mnemonics &mnemonics)
{
    for (int i = 0; i < bar.count(); ++i) {
        if (bar.isTabVisible(i))
            mnemonics.add(bar.tabText(i));
    }
}

} // namespace

QStringList namelessControls(const QWidget &window)
{
    QStringList complaints;
    for (QWidget *widget : widgetsIn(window)) {
        if (!isControl(*widget))
            continue;
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        if (!accessible || accessible->text(QAccessible::Name).isEmpty())
            complaints.append(describe(*widget) + u" has no accessible name"_s);
        if (nameOf(*widget).isEmpty())
            complaints.append(u"%1 saying \"%2\" has no object name"_s.arg(
                describe(*widget), accessible ? accessible->text(QAccessible::Name) : QString()));
    }
    return complaints;
}

QStringList labelsWithMarkup(const QWidget &window)
{
    QStringList complaints;
    const auto labels = window.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        // A label without a name holds nothing but a picture or our own words.
        const bool showsOwnWords = label->objectName().isEmpty() || label->pixmap().width() > 0;
        if (label->textFormat() != Qt::PlainText && !showsOwnWords && !label->inherits("QTipLabel"))
            complaints.append(describe(*label) + u" takes text for markup"_s);
    }
    return complaints;
}

QStringList doubleMnemonics(const QWidget &window)
{
    QStringList complaints;
    const auto menus = window.findChildren<QMenu *>();
    for (const QMenu *menu : menus) {
        Mnemonics inMenu(menu->title());
        const auto actions = menu->actions();
        for (const QAction *action : actions)
            inMenu.add(action->text());
        complaints += inMenu.complaints();
    }
    Mnemonics visible(window.objectName());
    for (const QWidget *widget : widgetsIn(window)) {
        if (!widget->isVisibleTo(&window))
            continue;
        if (const auto *bar = qobject_cast<const QMenuBar *>(widget)) {
            const auto actions = bar->actions();
            for (const QAction *action : actions)
                visible.add(action->text());
        } else if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            visible.add(button->text());
        } else if (const auto *label = qobject_cast<const QLabel *>(widget);
                   label && label->buddy()) {
            visible.add(label->text());
        } else if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
            addTabs(*tabs, visible);
        }
    }
    return complaints + visible.complaints();
}

QStringList unreachableByTab(QWidget &window)
{
    const QList<QWidget *> widgets = widgetsIn(window);
    QSet<const QWidget *> reached;
    for (qsizetype i = 0; i < widgets.size() + 2; ++i) {
        if (const QWidget *focused = QApplication::focusWidget())
            reached.insert(focused);
        QWidget *receiver = QApplication::focusWidget() ? QApplication::focusWidget() : &window;
        QTest::keyClick(receiver, Qt::Key_Tab);
    }
    QStringList complaints;
    for (const QWidget *widget : widgets) {
        const bool wantsTab = isControl(*widget) && widget->isVisible() && widget->isEnabled()
                              && (widget->focusPolicy() & Qt::TabFocus) != 0;
        if (wantsTab && !reached.contains(widget))
            complaints.append(describe(*widget) + u" is not reached by Tab"_s);
    }
    return complaints;
}

QStringList complaintsAbout(QWidget &window)
{
    return namelessControls(window) + labelsWithMarkup(window) + doubleMnemonics(window)
           + unreachableByTab(window);
}

} // namespace WidgetChecks
