// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanuprules.h"

#include <QFrame>

class QCheckBox;
class QComboBox;
class QLabel;
class QMenu;
class QVBoxLayout;

namespace Longshore::Ui {

class ConditionEditor;

/// One rule of a clean-up: whether it counts, what it does, and to which tags.
class RuleEditor final : public QFrame
{
    Q_OBJECT

public:
    explicit RuleEditor(const CleanupRule &rule, QWidget *parent = nullptr);

    [[nodiscard]] CleanupRule rule() const;
    /// How many tags it means.
    void showCount(qsizetype count);
    /// Those of this rule; a condition below 0 means all of it.
    void showFaults(const QList<CleanupRuleFault> &faults);
    /// Conditions to begin with, and what they are called in menus.
    [[nodiscard]] static QList<std::pair<QString, CleanupCondition>> newConditions();

signals:
    void changed();
    void removeRequested();

private:
    void addCondition(const CleanupCondition &condition);
    void removeLastCondition();

    QCheckBox *m_enabled;
    QComboBox *m_action;
    QVBoxLayout *m_layout; ///< Of the conditions.
    QList<ConditionEditor *> m_conditions;
    QLabel *m_count;
    QLabel *m_fault;
    QAction *m_removeCondition;
};

} // namespace Longshore::Ui
