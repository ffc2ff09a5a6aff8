// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanupdecision.h"
#include "support/fakeconnection.h"

#include <random>

/// A repository in which others push, move, sign and remove while a clean-up runs, and whose server
/// loses answers and fails; all of it by chance, from a seed. It knows at each change what the one
/// who asked for it could have seen.
class DeletionWorld
{
public:
    /// What is wrong with a change; empty when nothing is.
    using Complaints = QStringList;

    /// How the server removes a tag alone, where it says that it does.
    enum class TagRemoval { Alone, WithSiblings };

    DeletionWorld(FakeRegistry &registry, const QString &repository, quint32 seed,
                  TagRemoval tagRemoval);

    /// Pushes what is there at the beginning: images, indexes, signatures, and what refers to others.
    void populate();
    /// @{
    /// What somebody wants to be rid of.
    [[nodiscard]] Longshore::CleanupRules rules();
    [[nodiscard]] Longshore::CleanupChoices choices();
    /// @}
    /// From now on it is restless, until calm() is called. What is decided goes, and nothing else.
    /// \a backup is the folder that must be whole before an image goes, and beside it that of tags;
    /// \a kill is called at one of the requests, perhaps.
    void begin(const Longshore::CleanupDecisions &decisions, const QString &backup,
               std::function<void()> kill);
    /// From now on all is well, but what is not decided must still not go.
    void calm() { m_isRestless = false; }
    /// From now on it judges nothing; complains when the registry is not as it should be by then.
    void end();

    struct Deletion
    {
        QString digest;
        QByteArray bytes;
        QStringList tags; ///< That went with it.
    };
    [[nodiscard]] const QList<Deletion> &deletions() const { return m_deletions; }
    /// Tags that went alone, and what they pointed to.
    [[nodiscard]] const QHash<QString, QString> &untagged() const { return m_untagged; }
    [[nodiscard]] bool wasDeleted(const QString &digest) const;
    [[nodiscard]] const Complaints &complaints() const { return m_complaints; }
    /// Tags that were lost because they came when it was too late to see them.
    [[nodiscard]] int raceCount() const { return m_races; }
    /// What has not come back of all that went.
    [[nodiscard]] Complaints missing() const;

private:
    [[nodiscard]] int random(int limit);
    [[nodiscard]] bool handle(const TestRequest &request, const TestConnection &connection);
    void see(const TestRequest &request);
    void meddle();
    void push(const QString &tag, const QByteArray &content);
    void pushIndex(const QString &tag, const QString &of);
    void sign(const QString &subject);
    void refer(const QString &subject);
    void set(const QString &tag, const QString &digest);
    [[nodiscard]] QString anyTag();
    [[nodiscard]] QString anyDigest();
    [[nodiscard]] bool fail(const TestRequest &request, const TestConnection &connection);
    [[nodiscard]] bool isThere(const QString &digest) const;
    [[nodiscard]] QStringList tagsOf(const QString &digest) const;

    /// @{
    /// Of what the other side is about to do.
    void judgeDecisions();
    void judge(const TestRequest &request);
    void judgeDeletion(const QString &digest);
    void judgeLoss(const QString &digest);
    void judgePlaceholderDeletion(const QString &digest);
    void judgeTagDeletion(const QString &tag);
    void judgePush(const QString &tag, const TestRequest &request);
    void judgeList(const QString &tag, const QByteArray &list);
    [[nodiscard]] bool isPartOfWhatStays(const QString &digest) const;
    void judgeUntagging(const QString &tag);
    void judgeDisplacement(const QString &tag);
    void takeSiblings(const QString &tag);
    /// @}
    /// Whether the tag had what it has now when it could be seen last.
    [[nodiscard]] bool wasVisible(const QString &tag) const;
    void complain(const QString &subject, const QString &what);

    FakeRegistry &m_registry;
    QString m_repository;
    std::mt19937 m_generator;
    TagRemoval m_tagRemoval;
    QHash<QString, QString> m_tags; ///< To digests.
    QHash<QString, QSet<QString>> m_history; ///< All that a tag ever pointed to.
    QHash<QString, QStringList> m_parts; ///< Of indexes, by their digest.
    QHash<QString, QString> m_subjects; ///< What manifests say that they are about.
    QList<QString> m_digests; ///< Of all images that ever were.

    QHash<QString, QSet<QString>> m_planned; ///< Tags by the digest that goes.
    QHash<QString, QString> m_plannedAlone; ///< Tags that go alone, and their digests.
    QHash<QString, QSet<QString>> m_staying; ///< Tags for which an image stays, by its digest.
    QHash<QString, QSet<QString>> m_about; ///< What those are about that go.
    QSet<QString> m_known; ///< Tags when the run began to delete.
    QString m_backup;
    std::function<void()> m_kill;
    int m_killAt = -1;
    bool m_isRestless = false;

    int m_clock = 0; ///< Counts requests.
    int m_lastList = 0;
    QHash<QString, int> m_lastLook; ///< At tags.
    QHash<QString, int> m_changed; ///< Tags.
    int m_made = 0;

    QSet<QString> m_placeholders; ///< Digests.
    QList<Deletion> m_deletions;
    QHash<QString, QString> m_untagged;
    QSet<QString> m_taken; ///< Tags that the server took along.
    Complaints m_complaints;
    int m_races = 0;
};
