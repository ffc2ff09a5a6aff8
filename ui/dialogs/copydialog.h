// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/copypresenter.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Longshore::Ui {

class CompressionChoice;
class CopyPlanSection;
class LayerFields;
class MessageBar;
class PlatformChoice;
class ProductionBand;
class SourceImageChoice;
class TargetChoice;

/// Brings images into a registry, from files or from another place: shows what they are, asks where
/// they shall go, and shows what that takes before anything is sent.
///
/// A tag that points to another image needs a tick of its own.
class CopyDialog final : public QDialog
{
    Q_OBJECT

public:
    /// What is proposed.
    struct Proposal
    {
        QString connectionId;
        QString repository; ///< May be empty, or not whole.
    };

    /// Offers the images of \a source, and \a targets to bring them to.
    CopyDialog(std::unique_ptr<ImageSource> source, const QList<CopyTarget> &targets,
               const Proposal &proposal, QWidget *parent = nullptr);
    ~CopyDialog() override;

    [[nodiscard]] const CopyPresenter &presenter() const noexcept { return m_presenter; }
    /// Where the images go. Null when there is no registry.
    [[nodiscard]] const CopyTarget *target() const;
    [[nodiscard]] QString repository() const;

private:
    void buildLayout();
    void nameWidgets();
    void connectSignals();
    void showSource();
    void showReading();
    void showImages();
    void chooseImage();
    void prepareForLayer();
    void chooseTarget();
    void planSoon();
    void plan();
    void update();
    void showError();
    void showFailures();
    [[nodiscard]] bool isLayer() const { return m_source->kind() == ImageSource::Kind::Layer; }
    [[nodiscard]] bool isCopy() const { return m_source->kind() == ImageSource::Kind::Registry; }
    [[nodiscard]] QList<CopyOrder> orders() const;
    [[nodiscard]] QString whyNoOrders() const;
    [[nodiscard]] QString whyNot() const;

    const std::unique_ptr<ImageSource> m_source;
    CopyPresenter m_presenter;
    QTimer m_settled; ///< Runs out when nobody types any more.
    ProductionBand *m_band;
    QLabel *m_from;
    SourceImageChoice *m_image;
    TargetChoice *m_registry;
    QLineEdit *m_repository;
    QLineEdit *m_tag;
    PlatformChoice *m_platform;
    QCheckBox *m_referrers;
    CompressionChoice *m_compression;
    QFormLayout *m_form;
    LayerFields *m_layer = nullptr;
    CopyPlanSection *m_plan;
    QLabel *m_note;
    MessageBar *m_message;
    QAction *m_retry;
    QDialogButtonBox *m_buttons;
    QPushButton *m_go;
    bool m_showsError = false; ///< In the message.
};

} // namespace Longshore::Ui
