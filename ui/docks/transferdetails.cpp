// SPDX-License-Identifier: Apache-2.0
#include "ui/docks/transferdetails.h"

#include "core/base/displaytext.h"
#include "ui/format/errortext.h"
#include "ui/models/transferlistmodel.h"
#include "ui/views/plainlabel.h"
#include "ui/views/rowtable.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

TransferDetails::TransferDetails(QWidget *parent)
    : QWidget(parent)
    , m_title(plainLabel(u"detailsTitle"_s))
    , m_status(plainLabel(u"detailsStatus"_s))
    , m_table(new RowTable(m_parts, u"transferParts"_s, tr("Parts of the transfer")))
{
    setObjectName(u"transferDetails"_s);
    QFont font = m_title->font();
    font.setBold(true);
    m_title->setFont(font);
    m_status->setAccessibleName(tr("What became of the transfer"));
    auto *text = new QWidget;
    auto *lines = new QVBoxLayout(text);
    lines->setContentsMargins(6, 2, 6, 2);
    lines->addWidget(m_title);
    lines->addWidget(m_status);
    lines->addStretch();
    auto *scrolled = new QScrollArea; // What a server says may be long.
    scrolled->setWidget(text);
    scrolled->setWidgetResizable(true);
    scrolled->setFrameShape(QFrame::NoFrame);
    const int character = fontMetrics().averageCharWidth();
    m_table->horizontalHeader()->resizeSection(TransferPartModel::PartColumn, character * 16);
    m_table->horizontalHeader()->resizeSection(TransferPartModel::StateColumn, character * 20);
    m_table->horizontalHeader()->resizeSection(TransferPartModel::SizeColumn, character * 12);
    m_table->horizontalHeader()->setStretchLastSection(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scrolled, 1);
    layout->addWidget(m_table, 2);
    showTransfer(nullptr);
}

void TransferDetails::showTransfer(const TransferRow *row)
{
    m_title->setVisible(row != nullptr);
    if (!row)
        m_status->setText(tr("Select a transfer to see its parts, and what became of it."));
    m_parts.setParts(row ? row->parts : QList<TransferPartRow>());
    m_table->setVisible(m_parts.rowCount() > 0);
    if (!row)
        return;
    m_title->setText(tr("%1 from %2").arg(displayText(row->title), displayText(row->source)));
    QStringList lines{transferStatus(*row), row->remark};
    if (row->error) {
        const ErrorText text = errorText(*row->error);
        lines += {text.advice, text.details};
    }
    lines.append(displayText(row->path, 4096));
    lines.removeAll(QString());
    const QString text = lines.join(u'\n');
    if (text != m_status->text()) // What somebody has marked in it stays.
        m_status->setText(text);
}

} // namespace Longshore::Ui
