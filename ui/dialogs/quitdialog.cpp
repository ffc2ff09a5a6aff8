// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/quitdialog.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

QuitDialog::QuitDialog(qsizetype transferCount, QWidget *parent) : QMessageBox(parent)
{
    setObjectName(u"quitDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setIcon(QMessageBox::Question);
    setTextFormat(Qt::PlainText);
    setWindowTitle(tr("Transfers are Running"));
    setText(tr("%n transfer(s) would be stopped.", nullptr, static_cast<int>(transferCount)));
    QPushButton *quit = addButton(tr("&Stop Transfers and Quit"), QMessageBox::DestructiveRole);
    quit->setObjectName(u"quitAnyway"_s);
    QPushButton *keep = addButton(tr("&Keep Window"), QMessageBox::RejectRole);
    keep->setObjectName(u"keepWindow"_s);
    setDefaultButton(keep);
    connect(quit, &QPushButton::clicked, this, &QuitDialog::quitRequested);
}

} // namespace Longshore::Ui
