// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/modeltext.h"
#include "support/testwindow.h"

#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

/// Selects tags by mouse and asks for their deletion by key, as a person does.
namespace DeletionReview {

inline void choose(const TestWindow &test, const QStringList &tags)
{
    QTreeView &view = test.tags();
    view.activateWindow(); // A dialog may have been in front.
    if (!QTest::qWaitForWindowActive(view.window()))
        qFatal("the window does not come to the front");
    chooseRow(view, tags.first());
    for (const QString &tag : tags.mid(1))
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ControlModifier,
                          view.visualRect(rowOf(view, tag)).center());
}

/// Waits until it is known what would go.
[[nodiscard]] inline QDialog &open(const TestWindow &test, const QStringList &tags)
{
    choose(test, tags);
    QTest::keyClick(&test.tags(), Qt::Key_Delete);
    QDialog &dialog = awaitDialog(QStringLiteral("deleteDialog"));
    const auto &progress = child<QWidget>(dialog, QStringLiteral("deletionProgress"));
    if (!QTest::qWaitFor([&] { return progress.isHidden(); }, 20'000))
        qFatal("the review comes to no end");
    return dialog;
}

[[nodiscard]] inline QString text(const QDialog &dialog, const QString &label)
{
    return child<QLabel>(dialog, label).text();
}

/// "tag | what happens", a line for each.
[[nodiscard]] inline QString list(const QDialog &dialog)
{
    return treeText(*child<QTreeWidget>(dialog, QStringLiteral("deletionList")).model(), 2);
}

[[nodiscard]] inline QPushButton &button(const QDialog &dialog)
{
    return child<QPushButton>(dialog, QStringLiteral("delete"));
}

} // namespace DeletionReview
