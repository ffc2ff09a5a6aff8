// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/imagesource.h"

class QComboBox;
class QFormLayout;
class QLineEdit;
class QPlainTextEdit;

namespace Longshore::Ui {

/// What can be said of a new layer: where its files shall be, and whose, what the history says of it, who made
/// it, and what it runs on where it is alone.
class LayerFields final : public QObject
{
    Q_OBJECT

public:
    /// Adds its rows to \a form; they are hidden to begin with.
    explicit LayerFields(QFormLayout &form);

    /// Where whyNot() says nothing.
    [[nodiscard]] LayerWishes wishes() const;
    /// Why what was written cannot be meant; empty when it can.
    [[nodiscard]] QString whyNot() const;
    /// Shows what fits \a source.
    void showFor(const ImageSource &source);

signals:
    void changed();

private:
    void nameFields();
    void addRows();

    QFormLayout &m_form;
    QLineEdit *m_folder; ///< In the image.
    QLineEdit *m_owner; ///< Empty for root.
    QLineEdit *m_mode; ///< Empty for what each file has.
    QLineEdit *m_comment;
    QLineEdit *m_author;
    QComboBox *m_platform;
    QPlainTextEdit *m_content;
};

} // namespace Longshore::Ui
