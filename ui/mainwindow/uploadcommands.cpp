// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/uploadcommands.h"

#include "core/base/displaytext.h"
#include "core/registry/registrysession.h"
#include "ui/mainwindow/copycommands.h"
#include "ui/mainwindow/mainactions.h"
#include "ui/mainwindow/pagetabs.h"
#include "ui/models/registrytreemodel.h"
#include "ui/pages/imagepage.h"
#include "ui/presenters/connectionprotection.h"
#include "ui/presenters/openedfiles.h"
#include "ui/presenters/registrypresenter.h"
#include "ui/views/registrytreeview.h"

#include <QMimeData>
#include <QUrl>

using namespace std::chrono_literals;

namespace Longshore::Ui {

UploadCommands::UploadCommands(const MainActions &actions, RegistryTreeView &tree, PageTabs &tabs,
                               RegistryPresenter &registries, CopyCommands &copies)
    : QObject(&copies)
    , m_actions(actions)
    , m_tree(tree)
    , m_tabs(tabs)
    , m_registries(registries)
    , m_copies(copies)
{
    connect(actions.uploadImage, &QAction::triggered, this,
            [this] { m_copies.askForFiles(proposal()); });
    connect(actions.uploadFolder, &QAction::triggered, this,
            [this] { m_copies.askForFolder(proposal()); });
    connect(actions.addLayer, &QAction::triggered, this, [this] {
        if (const auto base = imageInFront())
            m_copies.askForLayer(base->place, base->digest);
    });
    connect(tree.selectionModel(), &QItemSelectionModel::currentChanged, this,
            &UploadCommands::update);
    connect(&tabs, &PageTabs::currentPageChanged, this, &UploadCommands::update);
    connect(&tabs, &PageTabs::selectionChanged, this, &UploadCommands::update);
    connect(&registries, &RegistryPresenter::sessionOpened, this, &UploadCommands::update);
    connect(&registries, &RegistryPresenter::sessionClosed, this, &UploadCommands::update);
    connect(&registries, &RegistryPresenter::protectionChanged, this, &UploadCommands::update);
    m_hover.setSingleShot(true);
    m_hover.setInterval(700ms);
    connect(&m_hover, &QTimer::timeout, this, [this] { m_tree.expand(m_hovered); });
    acceptDrops();
    update();
}

void UploadCommands::acceptDrops()
{
    auto *tree = new DropArea(
        *m_tree.viewport(),
        [this](const QMimeData &data, const QPoint &point) { return lookInTree(data, point); },
        [this](const QMimeData &data, const QPoint &point) {
            take(data, *targetAt(m_tree.indexAt(point)));
        });
    auto *page = new DropArea(
        m_tabs, [this](const QMimeData &data, const QPoint &) { return lookOnPage(data); },
        [this](const QMimeData &data, const QPoint &) { takeOnPage(data); });
    connect(tree, &DropArea::announced, this, &UploadCommands::announced);
    connect(tree, &DropArea::announced, this, [this](const QString &text) {
        if (text.isEmpty())
            m_hover.stop();
    });
    connect(page, &DropArea::announced, this, &UploadCommands::announced);
}

UploadCommands::Proposal UploadCommands::proposalFor(const QModelIndex &row)
{
    const QString path = row.data(RegistryTreeModel::PathRole).toString();
    const bool isFolder =
        !path.isEmpty() && !row.data(RegistryTreeModel::IsRepositoryRole).toBool();
    return {row.data(RegistryTreeModel::ConnectionIdRole).toString(),
            isFolder ? QString(path + u'/') : path};
}

std::optional<UploadCommands::Proposal> UploadCommands::targetAt(const QModelIndex &row)
{
    return row.isValid() ? std::optional(proposalFor(row)) : std::nullopt;
}

std::optional<UploadCommands::Proposal> UploadCommands::targetInFront() const
{
    const Page *page = m_tabs.currentPage();
    if (!page || page->place().reference)
        return {};
    return Proposal{page->place().connectionId, page->place().repository.toString()};
}

std::optional<UploadCommands::Base> UploadCommands::imageInFront() const
{
    const auto *page = qobject_cast<const ImagePage *>(m_tabs.currentPage());
    const auto digest = page ? page->shownImage() : std::nullopt;
    return digest ? std::optional(Base{page->place(), *digest}) : std::nullopt;
}

/// What is selected where somebody works.
UploadCommands::Proposal UploadCommands::proposal() const
{
    const Page *page = m_tabs.currentPage();
    const QModelIndex row = m_tree.currentIndex();
    if (page && (!m_tree.hasFocus() || !row.isValid()))
        return {page->place().connectionId, page->place().repository.toString()};
    return proposalFor(row);
}

QString UploadCommands::whyNot(const QString &connectionId) const
{
    if (connectionId.isEmpty())
        return tr("Select a repository to upload to.");
    if (m_registries.files().contains(connectionId))
        return tr("Images in files cannot be changed here.");
    const auto session = m_registries.session(connectionId);
    if (!session)
        return tr("This connection is not open.");
    return objectionToChanges(*session);
}

void UploadCommands::update()
{
    const QString reason = whyNot(proposal().connectionId);
    for (QAction *action : {m_actions.uploadImage, m_actions.uploadFolder}) {
        action->setEnabled(reason.isEmpty());
        action->setToolTip(reason.isEmpty() ? action->statusTip() : reason);
    }
    const auto base = imageInFront();
    const QString why = base ? whyNot(base->place.connectionId) : tr("Open an image first.");
    m_actions.addLayer->setEnabled(why.isEmpty());
    m_actions.addLayer->setToolTip(why.isEmpty() ? m_actions.addLayer->statusTip() : why);
}

QString UploadCommands::nameOf(const Proposal &target) const
{
    if (!target.repository.isEmpty())
        return displayText(target.repository);
    const auto session = m_registries.session(target.connectionId);
    return session ? displayText(session->host()) : QString();
}

DropArea::Answer UploadCommands::answer(const QMimeData &data,
                                        const std::optional<Proposal> &target,
                                        const QRect &frame) const
{
    const bool isTags = TagDrag::isIn(data);
    if (!isTags && !data.hasUrls())
        return {};
    if (!target)
        return {isTags ? tr("Drop tags on a repository to copy them.")
                       : tr("Drop files on a repository to upload them."),
                {}};
    if (const QString reason = whyNot(target->connectionId); !reason.isEmpty())
        return {reason, {}};
    const QString name = nameOf(*target);
    return {isTags ? tr("Copy to %1").arg(name) : tr("Upload to %1").arg(name), frame};
}

DropArea::Answer UploadCommands::lookOnPage(const QMimeData &data) const
{
    if (TagDrag::isIn(data))
        return {}; // They are dragged across the list that they are from.
    const auto base = imageInFront();
    if (!base || !data.hasUrls())
        return answer(data, targetInFront(), m_tabs.rect());
    if (const QString reason = whyNot(base->place.connectionId); !reason.isEmpty())
        return {reason, {}};
    return {tr("New image: %1 with a layer on top").arg(displayText(m_tabs.currentPage()->title())),
            m_tabs.rect()};
}

DropArea::Answer UploadCommands::lookInTree(const QMimeData &data, const QPoint &point)
{
    const QModelIndex row = m_tree.indexAt(point);
    if (row != m_hovered) {
        m_hovered = row;
        m_hover.start();
    }
    return answer(data, targetAt(row), m_tree.visualRect(row));
}

void UploadCommands::take(const QMimeData &data, const Proposal &target)
{
    if (TagDrag::isIn(data))
        return takeTags(TagDrag::from(data), target);
    const QStringList paths = localPaths(data);
    if (!paths.isEmpty())
        m_copies.upload(paths, target);
}

void UploadCommands::takeOnPage(const QMimeData &data)
{
    const auto base = imageInFront();
    if (!base)
        return take(data, *targetInFront());
    const QStringList paths = localPaths(data);
    if (!paths.isEmpty())
        m_copies.extend(base->place, base->digest, paths);
}

QStringList UploadCommands::localPaths(const QMimeData &data)
{
    QStringList paths;
    const QList<QUrl> urls = data.urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    if (paths.isEmpty())
        emit announced(tr("Only files and folders of this computer can be uploaded."));
    return paths;
}

void UploadCommands::takeTags(const std::optional<TagDrag> &tags, Proposal target)
{
    if (!tags || !m_registries.source(tags->connectionId))
        return emit announced(tr("These tags cannot be copied: their connection is not open."));
    QList<Reference> images;
    for (const QString &tag : tags->tags)
        images.append(*Tag::parse(tag));
    // They keep their name in another registry or folder.
    if (target.repository.isEmpty())
        target.repository = tags->repository;
    else if (target.repository.endsWith(u'/'))
        target.repository += tags->repository.section(u'/', -1);
    m_copies.copy({tags->connectionId, *RepositoryName::parse(tags->repository)}, images, target);
}

} // namespace Longshore::Ui
