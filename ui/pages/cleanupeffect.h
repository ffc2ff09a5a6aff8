// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/cleanuppresenter.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QScrollArea;

namespace Longshore::Ui {

/// What a clean-up comes to: how much goes, what that frees, what has to be known before; and
/// afterwards, what became of it.
class CleanupEffect final : public QWidget
{
    Q_OBJECT

public:
    explicit CleanupEffect(CleanupPresenter &presenter, QWidget *parent = nullptr);

    void showPlan();
    void showResult();
    /// Why nothing can be deleted as things stand; empty when it can be.
    [[nodiscard]] static QString objectionTo(const CleanupPlan &plan);
    /// "209 tags are gone, 2 were skipped."
    [[nodiscard]] static QString headlineOf(const CleanupPlan &plan);

private:
    void showEmptied(const CleanupPlan &plan);
    void offerToEmpty(const QList<RepositoryName> &names);
    [[nodiscard]] static QString spaceText(const FreedBytes &freed);
    [[nodiscard]] static QString durationText(std::optional<std::chrono::seconds> estimate);
    [[nodiscard]] static QStringList warningsOf(const CleanupPlan &plan);

    CleanupPresenter &m_presenter;
    QLabel *m_summary;
    QLabel *m_space;
    QLabel *m_warnings;
    QScrollArea *m_emptied; ///< With a box for each repository that would become empty.
    QList<RepositoryName> m_emptiedNames;
    QList<QCheckBox *> m_boxes; ///< In the order of the names.
};

} // namespace Longshore::Ui
