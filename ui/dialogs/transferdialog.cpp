// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/transferdialog.h"

#include "core/base/displaytext.h"
#include "ui/models/transferlistmodel.h"
#include "ui/presenters/transferpresenter.h"
#include "ui/views/plainlabel.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
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
    , m_copyReference(addCopyButton(u"copyReference"_s, tr("Copy &Reference")))
    , m_copyDigest(addCopyButton(u"copyDigest"_s, tr("Copy &Digest")))
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
    connect(m_copyReference, &QPushButton::clicked, this, [this] {
        if (const TransferRow *copied = row())
            QGuiApplication::clipboard()->setText(copied->title);
    });
    connect(m_copyDigest, &QPushButton::clicked, this, [this] {
        if (const TransferRow *copied = row())
            QGuiApplication::clipboard()->setText(copied->digest);
    });
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&presenter, &TransferPresenter::changed, this, [this](quint64 changed) {
        if (changed == m_id)
            update();
    });
    update();
}

QPushButton *TransferDialog::addCopyButton(const QString &name, const QString &text)
{
    auto *button = m_buttons->addButton(text, QDialogButtonBox::ActionRole);
    button->setObjectName(name);
    button->setAutoDefault(false);
    button->hide();
    return button;
}

/// What was verified is of use elsewhere: in a deployment, in a message.
void TransferDialog::offerToCopy(const TransferRow &row)
{
    const bool isVerified =
        row.state == TransferRow::State::Finished && !row.isSkipped && !row.digest.isEmpty();
    m_copyDigest->setVisible(isVerified);
    m_copyReference->setVisible(isVerified && row.path.isEmpty()); // It has gone to a registry.
}

const TransferRow *TransferDialog::row() const
{
    const QList<TransferRow> &rows = m_model.rows();
    const auto row = std::find_if(rows.begin(), rows.end(),
                                  [this](const TransferRow &one) { return one.id == m_id; });
    return row == rows.end() ? nullptr : &*row;
}

void TransferDialog::update()
{
    const TransferRow *row = this->row();
    if (!row)
        return;
    m_title->setText(tr("%1 from %2").arg(displayText(row->title), displayText(row->source)));
    m_status->setText(QString(transferStatus(*row) + u'\n' + row->remark).trimmed());
    const int permille = transferPermille(*row);
    m_progress->setRange(0, permille < 0 ? 0 : 1000);
    m_progress->setValue(qMax(0, permille));
    m_cancel->setEnabled(!isOver(row->state));
    offerToCopy(*row);
    m_status->setAccessibleName(isOver(row->state) ? m_status->text() : QString()); // Announced.
    resize(size().expandedTo({0, layout()->totalHeightForWidth(width())})); // All of the text.
}

} // namespace Longshore::Ui
