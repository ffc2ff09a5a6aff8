// SPDX-License-Identifier: Apache-2.0
#include "ui/models/checklistmodel.h"

#include "ui/format/tintedicon.h"

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

void CheckListModel::setSteps(const QStringList &names)
{
    beginResetModel();
    m_steps.clear();
    for (const QString &name : names)
        m_steps.append({name});
    endResetModel();
}

void CheckListModel::setState(int step, State state, const QString &remark)
{
    m_steps[step].state = state;
    m_steps[step].remark = remark;
    emit dataChanged(index(step), index(step));
}

int CheckListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

static QString stateWord(CheckListModel::State state)
{
    using State = CheckListModel::State;
    switch (state) {
    case State::Waiting: return CheckListModel::tr("not yet");
    case State::Running: return CheckListModel::tr("checking\u2026");
    case State::Passed: return CheckListModel::tr("good");
    case State::Failed: return CheckListModel::tr("failed");
    case State::Skipped: return CheckListModel::tr("not needed");
    }
    Q_UNREACHABLE();
}

static QIcon icon(CheckListModel::State state)
{
    using State = CheckListModel::State;
    switch (state) {
    case State::Passed: return tintedIcon(u"done"_s);
    case State::Failed: return tintedIcon(u"warning"_s);
    case State::Running: return tintedIcon(u"reload"_s);
    default: return tintedIcon(u"dot"_s);
    }
}

QVariant CheckListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Step &step = m_steps.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        // State in words too: a colour or a picture alone is not for everybody.
        return QString(step.name + u": "_s
                       + (step.remark.isEmpty() ? stateWord(step.state) : step.remark));
    case Qt::DecorationRole: return icon(step.state);
    case StateRole: return QVariant::fromValue(step.state);
    default: return {};
    }
}

} // namespace Longshore::Ui
