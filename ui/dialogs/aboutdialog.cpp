// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/aboutdialog.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AboutDialog)
};

constexpr int pictureSize = 64;

} // namespace

void showAboutDialog(QWidget *parent)
{
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, Text::tr("About Longshore"),
                        Text::tr("Longshore %1\nA desktop browser for container registries.")
                            .arg(QCoreApplication::applicationVersion()),
                        QMessageBox::Close, parent);
    box->setObjectName(u"aboutDialog"_s);
    box->button(QMessageBox::Close)->setObjectName(u"close"_s);
    box->setTextFormat(Qt::PlainText);
    box->setIconPixmap(QIcon(u":/icons/longshore.svg"_s).pixmap(pictureSize));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace Longshore::Ui
