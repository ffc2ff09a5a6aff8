// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <optional>

class QButtonGroup;
class QCheckBox;
class QLabel;
class QRadioButton;

namespace Longshore {
enum class DeletionScope;
} // namespace Longshore

namespace Longshore::Ui {

class DeletionPresenter;

/// Lets a person say whether only tags go, or their images too, where that is a difference. Says
/// why one of these is not possible.
class DeletionChoice final : public QWidget
{
    Q_OBJECT

public:
    explicit DeletionChoice(QWidget *parent = nullptr);

    /// Shows what there is to choose; hides where there is nothing.
    void offer(const DeletionPresenter &presenter);
    /// Nothing until somebody has chosen.
    [[nodiscard]] std::optional<DeletionScope> scope() const;
    [[nodiscard]] bool allowsPlaceholder() const;

signals:
    void changed();

private:
    void handlePlaceholder(bool isAllowed);

    QButtonGroup *m_group;
    QRadioButton *m_onlyTags;
    QLabel *m_aboutTags; ///< Why only tags cannot go, or what that means.
    QCheckBox *m_placeholder;
    QRadioButton *m_withImages;
    QLabel *m_aboutImages; ///< Why images cannot go.
    bool m_needsPlaceholder = false; ///< For tags alone.
};

} // namespace Longshore::Ui
