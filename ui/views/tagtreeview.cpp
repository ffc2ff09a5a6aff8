// SPDX-License-Identifier: Apache-2.0
#include "ui/views/tagtreeview.h"

#include "core/base/displaytext.h"
#include "ui/delegates/roomydelegate.h"
#include "ui/format/filename.h"
#include "ui/models/tagtreemodel.h"
#include "ui/views/outwarddrag.h"

#include <QHeaderView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Longshore::Ui {

TagTreeView::TagTreeView(TagTreeModel &model, QWidget *parent) : QTreeView(parent), m_model(model)
{
    setObjectName(u"tags"_s);
    setAccessibleName(tr("Tags"));
    setModel(&model);
    setItemDelegate(new RoomyDelegate(this));
    setUniformRowHeights(true); // Also what keeps a million rows quick.
    setAlternatingRowColors(true);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setExpandsOnDoubleClick(false);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setDragDropMode(DragOnly);
    setAllColumnsShowFocus(true);
    header()->setStretchLastSection(false);
    header()->setSectionsMovable(true);
    header()->setFirstSectionMovable(true);
    const int character = fontMetrics().averageCharWidth();
    header()->resizeSection(TagTreeModel::NameColumn, character * 32);
    header()->resizeSection(TagTreeModel::CreatedColumn, character * 18);
    header()->resizeSection(TagTreeModel::SizeColumn, character * 12);
    header()->resizeSection(TagTreeModel::PlatformsColumn, character * 30);
    header()->resizeSection(TagTreeModel::DigestColumn, character * 17);
    header()->setSectionResizeMode(TagTreeModel::PlatformsColumn, QHeaderView::Stretch);
    // The model starts in the order of the server; sorting is for whoever asks for it.
    header()->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);

    m_settled.setSingleShot(true);
    m_settled.setInterval(60ms);
    connect(&m_settled, &QTimer::timeout, this, &TagTreeView::reportVisibleTags);
    const auto restart = [this] { m_settled.start(); };
    connect(&model, &QAbstractItemModel::rowsInserted, this, restart);
    connect(&model, &QAbstractItemModel::modelReset, this, restart);
    connect(&model, &QAbstractItemModel::layoutChanged, this, restart);
    connect(this, &QTreeView::collapsed, this, restart);
    connect(this, &QTreeView::activated, this, &TagTreeView::handleActivated);
}

QStringList TagTreeView::selectedTags() const
{
    QStringList tags;
    const QModelIndexList rows = selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        if (!row.parent().isValid())
            tags.append(row.data(TagTreeModel::TagRole).toString());
    }
    return tags;
}

TagDrag TagTreeView::selectedDrag() const
{
    TagDrag drag = m_origin;
    drag.tags = selectedTags();
    return drag;
}

void TagTreeView::startDrag(Qt::DropActions)
{
    const TagDrag selected = selectedDrag();
    const auto repository = RepositoryName::parse(selected.repository);
    if (selected.tags.isEmpty() || !repository)
        return;
    QList<Reference> images;
    for (const QString &tag : selected.tags)
        images.append(*Tag::parse(tag));
    const bool isOne = images.size() == 1;
    const QString text = isOne ? displayText(selected.tags.first(), 40)
                               : tr("%n tag(s)", nullptr, static_cast<int>(selected.tags.size()));
    const QString name =
        isOne ? imageFileName(*repository, images.first()) : imagesFileName(*repository);
    dragOut(*this, {text, QString(name + ".tar"_L1),
                    [selected](QMimeData &drag) { selected.writeTo(drag); },
                    [this, images](const QString &path) {
                        emit fileWanted({path, images});
                    }});
}

void TagTreeView::rememberSelection()
{
    m_remembered = selectedTags();
    const QString current = currentIndex().data(TagTreeModel::TagRole).toString();
    if (m_remembered.removeOne(current))
        m_remembered.append(current);
}

bool TagTreeView::restoreSelection()
{
    const QStringList tags = std::exchange(m_remembered, {});
    for (const QString &tag : tags) {
        if (const QModelIndex row = m_model.find(tag); row.isValid())
            selectionModel()->setCurrentIndex(row, QItemSelectionModel::Select
                                                       | QItemSelectionModel::Rows);
    }
    return selectionModel()->hasSelection();
}

void TagTreeView::reportVisibleTags()
{
    if (!isVisible())
        return;
    QStringList tags;
    QModelIndex row = indexAt(viewport()->rect().topLeft());
    // The rest of the screenful below the last row is read ahead.
    const int rowHeight = qMax(1, sizeHintForRow(0));
    for (int left = 2 * viewport()->height() / rowHeight + 1; row.isValid() && left > 0; --left) {
        if (!row.parent().isValid())
            tags.append(row.data(TagTreeModel::TagRole).toString());
        row = indexBelow(row);
    }
    emit visibleTagsChanged(tags);
}

void TagTreeView::handleActivated(const QModelIndex &index)
{
    const QString tag = index.data(TagTreeModel::TagRole).toString();
    const auto kind = static_cast<TagTreeNode::Kind>(index.data(TagTreeModel::KindRole).toInt());
    if (kind == TagTreeNode::Kind::Tag)
        emit tagActivated(tag);
    else if (kind == TagTreeNode::Kind::Manifest)
        emit manifestActivated(tag, index.data(TagTreeModel::DigestRole).toString());
}

void TagTreeView::scrollContentsBy(int dx, int dy)
{
    QTreeView::scrollContentsBy(dx, dy);
    m_settled.start();
}

void TagTreeView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    m_settled.start();
}

void TagTreeView::showEvent(QShowEvent *event)
{
    QTreeView::showEvent(event);
    m_settled.start();
}

void TagTreeView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTreeView::selectionChanged(selected, deselected);
    emit selectionHasChanged();
}

} // namespace Longshore::Ui
