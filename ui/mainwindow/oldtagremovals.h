// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/oldtag.h"
#include "core/cleanup/runjournal.h"
#include "ui/pages/page.h"

#include <QSet>

namespace Longshore::Ui {

class RegistryPresenter;

/// Tags that go when their images have got others: waits until the transfers that set those have
/// finished, removes the tags, and says what became of it.
class OldTagRemovals final : public QObject
{
    Q_OBJECT

public:
    OldTagRemovals(RegistryPresenter &registries, QWidget *window);

    /// Where it is written down which tags went.
    void setJournal(std::shared_ptr<RunJournal> journal) { m_journal = std::move(journal); }
    /// Removes the tag, which is one of \a repository, when all these transfers have finished.
    void await(const Place &repository, const OldTag &old, const QList<quint64> &transfers);
    /// What has failed is awaited further: it may be tried again.
    void noteArrival(quint64 transfer);
    /// Nobody can try it again: what waited for it stays.
    void noteLoss(quint64 transfer);
    /// Whether the window may close now. If not, a tag is being removed, and the window closes by itself
    /// when that is over; where that goes wrong, or a dialog is open then, only if \a isForced.
    [[nodiscard]] bool mayClose(bool isForced);

signals:
    /// It lists other tags than before.
    void changed(const Longshore::Ui::Place &repository);
    /// The backup is in this folder.
    void removed(const QString &folder);
    /// Something that the person should know; a sentence.
    void noticed(const QString &notice);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Closing { NotWanted, Wanted, Forced };

    struct Leaving
    {
        Place repository;
        OldTag old;
        QSet<quint64> awaited;
    };

    void remove(const Leaving &leaving);
    void handleOutcome(const Leaving &leaving, const OldTagOutcome &outcome);
    void tell();
    /// Whether it has.
    bool closeIfWanted(const OldTagOutcome &outcome);

    RegistryPresenter &m_registries;
    QWidget *m_window;
    std::shared_ptr<RunJournal> m_journal;
    QList<Leaving> m_leaving;
    QList<std::pair<OldTag, OldTagOutcome>> m_untold; ///< While a dialog is open.
    int m_running = 0;
    Closing m_closing = Closing::NotWanted;
};

} // namespace Longshore::Ui
