// SPDX-License-Identifier: Apache-2.0
#include "ui/docks/registriesdock.h"

#include "ui/models/registrytreemodel.h"
#include "ui/views/filteredit.h"
#include "ui/views/registrytreeview.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

RegistriesDock::RegistriesDock(RegistryTreeModel &model, QWidget *parent)
    : QDockWidget(tr("Registries"), parent)
    , m_model(model)
    , m_tree(new RegistryTreeView(model))
    , m_filter(new FilterEdit(tr("Filter repositories")))
{
    setObjectName(u"registriesDock"_s);
    m_filter->setObjectName(u"filterRegistries"_s);
    connect(m_filter, &FilterEdit::filterChanged, &model, &RegistryTreeModel::setFilter);
    connect(m_filter, &FilterEdit::left, this, [this] {
        if (!m_tree->currentIndex().isValid())
            m_tree->setCurrentIndex(m_model.index(0, 0));
        m_tree->setFocus();
    });

    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(m_filter);
    layout->addWidget(m_tree);
    setWidget(content);
}

void RegistriesDock::revealConnection(const QString &connectionId)
{
    const QModelIndex row = m_model.find(connectionId, {});
    m_tree->setCurrentIndex(row);
    m_tree->expand(row);
}

void RegistriesDock::revealRepository(const QString &connectionId, const QString &path)
{
    const QModelIndex row = m_model.find(connectionId, path);
    if (!row.isValid() || m_tree->hasFocus())
        return;
    m_tree->setCurrentIndex(row);
    m_tree->scrollTo(row);
}

} // namespace Longshore::Ui
