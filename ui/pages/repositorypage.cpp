// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/repositorypage.h"

#include "core/base/displaytext.h"
#include "ui/format/errortext.h"
#include "ui/models/tagproperties.h"
#include "ui/views/filteredit.h"
#include "ui/views/messagebar.h"
#include "ui/views/placeholder.h"
#include "ui/views/tagtreeview.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

RepositoryPage::RepositoryPage(const Place &place, std::shared_ptr<Session> session,
                               QWidget *parent)
    : Page(place, parent)
    , m_presenter(std::move(session), place.repository, m_model)
    , m_tree(new TagTreeView(m_model))
    , m_filter(new FilterEdit(tr("Filter tags")))
    , m_coverage(new QLabel)
    , m_readAll(new QPushButton(tr("Read &All")))
    , m_message(new MessageBar)
    , m_placeholder(new Placeholder)
    , m_stack(new QStackedWidget)
    , m_clearFilter(makeAction(u"clearFilter"_s, tr("Clear Filter")))
    , m_stop(makeAction(u"stopListing"_s, tr("Stop")))
{
    setObjectName(u"repositoryPage"_s);
    buildLayout();
    connectSignals();
}

void RepositoryPage::buildLayout()
{
    m_filter->setObjectName(u"filterTags"_s);
    m_coverage->setObjectName(u"coverage"_s);
    m_coverage->setTextFormat(Qt::PlainText);
    m_readAll->setObjectName(u"readAll"_s);
    m_readAll->setToolTip(tr("Read the details of every tag, so that sorting covers all of them"));

    auto *bar = new QHBoxLayout;
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_coverage);
    bar->addWidget(m_readAll);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_placeholder);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addLayout(bar);
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    setContent(m_tree);
}

void RepositoryPage::connectSignals()
{
    connect(m_filter, &FilterEdit::filterChanged, this, [this](const QString &text) {
        m_model.setFilter(text);
        updateContent();
    });
    connect(m_filter, &FilterEdit::left, this, &RepositoryPage::enterList);
    connect(m_clearFilter, &QAction::triggered, m_filter, &QLineEdit::clear);
    connect(m_stop, &QAction::triggered, this, [this] {
        m_presenter.stopListing();
        if (m_model.tagCount() == 0)
            return handleListingFailure(
                {Error::Kind::Cancelled, tr("Stopped before the first tag came.")});
        handleListingEnd({m_model.tagCount(), 0, Error::cancelled()});
    });
    connect(m_readAll, &QPushButton::clicked, this, [this] {
        if (m_presenter.isReadingAll())
            m_presenter.stopReadingAll();
        else
            m_presenter.readAll();
    });
    connect(&m_presenter, &TagsPresenter::listingStarted, this, [this] {
        m_failure.reset();
        m_message->hide();
        updateContent();
    });
    connect(&m_presenter, &TagsPresenter::listingEnded, this, &RepositoryPage::handleListingEnd);
    connect(&m_presenter, &TagsPresenter::listingFailed, this,
            &RepositoryPage::handleListingFailure);
    connect(&m_presenter, &TagsPresenter::coverageChanged, this, &RepositoryPage::updateCoverage);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &parent) {
        if (!parent.isValid())
            updateContent();
    });
    connect(m_tree, &TagTreeView::visibleTagsChanged, this, [this](const QStringList &tags) {
        m_visible = tags;
        m_presenter.showDetailsOf(tags);
        markLoaded();
    });
    connect(m_tree, &TagTreeView::tagActivated, this, [this](const QString &tag) {
        emit placeActivated({place().connectionId, place().repository, *Tag::parse(tag)});
    });
    connect(
        m_tree, &TagTreeView::manifestActivated, this,
        [this](const QString &, const QString &digest) {
            emit placeActivated({place().connectionId, place().repository, *Digest::parse(digest)});
        });
    connect(m_tree, &TagTreeView::fileWanted, this, &Page::fileWanted);
    connect(m_tree, &TagTreeView::selectionHasChanged, this, &Page::selectionChanged);
}

QHeaderView *RepositoryPage::header() const
{
    return m_tree->header();
}

void RepositoryPage::reload()
{
    m_visible.clear();
    m_tree->rememberSelection();
    m_presenter.reload();
    m_isLoaded = false; // Only now: the end of what ran before says nothing.
}

void RepositoryPage::addContextActions(const QList<QAction *> &actions)
{
    m_tree->addActions(actions);
}

void RepositoryPage::removeTags(const QStringList &tags)
{
    const int row = m_tree->currentIndex().row();
    m_model.removeTags(tags);
    const int next = qMin(row, m_model.rowCount() - 1);
    m_tree->setCurrentIndex(m_model.index(qMax(0, next), 0));
    updateContent();
    emit selectionChanged();
}

