// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/placetemplate.h"
#include "ui/presenters/exportpresenter.h"

#include <QDialog>

#include <memory>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Longshore::Ui {

class ExportPart;
class ExportRoom;
class FileField;
class MessageBar;

/// Asks in which form images shall be exported, which part of them, and where to.
class ExportDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Proposes a name in \a folder.
    ExportDialog(std::unique_ptr<ExportPresenter> presenter, const QString &folder,
                 QWidget *parent = nullptr);
    ~ExportDialog() override;

    [[nodiscard]] const ExportPresenter &presenter() const { return *m_presenter; }
    /// As it was written, with the fields of its path. A file that is there is only replaced after
    /// somebody has chosen so.
    [[nodiscard]] PlaceExport wanted() const;
    /// What is to be done, the fields filled in; fails as filledIn().
    [[nodiscard]] Result<QList<PlaceExport>> exports() const;

private:
    void addForms();
    void hideWhatIsForImages();
    void buildLayout();
    void connectSignals();
    void chooseForm();
    void showChoices();
    void update();
    [[nodiscard]] ImagePlace place() const;
    [[nodiscard]] QString path() const;
    /// Whether it is about some layers of an image, and nothing else of it.
    [[nodiscard]] bool isOfLayers() const { return !m_presenter->layers().isEmpty(); }
    [[nodiscard]] bool isOneImage() const { return m_presenter->references().size() == 1; }
    /// Whether something has a name that shall appear as a whole.
    [[nodiscard]] bool isNameTaken() const;
    /// Whether what an earlier export holds can be left out, and what refers to images can be in
    /// it.
    [[nodiscard]] bool isLayout() const;
    /// Of an earlier export; empty for none.
    [[nodiscard]] QString earlier() const;
    [[nodiscard]] static QString wholePath(const QString &path);
    /// Whether the place says what the image is called there.
    [[nodiscard]] bool hasName() const;
    [[nodiscard]] QString whyNot() const;

    const std::unique_ptr<ExportPresenter> m_presenter;
    QLabel *m_image;
    QComboBox *m_form;
    ExportPart *m_platform;
    FileField *m_target;
    FileField *m_earlier; ///< Only for layouts.
    QComboBox *m_taken; ///< Only while something has the name.
    QLineEdit *m_name;
    QCheckBox *m_checksums;
    QCheckBox *m_referrers; ///< Only for layouts.
    QFormLayout *m_fields;
    QLabel *m_note;
    ExportRoom *m_room;
    MessageBar *m_message;
    QDialogButtonBox *m_buttons;
    QPushButton *m_export;
};

} // namespace Longshore::Ui
