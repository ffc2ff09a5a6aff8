// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanuprules.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace Longshore::Ui {

class RuleEditor;

/// The rules of a clean-up, to be changed; can be folded away.
class RulesPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit RulesPanel(QWidget *parent = nullptr);

    [[nodiscard]] CleanupRules rules() const;
    /// Says nothing of it: whoever sets them knows.
    void setRules(const CleanupRules &rules);
    /// How many tags each rule means.
    void showCounts(const QList<qsizetype> &counts);
    void showFaults(const QList<CleanupRuleFault> &faults);

signals:
    void changed();
    void loadRequested();
    void saveRequested();

private:
    QWidget *makeHead();
    QWidget *makeOptions();
    RuleEditor *addRule(const CleanupRule &rule);
    void usePreset(const CleanupRules &rules);
    void setFolded(bool isFolded);

    QString m_name;
    QToolButton *m_fold;
    QWidget *m_body;
    QVBoxLayout *m_list;
    QList<RuleEditor *> m_editors;
    QComboBox *m_undated;
    QLineEdit *m_namePattern;
    QLabel *m_fault; ///< Of all rules together.
    QComboBox *m_siblings;
    QCheckBox *m_children;
    QCheckBox *m_attached;
};

} // namespace Longshore::Ui
