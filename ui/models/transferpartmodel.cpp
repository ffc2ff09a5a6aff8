// SPDX-License-Identifier: Apache-2.0
#include "ui/models/transferpartmodel.h"

#include "ui/format/tintedicon.h"
#include "ui/format/valueformat.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using State = TransferPartRow::State;

bool TransferPartModel::isOfSameBlobs(const QList<TransferPartRow> &parts) const
{
    return std::equal(
        parts.begin(), parts.end(), m_parts.begin(), m_parts.end(),
        [](const TransferPartRow &a, const TransferPartRow &b) { return a.blob == b.blob; });
}

void TransferPartModel::setParts(const QList<TransferPartRow> &parts)
{
    if (!isOfSameBlobs(parts)) {
        beginResetModel();
        m_parts = parts;
        return endResetModel();
    }
    for (qsizetype row = 0; row < parts.size(); ++row) {
        if (parts.at(row) == m_parts.at(row))
            continue;
        m_parts[row] = parts.at(row);
        emit dataChanged(index(static_cast<int>(row), 0),
                         index(static_cast<int>(row), ColumnCount - 1));
    }
}

int TransferPartModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_parts.size());
}

QString TransferPartModel::stateTextAt(int row) const
{
    const TransferPartRow &part = m_parts.at(row);
    switch (part.state) {
    case State::Waiting: return tr("waiting");
    case State::Running: return tr("%1 so far").arg(formatBytes(part.done));
    case State::Arrived: return tr("arrived");
    case State::Present: return tr("there already");
    }
    Q_UNREACHABLE();
}

QIcon TransferPartModel::stateIconAt(int row) const
{
    switch (m_parts.at(row).state) {
    case State::Waiting: return tintedIcon(u"dot"_s);
    case State::Running: return tintedIcon(u"play"_s);
    case State::Arrived:
    case State::Present: return tintedIcon(u"done"_s);
    }
    Q_UNREACHABLE();
}

} // namespace Longshore::Ui
