// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/savebackupjob.h"

#include "core/base/diskcalls.h"
#include "core/base/displaytext.h"
#include "core/base/foreachjob.h"
#include "core/base/safefile.h"
#include "core/base/workerjob.h"
#include "core/cleanup/restoreplan.h"
#include "core/layout/ocilayoutwriter.h"
#include "core/oci/tagnames.h"
#include "core/registry/updatereferrerstagjob.h"
#include "core/session/session.h"
#include "core/transfer/blobfile.h"
#include "core/transfer/downloadblobsjob.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMutex>
#include <QStandardPaths>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr int filesAtOnce = 8;

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
    using Missing = ReadManifestsJob::MissingEntry;
    auto *readAll = new ReadManifestsJob(m_session, m_plan.repository, roots,
                                         m_leavesOutMissing ? Missing::SkipRoots : Missing::Skip);
    runChild(readAll, [this](const Result<Manifests> &manifests) {
        if (!manifests)
            return fail(manifests.error());
        leaveOutMissing(*manifests);
        if (m_plan.groups.isEmpty())
            return succeed(m_saved);
        if (const auto error = objection(*manifests))
            return fail(*error);
        fetchConfigs(*manifests);
    });
}

void SaveBackupJob::leaveOutMissing(const Manifests &manifests)
{
    m_plan.groups.removeIf([&](const DeletionGroup &group) {
        const Digest &digest = group.manifest.digest;
        if (!manifests.contains(digest))
            m_saved.missing.insert(digest);
        return m_saved.missing.contains(digest);
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
    QMap<std::pair<Digest, qint64>, Descriptor> configs; // Many images may have the same.
    if (m_plan.savesLayers)
        m_layers = blobsOf(manifests.values());
    for (const Manifest &manifest : manifests) {
        m_documents.insert(manifest.digest, manifest.bytes);
        m_manifests.append(manifest.digest.toString());
        if (const auto subject = subjectOf(manifest))
            m_saved.subjects.insert(manifest.digest, *subject);
        if (const ImageManifest *image = manifest.image())
            configs.insert({image->config.digest, image->config.size}, image->config);
    }
    auto *fetchAll = new ForEachJob<Descriptor, QByteArray>(
        configs.values(),
        [this](const Descriptor &config) {
            return m_session.fetchBlob(m_plan.repository, config, Session::Priority::Interactive);
        },
        [this](const Descriptor &config, const Result<QByteArray> &bytes) {
            // Blobs are not deleted: without its configuration the backup is still whole.
            if (bytes)
                m_documents.insert(config.digest, *bytes);
        });
    runChild(fetchAll, [this](const Result<Done> &) { write(); });
}

QByteArray SaveBackupJob::record() const
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QJsonArray deleted;
    for (const DeletionGroup &group : m_plan.groups) {
        deleted.append(
            QJsonObject{{u"digest"_s, group.manifest.digest.toString()},
                        {u"mediaType"_s, group.manifest.mediaType.toString()},
                        {u"tags"_s, QJsonArray::fromStringList(namesOf(group.allTags()))},
                        {u"siblings"_s, QJsonArray::fromStringList(namesOf(group.siblings))}});
    }
    QStringList saved = m_manifests;
    saved.sort();
    QVariantMap tags; // One by one, an object would be sorted anew for each of 100,000.
    for (auto tag = m_plan.knownTags.begin(); tag != m_plan.knownTags.end(); ++tag)
        tags.insert(tag.key(), *tag);
    QJsonObject record{{u"version"_s, Backup::version},
                       {u"program"_s, u"Longshore/" LONGSHORE_VERSION ""_s},
                       {u"saved"_s, now.toString(Qt::ISODate)},
                       {u"host"_s, m_session.host()},
                       {u"repository"_s, m_plan.repository.toString()},
                       {u"taken"_s, m_plan.taken.toString(Qt::ISODate)},
                       {u"manifests"_s, deleted},
                       {u"documents"_s, QJsonArray::fromStringList(saved)},
                       {u"tags"_s, QJsonObject::fromVariantMap(tags)}};
    QJsonArray layers;
    for (const Descriptor &layer : m_layers)
        layers.append(layer.digest.toString());
    if (!layers.isEmpty())
        record.insert(u"layers"_s, layers);
    return QJsonDocument(record).toJson();
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

/// The disk takes as long for the sync of several small files as for that of one.
static Result<Done> addDocuments(OciLayoutWriter &writer,
                                 const QHash<Digest, QByteArray> &documents)
{
    QMutex mutex;
    Result<Done> outcome{Done()};
    QThreadPool pool;
    pool.setMaxThreadCount(filesAtOnce);
    for (auto document = documents.begin(); document != documents.end(); ++document) {
        pool.start([&writer, &mutex, &outcome, document] {
            const auto added = writer.addBlob(document.key(), *document);
            const QMutexLocker lock(&mutex);
            if (!added && outcome)
                outcome = added;
        });
    }
    pool.waitForDone();
    return outcome;
}

Result<SavedBackup> SaveBackupJob::writeTo(const QString &folder, const DeletionPlan &plan,
                                           const Documents &documents)
{
    OciLayoutWriter writer(folder);
    if (const auto created = writer.create(); !created)
        return created.error();
    if (const auto added = addDocuments(writer, documents); !added)
        return added.error();
    SavedBackup backup{folder, plan.groups.size(), 0};
    for (const QByteArray &document : documents)
        backup.bytes += document.size();
    for (const DeletionGroup &group : plan.groups) {
        Descriptor manifest = group.manifest;
        manifest.size = documents.value(manifest.digest).size(); // Not what HEAD has said of it.
        for (const Tag &tag : group.allTags())
            writer.addReference(manifest, tag.toString());
        if (group.allTags().isEmpty())
            writer.addReference(manifest, {});
    }
    const auto finished = writer.finish();
    return finished ? Result<SavedBackup>(backup) : Result<SavedBackup>(finished.error());
}

/// What has been written of a backup that will be none; only what this job can have written there.
static void removeRest(const QString &folder, const QList<Descriptor> &layers)
{
    for (const Descriptor &layer : layers) // Each once nobody writes it any more.
        BlobFile::removePart(folder + u'/' + blobNameInBackup(layer.digest), layer.digest);
    const QString blobs = folder + "/blobs"_L1;
    if (!QFileInfo(blobs).isSymLink())
        QDir(blobs).removeRecursively();
    for (const QLatin1StringView name : {"/oci-layout"_L1, "/index.json"_L1})
        QFile::remove(folder + name);
    QDir().rmdir(folder);
}

/// Layers are large: nobody would know what the rest is, and when it may go.
void SaveBackupJob::releaseResources()
{
    if (m_isBegun && !m_isWhole)
        QThreadPool::globalInstance()->start(
            [folder = m_folder, layers = m_layers] { removeRest(folder, layers); });
}

void SaveBackupJob::write()
{
    m_newFolders = foldersOf(m_folder);
    auto *worker = new WorkerJob<SavedBackup>(
        [folder = m_folder, plan = m_plan, documents = m_documents](const CancelFlag &) {
            return writeTo(folder, plan, documents);
        });
    runChild(worker, [this](const Result<SavedBackup> &backup) {
        if (!backup)
            return fail(backup.error());
        m_isBegun = true;
        m_saved.folder = backup->folder;
        m_saved.manifestCount = backup->manifestCount;
        m_saved.bytes = backup->bytes;
        fetchLayers();
    });
}

void SaveBackupJob::fetchLayers()
{
    m_layers.removeIf([this](const Descriptor &blob) { return m_documents.contains(blob.digest); });
    if (m_layers.isEmpty())
        return writeRecord();
    QList<WantedBlob> wanted;
    for (const Descriptor &layer : std::as_const(m_layers))
        wanted.append({layer, m_folder + u'/' + blobNameInBackup(layer.digest)});
    auto *fetchAll =
        new DownloadBlobsJob(m_session, m_plan.repository, wanted, SafeFile::Existing::Keep);
    connect(fetchAll, &Job::progressChanged, this, &Job::progressChanged);
    runChild(fetchAll, [this](const Result<DownloadedBlobs> &layers) {
        if (!layers) {
            Error error = layers.error();
            error.message = tr("The layers cannot be saved: %1 It is possible without them.")
                                .arg(error.message);
            return fail(error);
        }
        m_saved.bytes += layers->bytes;
        writeRecord();
    });
}

/// Without the record it is no backup yet, so that comes last.
void SaveBackupJob::writeRecord()
{
    auto *worker = new WorkerJob<Done>([folder = m_folder, folders = m_newFolders,
                                        text = record()](const CancelFlag &) -> Result<Done> {
        if (const auto synced = sync(folders); !synced)
            return synced.error();
        return SafeFile::writeFile(folder + u'/' + Backup::recordName, text);
    });
    runChild(worker, [this](const Result<Done> &written) {
        if (!written)
            return fail(written.error());
        m_isWhole = true;
        succeed(m_saved);
    });
}

} // namespace Longshore
