// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractListModel>

namespace Longshore::Ui {

/// The steps of a connection test and how they went.
class CheckListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class State { Waiting, Running, Passed, Failed, Skipped };
    enum Role { StateRole = Qt::UserRole + 1 };

    using QAbstractListModel::QAbstractListModel;

    void setSteps(const QStringList &names);
    /// \a remark says more: how long it took, what was found, what went wrong.
    void setState(int step, State state, const QString &remark = {});

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Step
    {
        QString name;
        State state = State::Waiting;
        QString remark = {};
    };

    QList<Step> m_steps;
};

} // namespace Longshore::Ui
