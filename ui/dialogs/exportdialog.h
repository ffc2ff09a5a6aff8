// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/placeexport.h"
#include "ui/presenters/exportpresenter.h"

#include <QDialog>

#include <memory>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Longshore::Ui {

class FileField;
class MessageBar;

/// Asks in which form an image shall be exported, which part of it, and where to.
class ExportDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Proposes a name in \a folder.
    ExportDialog(std::unique_ptr<ExportPresenter> presenter, const QString &folder,
                 QWidget *parent = nullptr);
    ~ExportDialog() override;

    [[nodiscard]] const ExportPresenter &presenter() const { return *m_presenter; }
    /// A file that is there is only replaced after the dialog has said so.
    [[nodiscard]] PlaceExport wanted() const;

private:
    void buildLayout();
    void connectSignals();
    void chooseForm();
    void showChoices();
    void update();
    [[nodiscard]] ImagePlace::Form form() const;
    [[nodiscard]] QString path() const;
    /// Nothing for all of the image.
    [[nodiscard]] std::optional<Platform> platform() const;
    [[nodiscard]] bool isArchive() const { return form() != ImagePlace::Form::OciFolder; }
    [[nodiscard]] QString whyNot() const;

    const std::unique_ptr<ExportPresenter> m_presenter;
    SafeFile::Existing m_existing = SafeFile::Existing::Keep;
    QLabel *m_image;
    QComboBox *m_form;
    QComboBox *m_platform;
    FileField *m_target;
    QLineEdit *m_name;
    QLabel *m_note;
    MessageBar *m_message;
    QDialogButtonBox *m_buttons;
    QPushButton *m_export;
};

} // namespace Longshore::Ui
