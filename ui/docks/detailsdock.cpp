// SPDX-License-Identifier: Apache-2.0
#include "ui/docks/detailsdock.h"

#include "ui/views/propertyview.h"

#include <QHeaderView>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

DetailsDock::DetailsDock(QWidget *parent)
    : QDockWidget(tr("Details"), parent), m_view(new PropertyView(tr("Details")))
{
    setObjectName(u"detailsDock"_s);
    m_view->header()->setSectionResizeMode(PropertyModel::NameColumn,
                                           QHeaderView::ResizeToContents);
    m_view->header()->hide();
    setWidget(m_view);
}

void DetailsDock::showProperties(const QList<Property> &properties)
{
    m_view->setProperties(
        properties.isEmpty() ? QList<Property>{{tr("Nothing is selected"), {}, true}} : properties);
}

} // namespace Longshore::Ui
