// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/deletionplan.h"
#include "support/fakeconnection.h"

#include <random>

/// A repository in which others push, move and remove tags while a deletion runs, and whose server
/// loses answers and fails; all of it by chance, from a seed. It knows at each deletion what the one
/// who asked for it could have seen.
class DeletionWorld
{
public:
    /// What is wrong with a deletion; empty when nothing is.
    using Complaints = QStringList;

    DeletionWorld(FakeRegistry &registry, const QString &repository, quint32 seed);

    /// Pushes the images and indexes that are there at the beginning.
    void populate();
    /// Tags that somebody wants to be rid of.
    [[nodiscard]] QList<Longshore::Tag> choice();
    /// From now on it is restless, until calm() is called. \a backup is the folder that must be whole
    /// before anything goes, and \a kill is called at one of the requests, perhaps.
    void begin(const Longshore::DeletionPlan &plan, const QString &backup,
               std::function<void()> kill);
    /// From now on all is well.
    void calm() { m_isRestless = false; }

    struct Deletion
    {
        QString digest;
        QByteArray bytes;
        QStringList tags; ///< That went with it.
    };
    [[nodiscard]] const QList<Deletion> &deletions() const { return m_deletions; }
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
    void set(const QString &tag, const QString &digest);
    [[nodiscard]] QString anyTag();
    [[nodiscard]] QString anyDigest();
    [[nodiscard]] bool fail(const TestRequest &request, const TestConnection &connection);
    void judgeDeletion(const QString &digest);
    /// Whether the tag had what it has now when it could be seen last.
    [[nodiscard]] bool wasVisible(const QString &tag) const;
    void complain(const QString &digest, const QString &what);

    FakeRegistry &m_registry;
    QString m_repository;
    std::mt19937 m_generator;
    QHash<QString, QString> m_tags; ///< To digests.
    QHash<QString, QStringList> m_parts; ///< Of indexes, by their digest.
    QList<QString> m_digests; ///< Of all images that ever were.
    QHash<QString, QSet<QString>> m_planned; ///< Tags by digest.
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
    QList<Deletion> m_deletions;
    Complaints m_complaints;
    int m_races = 0;
};
