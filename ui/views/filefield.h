// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLineEdit;

namespace Longshore::Ui {

/// A line for the path of a file, and a button that lets the person choose one.
class FileField final : public QWidget
{
    Q_OBJECT

public:
    /// What the path is chosen for.
    enum class Purpose { Open, Save, Folder };

    /// \a title says what file it is, as in "Client Key"; \a filter is that of a file dialog.
    FileField(const QString &objectName, const QString &title, const QString &filter,
              QWidget *parent = nullptr);

    [[nodiscard]] QString path() const;
    void setPath(const QString &path);
    /// To open a file, unless something else is said.
    void setPurpose(Purpose purpose) noexcept { m_purpose = purpose; }
    /// Lets the person choose; changed() follows unless he gives up.
    void choose();

signals:
    void changed();
    /// The person took a file from the dialog.
    void chosen();

private:
    QString m_title;
    QString m_filter;
    Purpose m_purpose = Purpose::Open;
    QLineEdit *m_path;
};

} // namespace Longshore::Ui