void RepositoryPage::handleListingEnd(const ListSummary &summary)
{
    // An order is worth one change of place, now that no further names come: the one that the
    // header shows from the last time, else the natural one.
    const QHeaderView &columns = *m_tree->header();
    if (columns.sortIndicatorSection() < 0)
        m_tree->sortByColumn(TagTreeModel::NameColumn, Qt::AscendingOrder);
    else
        m_tree->sortByColumn(columns.sortIndicatorSection(), columns.sortIndicatorOrder());
    // A list that got the focus before it was sorted has a current row somewhere, unselected.
    if (!m_tree->selectionModel()->hasSelection() && !m_tree->restoreSelection())
        m_tree->setCurrentIndex(m_model.index(0, 0));
    if (summary.incomplete)
        m_message->showMessage(
            MessageBar::Kind::Warning,
            tr("The list of tags is not complete: %1").arg(summary.incomplete->message),
            errorText(*summary.incomplete).details, {retry()});
    else if (summary.invalidCount > 0)
        m_message->showMessage(MessageBar::Kind::Information,
                               tr("%n entry(ies) of the list are no tags and were left out.",
                                  nullptr, static_cast<int>(summary.invalidCount)),
                               summary.invalidNames.join(u'\n'));
    updateContent();
    markLoaded();
    emit selectionChanged();
}

void RepositoryPage::handleListingFailure(const Error &error)
{
    m_failure = error;
    updateContent();
    m_isLoaded = true;
    emit loaded();
}

void RepositoryPage::showFailure(const Error &error)
{
    const ErrorText text = errorText(error);
    const QString headline = error.kind == Error::Kind::NotFound
                                 ? tr("%1 does not exist here, or you may not see it.")
                                       .arg(quotedText(place().repository.toString()))
                                 : text.headline;
    m_placeholder->showMessage(headline, QString(text.advice + u'\n' + text.details).trimmed(),
                               remediesFor(error));
}

/// Shows the list, or why there is none.
void RepositoryPage::updateContent()
{
    m_stack->setCurrentWidget(m_placeholder);
    if (m_model.shownCount() > 0)
        m_stack->setCurrentWidget(m_tree);
    else if (m_presenter.isListing())
        m_placeholder->showLoading(
            tr("Reading the tags of %1\u2026").arg(quotedText(place().repository.toString())),
            {m_stop});
    else if (m_failure)
        showFailure(*m_failure);
    else if (m_model.tagCount() > 0)
        m_placeholder->showMessage(tr("No tag matches."),
                                   tr("%n tag(s) are hidden by the filter.", nullptr,
                                      static_cast<int>(m_model.tagCount())),
                                   {m_clearFilter});
    else
        m_placeholder->showMessage(tr("No tags."),
                                   tr("The repository name remains until the server's "
                                      "administrator removes it."));
    updateCoverage();
}

void RepositoryPage::updateCoverage()
{
    const auto count = static_cast<int>(m_model.tagCount());
    const auto read = static_cast<int>(m_model.readCount());
    QStringList parts{m_model.shownCount() < count
                          ? tr("%1 of %n tag(s)", nullptr, count).arg(m_model.shownCount())
                          : tr("%n tag(s)", nullptr, count)};
    if (m_presenter.isListing())
        parts.append(tr("reading\u2026"));
    else if (read < count)
        parts.append(tr("details of %1").arg(read));
    m_coverage->setText(parts.join(u" \u00b7 "_s));
    m_readAll->setVisible(canReadAll() || m_presenter.isReadingAll());
    m_readAll->setText(m_presenter.isReadingAll() ? tr("&Stop Reading") : tr("Read &All"));
    markLoaded();
    emit selectionChanged();
}

bool RepositoryPage::visibleDetailsAreRead() const
{
    return m_model.unreadOf(m_visible).isEmpty()
           && std::none_of(m_visible.begin(), m_visible.end(),
                           [this](const QString &tag) { return m_presenter.isReading(tag); });
}

void RepositoryPage::markLoaded()
{
    const bool isEmpty = m_model.shownCount() == 0;
    if (m_isLoaded || m_presenter.isListing()
        || (!isEmpty && (m_visible.isEmpty() || !visibleDetailsAreRead())))
        return;
    m_isLoaded = true;
    emit loaded();
}

void RepositoryPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void RepositoryPage::enterList()
{
    if (m_model.shownCount() == 0)
        return;
    if (!m_tree->selectionModel()->hasSelection()) // A current row alone is not a selected one.
        m_tree->setCurrentIndex(m_model.index(0, 0));
    m_tree->setFocus();
}

QList<Tag> RepositoryPage::selectedTags() const
{
    QList<Tag> tags;
    for (const QString &tag : m_tree->selectedTags())
        tags.append(*Tag::parse(tag));
    return tags;
}

QList<LayerChoice> RepositoryPage::selectedLayers() const
{
    const QModelIndex index = m_tree->currentIndex();
    if (index.data(TagTreeModel::NumberRole).toInt() == 0)
        return {};
    return {{*Tag::parse(index.data(TagTreeModel::TagRole).toString()),
             {MediaType::parse(index.data(TagTreeModel::MediaTypeRole).toString()),
              *Digest::parse(index.data(TagTreeModel::DigestRole).toString()),
              index.data(TagTreeModel::SizeRole).toLongLong()},
             index.data(TagTreeModel::NumberRole).toInt(),
             Digest::parse(index.parent().data(TagTreeModel::DigestRole).toString())}};
}

QString RepositoryPage::selectedDigest() const
{
    return m_tree->currentIndex().data(TagTreeModel::DigestRole).toString();
}

QList<Property> RepositoryPage::details() const
{
    return propertiesOf(m_tree->currentIndex());
}

QString RepositoryPage::summary() const
{
    const auto selected = static_cast<int>(m_tree->selectedTags().size());
    return selected > 1 ? tr("%n tag(s) selected", nullptr, selected) : m_coverage->text();
}

} // namespace Longshore::Ui
