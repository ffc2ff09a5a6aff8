// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/backup.h"

#include "core/base/displaytext.h"
#include "core/layout/filetree.h"
#include "core/oci/imagereference.h"
#include "core/oci/strictjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qint64 largestRecord = 64LL * 1024 * 1024; // In bytes; some 300,000 tags.
constexpr int deepestIndex = 8; // As deep as SaveBackupJob goes.

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Backup)
};

Error malformed(const QString &what)
{
    return {
        Error::Kind::Protocol,
        Text::tr("The record of the backup is damaged, so nothing of it is used: %1").arg(what)};
}

/// Reads one backup, step by step; each step fails with the first thing that is wrong.
class BackupReader
{
public:
    /// How much of it is read.
    enum class Depth { Record, Manifests };

    BackupReader(const QString &folder, Depth depth, const CancelFlag &cancelled)
        : m_folder(folder), m_depth(depth), m_tree(folder), m_cancelled(cancelled)
    {}

    Result<Backup> read()
    {
        const auto record = readRecord();
        if (!record)
            return record.error();
        auto backup = readHead(*record);
        if (!backup)
            return backup;
        for (const auto &step : {&BackupReader::readTags, &BackupReader::readDocuments,
                                 &BackupReader::readLayers, &BackupReader::readEntries}) {
            if (const auto done = (this->*step)(*record, *backup); !done)
                return done.error();
        }
        return backup;
    }

private:
    Result<QJsonObject> readRecord() const
    {
        const auto slice = m_tree.open(QString(Backup::recordName));
        if (!slice && slice.error().kind == Error::Kind::NotFound)
            return Error{Error::Kind::NotFound,
                         Text::tr("There is no backup in %1.").arg(quotedPath(m_folder))};
        if (!slice)
            return slice.error();
        const auto bytes = slice->readAll(largestRecord);
        if (!bytes)
            return bytes.error();
        JsonRules rules;
        rules.maximumBytes = largestRecord;
        return parseStrictJson(*bytes, rules);
    }

    Result<Backup> readHead(const QJsonObject &record) const
    {
        const int version = record.value("version"_L1).toInt();
        if (version > Backup::version)
            return Error{Error::Kind::Unsupported,
                         Text::tr("The backup was written by a later version of this program.")};
        if (version != Backup::version)
            return malformed(Text::tr("it does not name its version."));
        const QString host = record.value("host"_L1).toString();
        if (!isReferenceHost(host))
            return malformed(Text::tr("it does not name its registry."));
        const auto repository = RepositoryName::parse(record.value("repository"_L1).toString());
        if (!repository)
            return malformed(Text::tr("it does not name its repository."));
        const QDateTime taken =
            QDateTime::fromString(record.value("taken"_L1).toString(), Qt::ISODate);
        if (!taken.isValid())
            return malformed(Text::tr("it does not say when it was taken."));
        const QDateTime saved =
            QDateTime::fromString(record.value("saved"_L1).toString(), Qt::ISODate);
        return Backup{m_folder, host, *repository, taken.toUTC(), {}, {}, {}, saved.toUTC()};
    }

    Result<Done> readTags(const QJsonObject &record, Backup &backup)
    {
        if (!record.value("tags"_L1).isObject())
            return malformed(Text::tr("it lists no tags."));
        const QJsonObject tags = record.value("tags"_L1).toObject();
        for (auto entry = tags.begin(); entry != tags.end(); ++entry) {
            const auto tag = Tag::parse(entry.key());
            const auto digest = Digest::parse(entry->toString());
            if (!tag || !digest)
                return malformed(
                    Text::tr("%1 is no tag with its digest.").arg(quotedText(entry.key())));
            backup.knownTags.insert(*tag, *digest);
        }
        return Done();
    }

    /// What was saved; the first backups did not say.
    Result<Done> readDocuments(const QJsonObject &record, Backup &)
    {
        if (!record.contains("documents"_L1))
            return Done();
        m_documents = QSet<Digest>();
        const QJsonArray documents = record.value("documents"_L1).toArray();
        for (const auto &document : documents) {
            const auto digest = Digest::parse(document.toString());
            if (!digest)
                return malformed(Text::tr("%1 is no digest.").arg(quotedText(document.toString())));
            m_documents->insert(*digest);
        }
        return Done();
    }

