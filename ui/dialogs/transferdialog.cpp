// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/transferdialog.h"

#include "core/base/displaytext.h"
#include "ui/models/transferlistmodel.h"
#include "ui/presenters/transferpresenter.h"
#include "ui/views/plainlabel.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

TransferDialog::TransferDialog(TransferPresenter &presenter, TransferListModel &model, quint64 id,
                               QWidget *parent)
    : QDialog(parent)
    , m_presenter(presenter)
    , m_model(model)
    , m_id(id)
    , m_title(plainLabel(u"transferTitle"_s))
    , m_status(plainLabel(u"transferStatus"_s))
    , m_progress(new QProgressBar)
    , m_buttons(new QDialogButtonBox)
    , m_cancel(m_buttons->addButton(tr("&Stop Transfer"), QDialogButtonBox::DestructiveRole))
{
    setObjectName(u"transferDialog"_s);
    setWindowTitle(tr("Transfer"));
    m_progress->setObjectName(u"transferProgress"_s);
    m_progress->setAccessibleName(tr("Progress"));
    m_cancel->setObjectName(u"stopTransfer"_s);
    m_cancel->setAutoDefault(false); // Else Enter would stop the transfer once it has the focus.
    QPushButton *close = m_buttons->addButton(QDialogButtonBox::Close);
    close->setObjectName(u"close"_s);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_title);
    layout->addWidget(m_progress);
    layout->addWidget(m_status, 1);
    layout->addWidget(m_buttons);
    close->setDefault(true);
    close->setFocus();
    // A digest is one word of 71 characters, and shall be read as a whole.
    setMinimumWidth(fontMetrics().horizontalAdvance(QString(76, u'0')));

    connect(m_cancel, &QPushButton::clicked, this, [this] { m_presenter.cancel(m_id); });
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&presenter, &TransferPresenter::changed, this, [this](quint64 changed) {
        if (changed == m_id)
            update();
    });
    update();
}

void TransferDialog::update()
{
    const auto row = std::find_if(m_model.rows().begin(), m_model.rows().end(),
                                  [this](const TransferRow &one) { return one.id == m_id; });
    if (row == m_model.rows().end())
        return;
    m_title->setText(tr("%1 from %2").arg(displayText(row->title), displayText(row->source)));
    m_status->setText(QString(transferStatus(*row) + u'\n' + row->remark).trimmed());
    const int permille = transferPermille(*row);
    m_progress->setRange(0, permille < 0 ? 0 : 1000);
    m_progress->setValue(qMax(0, permille));
    m_cancel->setEnabled(!isOver(row->state));
    m_status->setAccessibleName(isOver(row->state) ? m_status->text() : QString()); // Announced.
    resize(size().expandedTo({0, layout()->totalHeightForWidth(width())})); // All of the text.
}

} // namespace Longshore::Ui
