// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/savebackupjob.h"

#include "core/base/diskcalls.h"
#include "core/base/displaytext.h"
#include "core/base/foreachjob.h"
#include "core/base/safefile.h"
#include "core/base/workerjob.h"
#include "core/cleanup/backup.h"
#include "core/layout/ocilayoutwriter.h"
#include "core/registry/updatereferrerstagjob.h"
#include "core/session/session.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Longshore {

using Priority = Session::Priority;

SaveBackupJob::SaveBackupJob(Session &session, const DeletionPlan &plan, const QString &folder,
                             QObject *parent)
    : ResultJob(parent), m_session(session), m_plan(plan), m_folder(folder)
{}

QString SaveBackupJob::defaultPlace()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + "/backups"_L1;
}

QString SaveBackupJob::defaultFolder(const QString &host, const RepositoryName &repository)
{
    // Nothing but what every file system takes; ":" of a port is not among it.
    QString name = host + u'_' + repository.toString();
    name.replace(u'/', u'_').replace(u':', u'_').remove(u'[').remove(u']');
    const QString time = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmsszzz"_s);
    return defaultPlace() + u'/' + time + u'_' + name.left(100);
}

void SaveBackupJob::doStart()
{
    QList<Digest> roots;
    for (const DeletionGroup &group : m_plan.groups)
        roots.append(group.manifest.digest);
    auto *readAll = new ReadManifestsJob(m_session, m_plan.repository, roots,
                                         ReadManifestsJob::MissingEntry::Skip);
    runChild(readAll, [this](const Result<Manifests> &manifests) {
        if (!manifests)
            return fail(manifests.error());
        if (const auto error = objection(*manifests))
            return fail(*error);
        fetchConfigs(*manifests);
    });
}

/// Why this is not what shall be saved.
std::optional<Error> SaveBackupJob::objection(const Manifests &manifests) const
{
    for (const DeletionGroup &group : m_plan.groups) {
        const MediaType &now = manifests.find(group.manifest.digest)->mediaType;
        if (now != group.manifest.mediaType)
            return Error{Error::Kind::Changed,
                         tr("The server now calls an image %1, which was %2.")
                             .arg(quotedText(now.toString()),
                                  quotedText(group.manifest.mediaType.toString()))};
    }
    return {};
}

void SaveBackupJob::fetchConfigs(const Manifests &manifests)
{
    QList<Descriptor> configs;
    for (const Manifest &manifest : manifests) {
        m_documents.insert(manifest.digest, manifest.bytes);
        m_manifests.append(manifest.digest.toString());
        if (const auto subject = subjectOf(manifest))
            m_subjects.insert(manifest.digest, *subject);
        if (const ImageManifest *image = manifest.image())
            configs.append(image->config);
    }
    auto *fetchAll = new ForEachJob<Descriptor, QByteArray>(
        configs,
        [this](const Descriptor &config) {
            return m_session.fetchBlob(m_plan.repository, config, Priority::Interactive);
        },
        [this](const Descriptor &config, const Result<QByteArray> &bytes) {
            // Blobs are not deleted: without its configuration the backup is still whole.
            if (bytes)
                m_documents.insert(config.digest, *bytes);
        });
    runChild(fetchAll, [this](const Result<Done> &) { write(); });
}

static QJsonArray namesOf(const QList<Tag> &tags)
{
    QJsonArray names;
    for (const Tag &tag : tags)
        names.append(tag.toString());
    return names;
}

QByteArray SaveBackupJob::record() const
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QJsonArray deleted;
    for (const DeletionGroup &group : m_plan.groups) {
        deleted.append(QJsonObject{{u"digest"_s, group.manifest.digest.toString()},
                                   {u"mediaType"_s, group.manifest.mediaType.toString()},
                                   {u"tags"_s, namesOf(group.allTags())},
                                   {u"siblings"_s, namesOf(group.siblings)}});
    }
    QStringList saved = m_manifests;
    saved.sort();
    QVariantMap tags; // One by one, an object would be sorted anew for each of 100,000.
    for (auto tag = m_plan.knownTags.begin(); tag != m_plan.knownTags.end(); ++tag)
        tags.insert(tag.key(), *tag);
    return QJsonDocument(QJsonObject{{u"version"_s, Backup::version},
                                     {u"program"_s, u"Longshore/" LONGSHORE_VERSION ""_s},
                                     {u"saved"_s, now.toString(Qt::ISODate)},
                                     {u"host"_s, m_session.host()},
                                     {u"repository"_s, m_plan.repository.toString()},
                                     {u"taken"_s, m_plan.taken.toString(Qt::ISODate)},
                                     {u"manifests"_s, deleted},
                                     {u"documents"_s, QJsonArray::fromStringList(saved)},
                                     {u"tags"_s, QJsonObject::fromVariantMap(tags)}})
        .toJson();
}

/// The folders that are about to be made, and the one that they are made in.
static QStringList foldersOf(const QString &folder)
{
    QStringList folders{folder + "/blobs"_L1, folder};
    QString path = QFileInfo(folder).absoluteFilePath();
    while (!QFileInfo::exists(path) && path != QFileInfo(path).absolutePath()) {
        path = QFileInfo(path).absolutePath();
        folders.append(path);
    }
    return folders;
}

/// Files sync the folder that they are in; but a folder is itself an entry of another.
static Result<Done> sync(const QStringList &folders)
{
    for (const QString &folder : folders) {
        if (const int error = DiskCalls::syncFolder(folder))
            return Error{Error::Kind::LocalFile,
                         SaveBackupJob::tr("Cannot write %1: %2.")
                             .arg(quotedPath(folder), quotedText(qt_error_string(error)))};
    }
    return Done();
}

Result<SavedBackup> SaveBackupJob::writeTo(const QString &folder, const DeletionPlan &plan,
                                           const Documents &documents, const QByteArray &record)
{
    OciLayoutWriter writer(folder);
    const QStringList folders = foldersOf(folder);
    if (const auto created = writer.create(); !created)
        return created.error();
    SavedBackup backup{folder, plan.groups.size(), 0};
    for (auto document = documents.begin(); document != documents.end(); ++document) {
        if (const auto added = writer.addBlob(document.key(), *document); !added)
            return added.error();
        backup.bytes += document->size();
    }
    for (const DeletionGroup &group : plan.groups) {
        Descriptor manifest = group.manifest;
        manifest.size = documents.value(manifest.digest).size(); // Not what HEAD has said of it.
        for (const Tag &tag : group.allTags())
            writer.addReference(manifest, tag.toString());
        if (group.allTags().isEmpty())
            writer.addReference(manifest, {});
    }
    if (const auto finished = writer.finish(); !finished)
        return finished.error();
    if (const auto synced = sync(folders); !synced)
        return synced.error();
    const auto recorded = SafeFile::writeFile(folder + u'/' + Backup::recordName, record);
    return recorded ? Result<SavedBackup>(backup) : Result<SavedBackup>(recorded.error());
}

void SaveBackupJob::write()
{
    auto *worker = new WorkerJob<SavedBackup>(
        [folder = m_folder, plan = m_plan, documents = m_documents,
         text = record()](const CancelFlag &) { return writeTo(folder, plan, documents, text); });
    runChild(worker, [this](const Result<SavedBackup> &backup) {
        if (!backup)
            return fail(backup.error());
        SavedBackup saved = *backup;
        saved.subjects = m_subjects;
        succeed(saved);
    });
}

} // namespace Longshore
