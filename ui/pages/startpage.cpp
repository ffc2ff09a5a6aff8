// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/startpage.h"

#include "core/base/displaytext.h"
#include "core/registry/registryaddress.h"
#include "ui/format/tintedicon.h"
#include "ui/format/tooltip.h"
#include "ui/presenters/openedfiles.h"
#include "ui/presenters/registrypresenter.h"

#include <QAction>
#include <QBoxLayout>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using Kind = RecentFiles::Kind;

constexpr int pictureSize = 64;
constexpr qsizetype mostFound = 8; // What has room without scrolling.

static void clear(QLayout &layout)
{
    while (QLayoutItem *item = layout.takeAt(0)) {
        item->widget()->setParent(nullptr);
        item->widget()->deleteLater(); // It may be the button that was just pressed.
        delete item;
    }
}

StartPage::StartPage(const QList<QAction *> &actions, RegistryPresenter &registries,
                     WindowSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_registries(registries)
    , m_settings(settings)
    , m_headline(new QLabel)
    , m_hint(new QLabel)
    , m_found(new QWidget)
    , m_foundLayout(new QVBoxLayout(m_found))
    , m_recent(new QWidget)
    , m_recentLayout(new QVBoxLayout(m_recent))
{
    setObjectName(u"startPage"_s);
    auto *picture = new QLabel;
    picture->setPixmap(QIcon(u":/icons/longshore.svg"_s).pixmap(pictureSize));
    picture->setAlignment(Qt::AlignCenter);
    QFont font = m_headline->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    m_headline->setObjectName(u"startHeadline"_s);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setFont(font);
    m_headline->setAlignment(Qt::AlignCenter);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);

    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    for (QWidget *widget : QList<QWidget *>{picture, m_headline, m_hint})
        layout->addWidget(widget);
    layout->insertSpacing(2, 12);
    layout->addSpacing(12);
    layout->addLayout(makeButtons(actions));
    layout->addSpacing(12);
    layout->addWidget(m_recent, 0, Qt::AlignHCenter);
    layout->addWidget(m_found, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    m_recent->setObjectName(u"recentFiles"_s);
    m_found->setObjectName(u"foundRegistries"_s);
    m_found->hide();
    connectRegistries();
    showText();
}

QLayout *StartPage::makeButtons(const QList<QAction *> &actions)
{
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    for (QAction *action : actions) {
        // Without their keys, which belong to menus.
        auto *button = new QPushButton(action->icon(), action->text().remove(u'&'));
        button->setObjectName("start_"_L1 + action->objectName());
        button->setToolTip(action->statusTip());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    return buttons;
}

void StartPage::connectRegistries()
{
    connect(&m_files, &RecentFiles::found, this, &StartPage::updateRecent);
    connect(&m_offers, &CredentialPresenter::changed, this, &StartPage::showFound);
    connect(&m_registries.store(), &ConnectionStore::changed, this, &StartPage::showFound);
    connect(&m_registries.store(), &ConnectionStore::changed, this, &StartPage::showText);
    connect(&m_registries, &RegistryPresenter::sessionOpened, this, &StartPage::showText);
    connect(&m_registries, &RegistryPresenter::sessionClosed, this, &StartPage::showText);
    connect(&m_registries.files(), &OpenedFiles::changed, this, &StartPage::showText);
    connect(&m_registries.files(), &OpenedFiles::opened, this, [this](const QString &id) {
        m_settings.addRecentFile(m_registries.files().path(id));
        showRecent();
        showText();
    });
}

void StartPage::showEvent(QShowEvent *event)
{
    m_offers.lookForRegistries(); // Somebody may have signed in meanwhile.
    showRecent(); // Files come and go.
    QWidget::showEvent(event);
}

void StartPage::showText()
{
    const QList<SavedConnection> known = m_registries.store().connections();
    const QStringList files = m_registries.files().ids();
    const auto isOpen = [this](const QString &id) { return m_registries.source(id) != nullptr; };
    const bool isConnected = std::any_of(known.begin(), known.end(),
                                         [&](const SavedConnection &one) { return isOpen(one.id); })
                             || std::any_of(files.begin(), files.end(), isOpen);
    m_headline->setText(isConnected ? tr("Choose a repository to see its images.")
                                    : tr("Connect to a registry to see its images."));
    if (isConnected)
        m_hint->setText(tr("The repositories are listed on the left."));
    else if (!known.isEmpty())
        m_hint->setText(tr("Registries that you have used are on the left; open one to see its "
                           "repositories."));
    else
        m_hint->setText(tr("Or look into images that you have in a file or folder."));
}

void StartPage::showFound()
{
    clear(*m_foundLayout);
    QStringList used;
    for (const SavedConnection &connection : m_registries.store().connections()) {
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

void StartPage::showRecent()
{
    clear(*m_recentLayout);
    m_recentButtons.clear();
    const QStringList files = m_settings.recentFiles();
    m_recent->setVisible(!files.isEmpty());
    if (files.isEmpty())
        return;
    m_recentLayout->addWidget(new QLabel(tr("Image files that you have opened:")));
    for (const QString &path : files)
        addRecent(path);
    m_files.look(files);
    auto *forget = new QPushButton(tr("&Forget These Files"));
    forget->setObjectName(u"forgetFiles"_s);
    forget->setToolTip(tr("Empties this list; the files stay where they are"));
    forget->setFlat(true);
    connect(forget, &QPushButton::clicked, this, [this] {
        m_settings.forgetRecentFiles();
        showRecent();
    });
    m_recentLayout->addWidget(forget);
}

void StartPage::addRecent(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    auto *button = new QPushButton(labelText(name));
    button->setObjectName("recent_"_L1 + name);
    connect(button, &QPushButton::clicked, this, [this, path] { emit fileRequested(path); });
    m_recentLayout->addWidget(button);
    m_recentButtons.insert(path, button);
    updateRecent(path);
}

void StartPage::updateRecent(const QString &path)
{
    QPushButton *button = m_recentButtons.value(path);
    if (!button)
        return;
    const Kind kind = m_files.kind(path);
    button->setIcon(tintedIcon(kind == Kind::Folder ? u"folder"_s : u"image"_s));
    button->setEnabled(kind != Kind::Gone); // Opening waits for a disk by itself.
    button->setToolTip(toolTipText(displayText(
        kind == Kind::Gone ? tr("%1 is not there any more.").arg(quotedPath(path)) : path, 1000)));
}

} // namespace Longshore::Ui
