// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanuprules.h"

#include <QWidget>

#include <functional>

class QHBoxLayout;
class QLabel;

namespace Longshore::Ui {

/// One condition of a rule as a sentence with fields in it: "older than [90] days".
class ConditionEditor final : public QWidget
{
    Q_OBJECT

public:
    explicit ConditionEditor(const CleanupCondition &condition, QWidget *parent = nullptr);

    /// To the letter what it was made from, until somebody changes a field.
    [[nodiscard]] CleanupCondition condition() const
    {
        return m_isChanged ? m_read() : m_condition;
    }
    /// Says below the fields what is wrong, and where; nothing when all is well.
    void showFault(const std::optional<PatternFault> &fault);

signals:
    void changed();

private:
    struct Build;

    const CleanupCondition m_condition;
    bool m_isChanged = false;
    std::function<CleanupCondition()> m_read;
    QHBoxLayout *m_fields;
    QLabel *m_fault;
};

} // namespace Longshore::Ui
