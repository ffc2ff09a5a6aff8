// SPDX-License-Identifier: Apache-2.0
#include "ui/docks/registriesdock.h"

#include "ui/models/registrytreemodel.h"
#include "ui/views/registrytreeview.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Longshore::Ui {

RegistriesDock::RegistriesDock(RegistryTreeModel &model, QWidget *parent)
    : QDockWidget(tr("Registries"), parent)
    , m_model(model)
    , m_tree(new RegistryTreeView(model))
    , m_filter(new QLineEdit)
{
    setObjectName(u"registriesDock"_s);
    m_filter->setObjectName(u"filterRegistries"_s);
    m_filter->setPlaceholderText(tr("Filter repositories"));
    m_filter->setAccessibleName(tr("Filter repositories"));
    m_filter->setClearButtonEnabled(true);
    m_typing.setSingleShot(true);
    m_typing.setInterval(150ms);
    connect(m_filter, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this,
            [this, &model] { model.setFilter(m_filter->text()); });

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
