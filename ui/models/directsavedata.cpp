// SPDX-License-Identifier: Apache-2.0
#include "ui/models/directsavedata.h"

#include <QFileInfo>
#include <QSysInfo>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

static const QString directSave = u"XdndDirectSave0"_s;
constexpr qsizetype longestProperty = 16 * 1024;

QStringList DirectSaveData::formats() const
{
    QStringList formats = QMimeData::formats();
    if (m_readProperty)
        formats.append(directSave);
    return formats;
}

std::optional<QString> DirectSaveData::pathFrom(const QByteArray &property)
{
    if (property.size() > longestProperty)
        return {};
    const QUrl url = QUrl::fromEncoded(property, QUrl::StrictMode);
    const QString host = url.host();
    const bool isHere = host.isEmpty() || host == "localhost"_L1
                        || host.compare(QSysInfo::machineHostName(), Qt::CaseInsensitive) == 0;
    if (!url.isValid() || url.scheme() != "file"_L1 || !isHere || url.hasQuery()
        || url.hasFragment())
        return {};
    const QString path = url.path(QUrl::FullyDecoded);
    const bool isText = QString::fromUtf8(QByteArray::fromPercentEncoding(property)).endsWith(path);
    const bool isPrintable = std::all_of(path.begin(), path.end(), [](QChar character) {
        return character.unicode() >= 0x20 && character.unicode() != 0x7F
               && character != QChar::ReplacementCharacter;
    });
    if (!isText || !isPrintable)
        return {};
    const QFileInfo file(path);
    const QFileInfo folder(file.path());
    const bool isFile = !file.fileName().isEmpty() && file.fileName() != "."_L1
                        && file.fileName() != ".."_L1 && !file.isDir();
    if (!file.isAbsolute() || !isFile || !folder.isDir() || !folder.isWritable())
        return {};
    return path;
}

QVariant DirectSaveData::retrieveData(const QString &mimeType, QMetaType type) const
{
    if (mimeType != directSave || !m_readProperty)
        return QMimeData::retrieveData(mimeType, type);
    // Some ask while the pointer is still on its way: the property holds a mere name then.
    const auto path = pathFrom(m_readProperty());
    if (!path)
        return QByteArray("E");
    if (!std::exchange(m_isChosen, true))
        emit placeChosen(*path);
    return QByteArray("S");
}

} // namespace Longshore::Ui
