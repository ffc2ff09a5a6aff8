// SPDX-License-Identifier: Apache-2.0
#include "core/layers/mergelayers.h"

#include "core/base/displaytext.h"
#include "core/base/saturatingsum.h"
#include "core/layers/layertar.h"
#include "core/layers/mergedfolderwriter.h"
#include "core/layers/mergedtarwriter.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <archive_entry.h>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MergeLayers)
};

LayerItem itemOf(archive_entry *entry)
{
    LayerItem item{archive_entry_pathname(entry)};
    if (const char *target = archive_entry_hardlink(entry)) {
        item.kind = LayerItem::Kind::HardLink;
        item.target = target;
    } else if (archive_entry_filetype(entry) == AE_IFDIR) {
        item.kind = LayerItem::Kind::Folder;
    } else if (archive_entry_filetype(entry) == AE_IFLNK) {
        item.kind = LayerItem::Kind::Link;
        item.target = archive_entry_symlink(entry);
    }
    return item;
}

struct ListedLayer
{
    QList<LayerItem> items;
    QList<qint64> sizes; ///< Of their contents.
};

Result<ListedLayer> list(const StoredLayer &layer, const LayerLimits &limits,
                         const CancelFlag &cancelled)
{
    LayerTar tar(layer.file, layer.diffId, limits);
    if (const auto opened = tar.open(); !opened)
        return opened.error();
    ListedLayer listed;
    const MergedTree::Limits most;
    qsizetype bytes = 0;
    while (!cancelled) {
        const auto entry = tar.next();
        if (!entry)
            return entry.error();
        if (!*entry)
            return listed;
        listed.items.append(itemOf(*entry));
        // The tree looks at them when all are in memory.
        bytes += listed.items.last().name.size() + listed.items.last().target.size();
        if (listed.items.size() > most.files || bytes > most.bytes)
            return Error{Error::Kind::TooLarge,
                         Text::tr("The layer has more files than can be put together here.")};
        const bool isFile = listed.items.last().kind == LayerItem::Kind::Other;
        listed.sizes.append(isFile ? std::max<qint64>(archive_entry_size(*entry), 0) : 0);
    }
    return Error::cancelled();
}

/// Writes what is left of one layer after another.
class LayerCopier
{
public:
    LayerCopier(const LayerMerge &wanted, MergedWriter &writer, const CancelFlag &cancelled)
        : m_wanted(wanted), m_writer(writer), m_cancelled(cancelled)
    {}

    Result<Done> copy(const QList<MergedTree::File> &files)
    {
        m_next = files.begin();
        m_end = files.end();
        while (m_next != m_end) {
            if (const auto copied = copyLayer(m_next->source.layer); !copied)
                return copied;
        }
        return Done();
    }

private:
    Result<Done> copyLayer(qsizetype index)
    {
        const StoredLayer &layer = m_wanted.layers.at(index);
        LayerTar tar(layer.file, layer.diffId, m_wanted.limits);
        if (const auto opened = tar.open(); !opened)
            return opened;
        for (qsizetype number = 0; !m_cancelled; ++number) {
            const auto entry = tar.next();
            if (!entry)
                return entry.error();
            if (!*entry)
                return Done();
            const bool isLeft =
                m_next != m_end && m_next->source == MergedTree::Source{index, number};
            if (const auto copied = isLeft ? copyEntry(tar, *entry) : Done(); !copied)
                return copied;
        }
        return Error::cancelled();
    }

    Result<Done> copyEntry(LayerTar &tar, archive_entry *entry)
    {
        const auto &[source, name] = *m_next++;
        if (const auto added = m_writer.addEntry(entry, name); !added)
            return added;
        while (!m_cancelled) {
            const auto piece = tar.read();
            if (!piece)
                return piece.error();
            if (piece->isEmpty())
                break;
            if (const auto written = m_writer.write(*piece); !written)
                return written;
        }
        for (; m_next != m_end && m_next->source == source; ++m_next) {
            if (const auto added = m_writer.addHardLink(m_next->name, name); !added)
                return added;
        }
        return Done();
    }

    const LayerMerge &m_wanted;
    MergedWriter &m_writer;
    const CancelFlag &m_cancelled;
    QList<MergedTree::File>::const_iterator m_next;
    QList<MergedTree::File>::const_iterator m_end;
};

/// All of it, in the order of the layers.
Result<Done> writeAll(const LayerMerge &wanted, const MergedLayers &survey, MergedWriter &writer,
                      const CancelFlag &cancelled)
{
    if (const auto opened = writer.open(); !opened)
        return opened;
    const QList<QByteArray> folders = survey.tree.impliedFolders();
    for (const QByteArray &folder : folders) {
        if (const auto added = writer.addFolder(folder); !added)
            return added;
    }
    if (const auto copied = LayerCopier(wanted, writer, cancelled).copy(survey.tree.files());
        !copied)
        return copied;
    return writer.finish();
}

} // namespace

Result<MergedLayers> surveyLayers(const LayerMerge &wanted, const CancelFlag &cancelled)
{
    MergedLayers survey;
    QList<QList<qint64>> sizes;
    for (const StoredLayer &layer : wanted.layers) {
        const auto listed = list(layer, wanted.limits, cancelled);
        if (!listed)
            return listed.error();
        if (const auto added = survey.tree.addLayer(listed->items); !added)
            return added.error();
        sizes.append(listed->sizes);
    }
    std::optional<MergedTree::Source> last;
    const QList<MergedTree::File> files = survey.tree.files();
    for (const auto &[source, name] : files) {
        const qint64 size = source == last ? 0 : sizes.at(source.layer).at(source.number);
        survey.bytes = saturatingSum(survey.bytes, size);
        last = source;
    }
    return survey;
}

Result<qint64> writeMergedTar(const LayerMerge &wanted, const MergedLayers &survey,
                              const CancelFlag &cancelled)
{
    SafeFile file(wanted.target, wanted.existing);
    if (const auto opened = file.open(); !opened)
        return opened.error();
    MergedTarWriter writer([&file](QByteArrayView bytes) { return file.write(bytes); });
    if (const auto written = writeAll(wanted, survey, writer, cancelled); !written)
        return written.error();
    if (const auto committed = file.commit(); !committed)
        return committed.error();
    return writer.size();
}

Result<QStringList> writeMergedFolder(const LayerMerge &wanted, const MergedLayers &survey,
                                      const CancelFlag &cancelled)
{
    if (QFileInfo info(wanted.target); info.exists() || info.isSymLink())
        return Error{Error::Kind::LocalFile,
                     Text::tr("%1 exists already.").arg(quotedPath(wanted.target))};
    MergedFolderWriter writer(wanted.target);
    const auto written = writeAll(wanted, survey, writer, cancelled);
    if (written)
        return writer.deviations();
    QDir(wanted.target).removeRecursively();
    return written.error();
}

} // namespace Longshore
