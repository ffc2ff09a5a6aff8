// SPDX-License-Identifier: Apache-2.0
#include "ui/models/platformtablemodel.h"

#include "core/base/displaytext.h"
#include "ui/format/tintedicon.h"
#include "ui/format/valueformat.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

QString platformLabel(const Descriptor &entry)
{
    return entry.platform && !entry.platform->isUnknown()
               ? displayText(entry.platform->toString(), 60)
               : entry.digest.shortText();
}

void PlatformTableModel::setIndex(const ImageIndex &index)
{
    beginResetModel();
    m_rows.clear();
    QList<Descriptor> unplaced;
    for (const Descriptor &entry : index.manifests) {
        const bool isAbout =
            attestationSubject(entry) || (entry.platform && entry.platform->isUnknown());
        if (isAbout)
            unplaced.append(entry);
        else
            m_rows.append({entry});
    }
    // Each attestation stands below what it is about; those about nothing here come last.
    for (const Descriptor &entry : std::as_const(unplaced)) {
        const auto subject = attestationSubject(entry);
        const auto image = std::find_if(m_rows.cbegin(), m_rows.cend(), [&](const Row &row) {
            return subject && row.descriptor.digest == *subject;
        });
        const bool hasSubject = image != m_rows.cend();
        const qsizetype place = hasSubject ? image - m_rows.cbegin() + 1 : m_rows.size();
        m_rows.insert(place, {entry, true, hasSubject});
    }
    endResetModel();
}

int PlatformTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PlatformTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant PlatformTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto &[descriptor, isAttestation, hasSubject] = m_rows.at(index.row());
    if (role == Qt::DecorationRole && index.column() == PlatformColumn)
        return tintedIcon(isAttestation ? u"attestation"_s : u"image"_s);
    if (role == Qt::ToolTipRole && index.column() == DigestColumn)
        return descriptor.digest.toString();
    if (role == Qt::TextAlignmentRole && index.column() == SizeColumn)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case PlatformColumn:
        if (!isAttestation)
            return platformLabel(descriptor);
        return hasSubject ? tr("about the image above") : tr("about no image of this index");
    case KindColumn: return isAttestation ? tr("Attestation") : tr("Image");
    case SizeColumn: return formatBytes(descriptor.size);
    case DigestColumn: return descriptor.digest.shortText();
    default: return {};
    }
}

Qt::ItemFlags PlatformTableModel::flags(const QModelIndex &index) const
{
    const bool isImage = index.isValid() && !m_rows.at(index.row()).isAttestation;
    return QAbstractTableModel::flags(index) | (isImage ? Qt::ItemIsDragEnabled : Qt::NoItemFlags);
}

QVariant PlatformTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PlatformColumn: return tr("Platform");
    case KindColumn: return tr("Kind");
    case SizeColumn: return tr("Manifest");
    case DigestColumn: return tr("Digest");
    default: return {};
    }
}

} // namespace Longshore::Ui
