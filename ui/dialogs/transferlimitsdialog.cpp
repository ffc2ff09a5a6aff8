// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/transferlimitsdialog.h"

#include "ui/views/plainlabel.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

constexpr qint64 kibibyte = 1024;
constexpr int mostKibibytes = 100 * 1024 * 1024; // 100 GiB/s
constexpr int usualSpeed = 1024;

static QSpinBox *spinBox(const QString &name, int most, int value)
{
    auto *box = new QSpinBox;
    box->setObjectName(name);
    box->setRange(1, most);
    box->setValue(value);
    box->setGroupSeparatorShown(true);
    return box;
}

TransferLimitsDialog::TransferLimitsDialog(const TransferLimits &limits, QWidget *parent)
    : QDialog(parent)
    , m_parallel(spinBox(u"parallel"_s, TransferLimits::mostParallel, limits.parallel))
    , m_isLimited(new QCheckBox(tr("&Limit the speed to")))
    , m_speed(spinBox(u"speed"_s, mostKibibytes,
                      limits.bytesPerSecond > 0 ? static_cast<int>(limits.bytesPerSecond / kibibyte)
                                                : usualSpeed))
{
    setObjectName(u"transferLimitsDialog"_s);
    setWindowTitle(tr("Transfer Limits"));
    m_isLimited->setObjectName(u"isLimited"_s);
    m_isLimited->setChecked(limits.bytesPerSecond > 0);
    m_speed->setAccessibleName(tr("Highest speed"));
    m_speed->setSuffix(tr(" KiB/s"));
    m_speed->setSingleStep(usualSpeed / 8);
    m_speed->setEnabled(m_isLimited->isChecked());
    connect(m_isLimited, &QCheckBox::toggled, m_speed, &QWidget::setEnabled);
    QLabel *hint = plainLabel(u"limitsHint"_s);
    hint->setText(tr("The speed is that of all transfers together. Browsing is never held back."));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setObjectName(u"ok"_s);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(u"cancel"_s);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QFormLayout(this);
    layout->addRow(tr("&Transfers at once:"), m_parallel);
    layout->addRow(m_isLimited, m_speed);
    layout->addRow(hint);
    layout->addRow(buttons);
}

TransferLimits TransferLimitsDialog::limits() const
{
    return {m_parallel->value(), m_isLimited->isChecked() ? m_speed->value() * kibibyte : 0};
}

} // namespace Longshore::Ui
