// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/shortcutsdialog.h"

#include "ui/views/propertyview.h"

#include <QAction>
#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

static QString withoutMnemonic(QString text)
{
    return text.remove(u'&').remove(u'\u2026');
}

ShortcutsDialog::ShortcutsDialog(const QList<QAction *> &actions, QWidget *parent) : QDialog(parent)
{
    setObjectName(u"shortcutsDialog"_s);
    setWindowTitle(tr("Keyboard Shortcuts"));
    QList<Property> rows;
    for (const QAction *action : actions) {
        QStringList keys;
        const auto shortcuts = action->shortcuts();
        for (const QKeySequence &key : shortcuts)
            keys.append(key.toString(QKeySequence::NativeText));
        rows.append({withoutMnemonic(action->text()), keys.join(u", "_s)});
    }
    auto *view = new PropertyView(windowTitle());
    view->setProperties(rows);
    view->header()->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setObjectName(u"close"_s);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(view);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 70, fontMetrics().height() * 30);
}

} // namespace Longshore::Ui
