// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/oci/reference.h"

#include <QDateTime>

#include <memory>

namespace Longshore {

/// What became of one manifest or tag of a run.
struct JournalResult
{
    QString state; ///< As scripts read it: "deleted"; empty while nobody knows.
    QString message = {}; ///< Why it did not end well, or which tags were gone before; else empty.

    friend bool operator==(const JournalResult &, const JournalResult &) = default;
};

/// One manifest of a run.
struct JournalItem
{
    Digest manifest; ///< What was to go, or to come back.
    QList<Tag> tags = {}; ///< That are meant with it.
    JournalResult result = {}; ///< So far.
    std::optional<Digest> replaced = {}; ///< What lost the tags to it, where that is known.

    friend bool operator==(const JournalItem &, const JournalItem &) = default;
};

/// A number of changes in one repository that belong together, or one of what may be changed.
struct JournalRun
{
    /// What the run does.
    enum class Kind {
        Deletion, ///< Of manifests, and with them of their tags.
        Untagging, ///< Of tags alone; to delete their manifests would be something else.
        Restore,
        Copy, ///< An image was brought to the registry: copied, uploaded or imported.
        Tagging, ///< A tag was put on an image that was there.
        BlobDeletion,
        BlobUpload, ///< Of a blob alone, which belongs to no image yet.
        /// @{
        /// Of the connection, and without items.
        ReadOnlyOn,
        ReadOnlyOff,
        ChangesAllowed, ///< To a registry in production.
        ChangesForbidden,
        /// @}
    };

    Kind kind = Kind::Deletion; ///< Of all its items.
    QString host; ///< The registry, as references write it.
    std::optional<RepositoryName> repository; ///< Of that registry; nothing for all of it.
    QString backupFolder; ///< Where what is needed to undo the run lies; empty for nowhere.
    QList<JournalItem> items = {}; ///< What was planned.
    QDateTime begun = {}; ///< In UTC; set by the journal.
    std::optional<QDateTime> ended = {}; ///< Nothing while it runs, and when it broke off.
    qint64 id = 0; ///< Given by the journal.
    QString user = {}; ///< As whom; see userOf(). Empty where nobody wrote that down.
    QString connection = {}; ///< What the person calls the connection; empty for none.
};

/// Where it is written down what a run is about to change, before it does, and what became of it;
/// so that a run that broke off can be found. Lives in one thread.
class RunJournal
{
public:
    RunJournal() = default;
    virtual ~RunJournal() = default;
    Q_DISABLE_COPY_MOVE(RunJournal)

    /// Writes down what is planned, and gives the number of the run. When the job succeeds this is
    /// on the disk; fails as LocalFile, and as Unsupported for a journal of a later version.
    [[nodiscard]] virtual ResultJob<qint64> *begin(const JournalRun &run) = 0;
    /// Writes down a change that is over, with its items as they are: it cannot break off. As
    /// begin().
    [[nodiscard]] virtual ResultJob<qint64> *record(const JournalRun &run) = 0;
    /// Writes down what became of one item, by its place in the plan, a little later; a run that
    /// breaks off may lack the last of them.
    virtual void note(qint64 run, qsizetype item, const JournalResult &result) = 0;
    /// Writes down that the run is over, whether or not everything was done.
    virtual void end(qint64 run) = 0;
    /// The runs that broke off: they have no end, and whoever ran them is not there any more. The
    /// newest first. Fails as begin().
    [[nodiscard]] virtual ResultJob<QList<JournalRun>> *unfinishedRuns() = 0;
    /// Every run that is remembered, the newest first. Fails as begin().
    [[nodiscard]] virtual ResultJob<QList<JournalRun>> *runs() = 0;
};

/// What a job knows of its run in a journal; does nothing while there is no journal.
class JournaledRun
{
public:
    /// Where the run shall be written down; null for nowhere.
    void setJournal(std::shared_ptr<RunJournal> journal) { m_journal = std::move(journal); }
    /// Writes down what is planned; null without a journal. Whoever runs this job gives its result to
    /// setId().
    [[nodiscard]] ResultJob<qint64> *begin(const JournalRun &run)
    {
        return m_journal ? m_journal->begin(run) : nullptr;
    }
    /// From now on there is something to end.
    void setId(qint64 id) { m_id = id; }
    /// As RunJournal::note().
    void note(qsizetype item, const JournalResult &result)
    {
        if (m_id)
            m_journal->note(*m_id, item, result);
    }
    /// As RunJournal::end(), once.
    void end()
    {
        if (const auto id = std::exchange(m_id, std::nullopt))
            m_journal->end(*id);
    }

private:
    std::shared_ptr<RunJournal> m_journal;
    std::optional<qint64> m_id; ///< While the run is open.
};

} // namespace Longshore
