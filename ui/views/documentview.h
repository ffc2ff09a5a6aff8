// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/jsontreemodel.h"

#include <QWidget>

class QPlainTextEdit;
class QStackedWidget;
class QTreeView;

namespace Longshore::Ui {

/// A JSON document: as a tree, or its bytes as they are.
class DocumentView final : public QWidget
{
    Q_OBJECT

public:
    /// \a accessibleName says which document it is.
    explicit DocumentView(const QString &accessibleName, QWidget *parent = nullptr);

    void setDocument(const QByteArray &bytes);
    [[nodiscard]] const QByteArray &document() const noexcept { return m_bytes; }

private:
    void openFirstLevels();
    void showRaw(bool isRaw);
    void copy() const;

    QByteArray m_bytes;
    JsonTreeModel m_model;
    QTreeView *m_tree;
    QPlainTextEdit *m_raw;
    QStackedWidget *m_stack;
};

} // namespace Longshore::Ui
