// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/tagdrag.h"
#include "ui/models/wantedfile.h"

#include <QTimer>
#include <QTreeView>

namespace Longshore::Ui {

class TagTreeModel;

/// The tree of tags. Tells which tags somebody can see, so that only these are read.
class TagTreeView final : public QTreeView
{
    Q_OBJECT

public:
    explicit TagTreeView(TagTreeModel &model, QWidget *parent = nullptr);

    /// Where the tags are; the tags themselves are of no interest.
    void setOrigin(const TagDrag &origin) { m_origin = origin; }
    [[nodiscard]] QStringList selectedTags() const;
    /// What is dragged when somebody drags the selected tags.
    [[nodiscard]] TagDrag selectedDrag() const;
    /// Keeps in mind which tags are selected while all of them are read anew.
    void rememberSelection();
    /// Selects those that are still there; false when there is none.
    bool restoreSelection();

signals:
    /// The visible tags and about a screenful more, in their order.
    void visibleTagsChanged(const QStringList &tags);
    void tagActivated(const QString &tag);
    void manifestActivated(const QString &tag, const QString &digest);
    void selectionHasChanged();
    /// Tags were dragged out of the window.
    void fileWanted(const Longshore::Ui::WantedFile &file);

protected:
    void scrollContentsBy(int dx, int dy) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;
    void startDrag(Qt::DropActions supportedActions) override;

private:
    void reportVisibleTags();
    void handleActivated(const QModelIndex &index);

    TagTreeModel &m_model;
    TagDrag m_origin;
    QStringList m_remembered; ///< The current tag is the last.
    QTimer m_settled; ///< Runs out when scrolling has come to rest.
};

} // namespace Longshore::Ui
