// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/quitdialog.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

QuitDialog::QuitDialog(const Transfers &transfers, QWidget *parent) : QMessageBox(parent)
{
    setObjectName(u"quitDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setIcon(QMessageBox::Question);
    setTextFormat(Qt::PlainText);
    setWindowTitle(tr("Transfers are Running"));
    QStringList sentences;
    if (transfers.kept > 0)
        sentences.append(tr("%n transfer(s) would be paused, to be continued the next time.",
                            nullptr, transfers.kept));
    if (transfers.lost > 0)
        sentences.append(tr("%n transfer(s) would be stopped.", nullptr, transfers.lost));
    setText(sentences.join(u'\n'));
    QPushButton *quit = addButton(transfers.lost > 0 ? tr("&Stop Transfers and Quit")
                                                     : tr("&Pause Transfers and Quit"),
                                  QMessageBox::DestructiveRole);
    quit->setObjectName(u"quitAnyway"_s);
    QPushButton *wait = addButton(tr("Quit When &Finished"), QMessageBox::AcceptRole);
    wait->setObjectName(u"quitWhenFinished"_s);
    QPushButton *keep = addButton(tr("&Keep Window"), QMessageBox::RejectRole);
    keep->setObjectName(u"keepWindow"_s);
    setDefaultButton(keep);
    connect(quit, &QPushButton::clicked, this, &QuitDialog::quitRequested);
    connect(wait, &QPushButton::clicked, this, &QuitDialog::waitRequested);
}

} // namespace Longshore::Ui