    Result<Done> readLayers(const QJsonObject &record, Backup &backup)
    {
        const QJsonArray layers = record.value("layers"_L1).toArray();
        for (const auto &layer : layers) {
            const auto digest = Digest::parse(layer.toString());
            if (!digest)
                return malformed(Text::tr("%1 is no digest.").arg(quotedText(layer.toString())));
            backup.layers.append(*digest);
        }
        return Done();
    }

    Result<Done> readEntries(const QJsonObject &record, Backup &backup)
    {
        if (!record.value("manifests"_L1).isArray())
            return malformed(Text::tr("it lists no manifests."));
        const QJsonArray entries = record.value("manifests"_L1).toArray();
        for (const auto &entry : entries) {
            if (const auto read = readEntry(entry.toObject(), backup); !read)
                return read;
        }
        return Done();
    }

    Result<Done> readEntry(const QJsonObject &object, Backup &backup)
    {
        const QString name = object.value("digest"_L1).toString();
        const auto digest = Digest::parse(name);
        const MediaType type = MediaType::parse(object.value("mediaType"_L1).toString());
        if (!digest || !object.value("tags"_L1).isArray())
            return malformed(Text::tr("%1 is no manifest.").arg(quotedText(name)));
        Backup::Entry read{*digest, {}};
        const QJsonArray tags = object.value("tags"_L1).toArray();
        for (const auto &tag : tags) {
            const auto parsed = Tag::parse(tag.toString());
            if (!parsed || m_tags.contains(*parsed))
                return malformed(
                    Text::tr("%1 is no tag, or is there twice.").arg(quotedText(tag.toString())));
            m_tags.insert(*parsed);
            read.tags.append(*parsed);
        }
        backup.entries.append(read);
        return m_depth == Depth::Manifests ? readManifest(*digest, type, backup)
                                           : Result<Done>(Done());
    }

    /// With all that it is made of.
    Result<Done> readManifest(const Digest &digest, const MediaType &type, Backup &backup)
    {
        if (m_cancelled)
            return Error::cancelled();
        if (backup.manifests.contains(digest))
            return Done();
        const auto bytes = m_tree.read(blobNameInBackup(digest));
        if (!bytes)
            return bytes.error();
        if (!digest.matches(*bytes))
            return Error{Error::Kind::DigestMismatch,
                         Text::tr("The backup is damaged: a manifest does not match its digest %1.")
                             .arg(digest.toString())};
        auto manifest = parseManifest(*bytes, type);
        if (!manifest)
            return manifest.error();
        manifest->digest = digest;
        backup.manifests.insert(digest, *manifest);
        return manifest->index() ? readChildren(*manifest->index(), backup) : Result<Done>(Done());
    }

    Result<Done> readChildren(const ImageIndex &index, Backup &backup)
    {
        if (++m_nesting > deepestIndex)
            return Error{Error::Kind::TooLarge,
                         Text::tr("The indexes in the backup are nested too deep.")};
        for (const Descriptor &child : index.manifests) {
            if (!isSaved(child.digest))
                continue; // It was lost before.
            if (const auto read = readManifest(child.digest, child.mediaType, backup); !read)
                return read;
        }
        --m_nesting;
        return Done();
    }

    /// By the record, so that what has got lost since does not look like something that never was.
    [[nodiscard]] bool isSaved(const Digest &digest) const
    {
        return m_documents ? m_documents->contains(digest)
                           : m_tree.contains(blobNameInBackup(digest));
    }

    const QString m_folder;
    const Depth m_depth;
    const FolderTree m_tree;
    const CancelFlag &m_cancelled;
    QSet<Tag> m_tags; ///< Of all entries so far.
    std::optional<QSet<Digest>> m_documents;
    int m_nesting = 0; ///< Of indexes.
};

} // namespace

QString blobNameInBackup(const Digest &digest)
{
    return "blobs/"_L1 + digest.algorithm() + u'/' + digest.encoded();
}

Result<Backup> readBackup(const QString &folder, const CancelFlag &cancelled)
{
    return BackupReader(folder, BackupReader::Depth::Manifests, cancelled).read();
}

Result<Backup> readBackupRecord(const QString &folder, const CancelFlag &cancelled)
{
    return BackupReader(folder, BackupReader::Depth::Record, cancelled).read();
}

} // namespace Longshore
