// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/oldtag.h"
#include "ui/presenters/copypresenter.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Longshore::Ui {

class CopyPlanSection;
class MessageBar;

/// Points further tags of a repository at one of its images. Says what is wrong with a tag while it is
/// written, and which of them exist: those that point to another image need a tick of their own. The tag
/// that the image has may go afterwards, where the server is proven to remove a tag alone.
class RetagDialog final : public QDialog
{
    Q_OBJECT

public:
    /// \a image is in the registry of \a target.
    RetagDialog(const SourceImage &image, const CopyTarget &target, QWidget *parent = nullptr);

    [[nodiscard]] const CopyPresenter &presenter() const noexcept { return m_presenter; }
    /// What shall go when the new tags are there; nothing unless somebody has ticked that.
    [[nodiscard]] std::optional<OldTag> oldTag() const;

private:
    void buildLayout();
    void connectSignals();
    void planSoon();
    void plan();
    void update();
    void showSource();
    void showOldTag();
    void showError();
    [[nodiscard]] QList<CopyOrder> orders() const;
    /// Why nothing can be looked for, and why nothing can be done.
    /// @{
    [[nodiscard]] QString whyNoOrders() const;
    [[nodiscard]] QString whyNot() const;
    /// @}

    const SourceImage m_image;
    const CopyTarget m_target;
    CopyPresenter m_presenter;
    QTimer m_settled; ///< Runs out when nobody types any more.
    QLabel *m_source;
    QLineEdit *m_tags;
    CopyPlanSection *m_plan;
    QCheckBox *m_removeOld;
    QLabel *m_aboutOld; ///< What that does, or why it cannot be.
    QLabel *m_note;
    MessageBar *m_message;
    QAction *m_retry;
    QDialogButtonBox *m_buttons;
    QPushButton *m_go;
};

} // namespace Longshore::Ui
