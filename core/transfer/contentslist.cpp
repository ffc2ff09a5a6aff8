// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/contentslist.h"

#include "core/base/displaytext.h"
#include "core/transfer/checksums.h"
#include "core/transfer/diskroom.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr QLatin1StringView writtenBy("\nWritten by Longshore ");

QString withProgram(const QString &text)
{
    return text + writtenBy + QStringLiteral(LONGSHORE_VERSION ".\n");
}

/// "sha256:..., application/..., 12 bytes"
QString factsOf(const Descriptor &content)
{
    return u"%1, %2, %3 bytes"_s
        .arg(content.digest.toString(), displayText(content.mediaType.toString()))
        .arg(content.size);
}

QString sumOf(const QList<Descriptor> &contents)
{
    QList<qint64> sizes;
    for (const Descriptor &one : contents)
        sizes.append(one.size);
    return u"%1 (%2 bytes)"_s.arg(contents.size()).arg(totalSize(sizes));
}

QString typeOf(const Manifest &manifest)
{
    if (const ImageManifest *image = manifest.image()) {
        if (!image->artifactType.isEmpty())
            return image->artifactType;
        const bool isImage = image->config.mediaType.kind() == MediaType::Kind::ImageConfig;
        return isImage ? QString() : image->config.mediaType.toString();
    }
    return manifest.index() ? manifest.index()->artifactType : QString();
}

/// "index", "image for linux/amd64", "artifact application/spdx+json"
QString kindOf(const Manifest &manifest, const Descriptor &entry)
{
    if (attestationSubject(entry))
        return u"attestation"_s;
    if (const QString type = typeOf(manifest); !type.isEmpty())
        return "artifact "_L1 + displayText(type);
    if (manifest.index())
        return u"index"_s;
    const bool isForOne = entry.platform && !entry.platform->isUnknown();
    return isForOne ? "image for "_L1 + displayText(entry.platform->toString()) : u"image"_s;
}

QString createdOf(const Manifest &manifest)
{
    const QString key = u"org.opencontainers.image.created"_s;
    if (const ImageManifest *image = manifest.image())
        return displayText(image->annotations.value(key));
    return manifest.index() ? displayText(manifest.index()->annotations.value(key)) : QString();
}

/// The list of a set, line by line.
class ContentsWriter
{
public:
    explicit ContentsWriter(const ImageSet &set) : m_set(set)
    {
        for (const Descriptor &one : set.leftOut)
            m_remarks.insert(one.digest, u"; left out, an earlier export has it"_s);
        for (const Descriptor &one : set.foreign)
            m_remarks.insert(one.digest, u"; left out, it may not be distributed"_s);
    }

    [[nodiscard]] QString text()
    {
        for (const ImageSet::Image &image : m_set.images)
            addImage(image);
        addTotals();
        return m_text;
    }

private:
    void add(int depth, const QString &line) { m_text += QString(depth * 2, u' ') + line + u'\n'; }
    void addFact(const QString &name, const QString &value)
    {
        if (!value.isEmpty())
            add(1, name + ": "_L1 + value);
    }
    void addImage(const ImageSet::Image &image);
    void addManifest(int depth, const Descriptor &entry);
    void addBlob(int depth, const QString &what, const Descriptor &blob);
    void addTotals();

    const ImageSet &m_set;
    QHash<Digest, QString> m_remarks; ///< Of what is not there.
    QSet<Digest> m_told; ///< What has its lines already.
    QString m_text;
};

