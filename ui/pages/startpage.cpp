// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/startpage.h"

#include "core/base/displaytext.h"
#include "core/registry/registryaddress.h"
#include "ui/format/tooltip.h"

#include <QAction>
#include <QBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

constexpr int pictureSize = 64;
constexpr qsizetype mostFound = 8; // What has room without scrolling.

StartPage::StartPage(const QList<QAction *> &actions, const ConnectionStore &connections,
                     QWidget *parent)
    : QWidget(parent)
    , m_connections(connections)
    , m_found(new QWidget)
    , m_foundLayout(new QVBoxLayout(m_found))
{
    setObjectName(u"startPage"_s);
    auto *picture = new QLabel;
    picture->setPixmap(QIcon(u":/icons/longshore.svg"_s).pixmap(pictureSize));
    picture->setAlignment(Qt::AlignCenter);
    auto *headline = new QLabel(tr("Connect to a registry to see its images."));
    QFont font = headline->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    headline->setFont(font);
    headline->setAlignment(Qt::AlignCenter);
    auto *hint = new QLabel(
        tr("Registries that you have used are on the left; open one to see its repositories."));
    hint->setAlignment(Qt::AlignCenter);
    hint->setWordWrap(true);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    for (QAction *action : actions) {
        auto *button = new QPushButton(action->icon(), action->text());
        button->setObjectName("start_"_L1 + action->objectName());
        button->setToolTip(action->statusTip());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        buttons->addWidget(button);
    }
    buttons->addStretch();

    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(picture);
    layout->addSpacing(12);
    layout->addWidget(headline);
    layout->addWidget(hint);
    layout->addSpacing(12);
    layout->addLayout(buttons);
    layout->addSpacing(12);
    layout->addWidget(m_found, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    m_found->setObjectName(u"foundRegistries"_s);
    m_found->hide();
    connect(&m_offers, &CredentialPresenter::changed, this, &StartPage::showFound);
    connect(&m_connections, &ConnectionStore::changed, this, &StartPage::showFound);
}

void StartPage::showEvent(QShowEvent *event)
{
    m_offers.lookForRegistries(); // Somebody may have signed in meanwhile.
    QWidget::showEvent(event);
}

void StartPage::showFound()
{
    while (QLayoutItem *item = m_foundLayout->takeAt(0)) {
        item->widget()->deleteLater(); // It may be the button that was just pressed.
        item->widget()->hide();
        delete item;
    }
    QStringList used;
    for (const SavedConnection &connection : m_connections.connections()) {
        if (const auto address = RegistryAddress::parse(connection.address))
            used.append(address->host);
    }
    QList<KnownRegistry> found = m_offers.registries();
    found.removeIf([&](const KnownRegistry &registry) { return used.contains(registry.host); });
    m_found->setVisible(!found.isEmpty());
    if (found.isEmpty())
        return;
    m_foundLayout->addWidget(new QLabel(tr("Docker or Podman are signed in here:")));
    for (const KnownRegistry &registry : found.first(std::min(found.size(), mostFound)))
        addFound(registry);
}

void StartPage::addFound(const KnownRegistry &registry)
{
    auto *button = new QPushButton(tr("Add %1").arg(labelText(registry.host)));
    button->setObjectName("found_"_L1 + registry.host);
    button->setToolTip(toolTipText(tr("The sign-in is read %1; nothing is copied.", "from a file")
                                       .arg(registry.source.toString())));
    connect(button, &QPushButton::clicked, this,
            [this, host = registry.host] { emit registryRequested(host); });
    m_foundLayout->addWidget(button);
}

} // namespace Longshore::Ui
