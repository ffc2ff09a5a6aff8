// SPDX-License-Identifier: Apache-2.0
#include "ui/views/propertyview.h"

#include "ui/delegates/roomydelegate.h"
#include "ui/format/tintedicon.h"
#include "ui/views/ownkeys.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

PropertyView::PropertyView(const QString &accessibleName, QWidget *parent) : QTreeView(parent)
{
    setObjectName(u"properties"_s);
    setAccessibleName(accessibleName);
    setModel(&m_model);
    setRootIsDecorated(false);
    setItemDelegate(new RoomyDelegate(this));
    setUniformRowHeights(true);
    setEditTriggers(NoEditTriggers);
    setAlternatingRowColors(true);
    header()->resizeSection(PropertyModel::NameColumn, fontMetrics().averageCharWidth() * 34);
    header()->setStretchLastSection(true);
    header()->setMinimumSectionSize(fontMetrics().averageCharWidth() * 8);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // Long values end in an ellipsis.
    setTextElideMode(Qt::ElideMiddle);

    auto *copy = new QAction(tintedIcon(u"copy"_s), tr("Copy Value"), this);
    copy->setObjectName(u"copyValue"_s);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &PropertyView::copyValue);
    addAction(copy);
    new OwnKeys(*this);
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

void PropertyView::setProperties(const QList<Property> &properties)
{
    m_model.setProperties(properties);
    for (int row = 0; row < m_model.rowCount(); ++row)
        setFirstColumnSpanned(row, {}, m_model.properties().at(row).isTitle);
}

void PropertyView::copyValue() const
{
    const int row = currentIndex().row();
    if (row >= 0 && !m_model.properties().at(row).isTitle) // A title would empty the clipboard.
        QGuiApplication::clipboard()->setText(m_model.properties().at(row).value);
}

} // namespace Longshore::Ui