void ContentsWriter::addImage(const ImageSet::Image &image)
{
    const Manifest &root = image.parts.root;
    const QString reference = image.names.reference.isEmpty()
                                  ? image.repository.toString() + u'@' + root.digest.toString()
                                  : image.names.reference;
    QStringList platforms;
    const QList<Descriptor> entries = image.parts.images();
    for (const Descriptor &entry : entries) {
        if (entry.platform && !entry.platform->isUnknown())
            platforms.append(displayText(entry.platform->toString()));
    }
    add(0, displayText(reference));
    addFact(u"Digest"_s, root.digest.toString());
    addFact(u"Media type"_s, displayText(root.mediaType.toString()));
    addFact(u"Platforms"_s, platforms.join(u", "_s));
    addFact(u"Created"_s, createdOf(root));
    add(1, u"Contents:"_s);
    addManifest(2, root.descriptor());
    if (!image.referrers.isEmpty())
        add(1, u"Refers to it:"_s);
    for (const NamedReferrer &one : image.referrers)
        addManifest(2, one.manifest.descriptor());
    for (const LeftOutReferrer &one : image.leftOutReferrers)
        addFact(u"Refers to it, and is left out"_s, one.digest.toString());
    m_text += u'\n';
}

void ContentsWriter::addManifest(int depth, const Descriptor &entry)
{
    const auto manifest = m_set.manifests.constFind(entry.digest);
    if (manifest == m_set.manifests.constEnd())
        return add(depth, "left out: "_L1 + factsOf(entry));
    if (m_told.contains(entry.digest))
        return add(depth, kindOf(*manifest, entry) + u' ' + factsOf(entry) + "; see above"_L1);
    m_told.insert(entry.digest);
    add(depth, kindOf(*manifest, entry) + u' ' + factsOf(entry));
    if (const ImageIndex *index = manifest->index()) {
        for (const Descriptor &one : index->manifests)
            addManifest(depth + 1, one);
    } else if (const ImageManifest *image = manifest->image()) {
        addBlob(depth + 1, u"configuration"_s, image->config);
        for (qsizetype i = 0; i < image->layers.size(); ++i)
            addBlob(depth + 1, u"layer %1"_s.arg(i + 1), image->layers.at(i));
    }
}

void ContentsWriter::addBlob(int depth, const QString &what, const Descriptor &blob)
{
    const QString remark = m_remarks.value(blob.digest);
    const bool isTold = m_told.contains(blob.digest);
    m_told.insert(blob.digest);
    add(depth,
        what + u' ' + factsOf(blob) + (remark.isEmpty() && isTold ? u"; see above"_s : remark));
}

void ContentsWriter::addTotals()
{
    add(0, u"In all, what several share counted once"_s);
    addFact(u"Manifests"_s, QString::number(m_set.manifests.size()));
    addFact(u"Blobs"_s, QString::number(m_set.blobs.size()));
    addFact(u"Bytes"_s, QString::number(m_set.size()));
    if (!m_set.leftOut.isEmpty())
        addFact(u"Left out, an earlier export has them"_s, sumOf(m_set.leftOut));
    if (!m_set.foreign.isEmpty())
        addFact(u"Left out, they may not be distributed"_s, sumOf(m_set.foreign));
}

} // namespace

QString contentsPath(const QString &path)
{
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath()) + contentsEnding;
}

QStringList endingsBeside()
{
    return {checksumsEnding, contentsEnding};
}

QStringList pathsBeside(const QString &path)
{
    return {checksumsPath(path), contentsPath(path)};
}

bool isContentsList(const QString &path)
{
    constexpr qint64 longestEnd = 128; // With whatever version.
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return false;
    file.seek(std::max<qint64>(0, file.size() - longestEnd));
    return file.read(longestEnd).contains(QByteArrayView(writtenBy.data(), writtenBy.size()));
}

QByteArray contentsList(const ImageSet &set)
{
    return withProgram(ContentsWriter(set).text()).toUtf8();
}

QByteArray contentsList(const ImageChoice &choice, const Manifest &image,
                        const QList<ExportedLayer> &layers)
{
    QString text = u"Layers of %1@%2\n"_s.arg(displayText(choice.repository.toString()),
                                              image.digest.toString());
    for (const ExportedLayer &layer : layers)
        text += u"  %1: %2, %3 bytes\n"_s
                    .arg(displayText(QFileInfo(layer.path).fileName()), layer.digest.toString())
                    .arg(layer.size);
    return withProgram(text).toUtf8();
}

} // namespace Longshore
