// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/propertymodel.h"
#include "ui/models/wantedfile.h"

#include <QWidget>

class QAction;

namespace Longshore::Ui {

/// A place in a registry: what a tab shows, and what the address line names.
struct Place
{
    QString connectionId;
    RepositoryName repository;
    std::optional<Reference> reference = {}; ///< None for the repository itself.
    /// What a clean-up is planned for, the repository first; empty for pages that only show.
    QList<RepositoryName> cleanup = {};

    friend bool operator==(const Place &, const Place &) = default;
};

/// A tab of the window. Says what is selected, so that the actions of the window know what they
/// would act on; asks for other places by signals.
class Page : public QWidget
{
    Q_OBJECT

public:
    explicit Page(const Place &place, QWidget *parent = nullptr);

    [[nodiscard]] const Place &place() const noexcept { return m_place; }
    /// "team/app" or "team/app:1.0".
    [[nodiscard]] QString title() const;

    virtual void reload() = 0;
    /// Where the keyboard goes on when the page comes to the front. No focus proxy: Tab would skip
    /// what is above the content.
    void focusContent() const { m_content->setFocus(); }
    /// What the context menus of its lists offer.
    virtual void addContextActions(const QList<QAction *> &actions) = 0;
    virtual void focusFilter() {}
    /// Reads the details of everything; a page without such a list does nothing.
    virtual void readAll() {}
    [[nodiscard]] virtual bool canReadAll() const { return false; }
    [[nodiscard]] virtual bool isLoaded() const = 0;
    [[nodiscard]] virtual QList<Tag> selectedTags() const = 0;
    /// Of one image, the lowest first.
    [[nodiscard]] virtual QList<LayerChoice> selectedLayers() const = 0;
    /// The digest of what is selected; empty when there is none.
    [[nodiscard]] virtual QString selectedDigest() const = 0;
    /// What the details dock shows.
    [[nodiscard]] virtual QList<Property> details() const = 0;
    /// Why the page cannot be closed yet, and what to do about it; empty when it can.
    [[nodiscard]] virtual QString objectionToClosing() const { return {}; }
    /// What could not be done; a sentence.
    virtual void warn(const QString &) {}
    /// What the status bar says: counts, sizes.
    [[nodiscard]] virtual QString summary() const = 0;

signals:
    /// The selection, or what is known about it, has changed.
    void selectionChanged();
    /// Everything that the page shows without being asked is there, or failed to come.
    void loaded();
    void placeActivated(const Longshore::Ui::Place &place);
    /// Something was dragged out of the window.
    void fileWanted(const Longshore::Ui::WantedFile &file);
    void signInRequested();

protected:
    [[nodiscard]] QAction *makeAction(const QString &name, const QString &text);
    void setContent(QWidget *content) noexcept { m_content = content; }
    [[nodiscard]] QAction *retry() const noexcept { return m_retry; }
    /// What somebody can do about \a error.
    [[nodiscard]] QList<QAction *> remediesFor(const Error &error) const;

private:
    Place m_place;
    QWidget *m_content = nullptr;
    QAction *m_retry;
    QAction *m_signIn;
};

} // namespace Longshore::Ui
