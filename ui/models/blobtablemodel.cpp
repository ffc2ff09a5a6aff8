// SPDX-License-Identifier: Apache-2.0
#include "ui/models/blobtablemodel.h"

#include "ui/format/tintedicon.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using State = BlobRow::State;

void BlobTableModel::setRows(const QList<BlobRow> &rows)
{
    beginResetModel();
    m_rows = rows;
    std::stable_sort(m_rows.begin(), m_rows.end(),
                     [](const BlobRow &a, const BlobRow &b) { return a.state > b.state; });
    endResetModel();
}

int BlobTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString BlobTableModel::stateTextAt(int row) const
{
    switch (m_rows.at(row).state) {
    case State::Present: return tr("there already");
    case State::Mounted: return tr("mounted, not sent");
    case State::ToSend: return tr("to be sent");
    }
    Q_UNREACHABLE();
}

QIcon BlobTableModel::stateIconAt(int row) const
{
    switch (m_rows.at(row).state) {
    case State::Present: return tintedIcon(u"done"_s);
    case State::Mounted: return tintedIcon(u"copy"_s);
    case State::ToSend: return tintedIcon(u"upload"_s);
    }
    Q_UNREACHABLE();
}

} // namespace Longshore::Ui
