// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transferstore.h"

#include "core/base/displaytext.h"
#include "core/transfer/blobstage.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QMutex>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr qint64 mostBytes = 64 * 1024 * 1024; // Much more than anybody lets pile up.

struct TransferStore::Pending
{
    QMutex mutex;
    std::optional<QByteArray> document; ///< The next to be written.
};

TransferStore::TransferStore(const QString &folder, QObject *parent)
    : QObject(parent), m_path(folder + "/transfers.json"_L1), m_pending(std::make_shared<Pending>())
{
    m_pool.setMaxThreadCount(1);
    QDir().mkpath(folder);
    if (const auto lock = lockFolder(folder)) {
        m_lock = *lock;
        SafeFile::removeParts(m_path);
        read();
    }
}

TransferStore::~TransferStore()
{
    m_pool.waitForDone();
}

QString TransferStore::defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + "/transfers"_L1;
}

void TransferStore::read()
{
    QFile file(m_path);
    if (!file.exists())
        return;
    const bool isReadable = file.size() <= mostBytes && file.open(QIODevice::ReadOnly);
    const ReadTransfers found = isReadable ? transfersFromJson(file.readAll())
                                           : ReadTransfers{{}, {tr("It is too large, or locked.")}};
    m_records = found.records;
    if (found.refusals.isEmpty())
        return;
    const QString time = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss"_s);
    const QString aside = m_path + ".unreadable-"_L1 + time;
    file.close();
    if (!QFile::rename(m_path, aside))
        m_lock.reset(); // What cannot be moved is not written over.
    m_notice = tr("Not all transfers of the last time could be read. %1 The file is kept as %2.")
                   .arg(found.refusals.constFirst(), quotedPath(m_lock ? aside : m_path));
}

void TransferStore::save(const QList<TransferRecord> &records)
{
    if (!isOurs())
        return;
    {
        const QMutexLocker locker(&m_pending->mutex);
        m_pending->document = transfersToJson(records);
    }
    m_pool.start([this, pending = m_pending, path = m_path, home = m_mailbox.address()] {
        std::optional<QByteArray> document;
        {
            const QMutexLocker locker(&pending->mutex);
            document.swap(pending->document);
        }
        if (!document)
            return; // An earlier turn has written it.
        const auto written = SafeFile::writeFile(path, *document, SafeFile::Existing::Replace,
                                                 SafeFile::Access::Owner);
        home.post([this, written] { handleWritten(written); }); // Which dies with this object.
    });
}

void TransferStore::handleWritten(const Result<Done> &result)
{
    if (!result && !std::exchange(m_isFailing, true))
        emit notWritten(result.error());
    if (result)
        m_isFailing = false;
}

} // namespace Longshore
