// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"

#include <QHash>
#include <QPointer>

namespace Longshore::Ui {

/// Finds out what has become of files that were opened before, one at a time: where one is on a
/// disk that does not answer, nothing but this waits for it.
class RecentFiles final : public QObject
{
    Q_OBJECT

public:
    enum class Kind { Unknown, Gone, File, Folder };

    using QObject::QObject;

    /// Looks at all of these; what is known of them stays so until then.
    void look(const QStringList &paths);
    [[nodiscard]] Kind kind(const QString &path) const
    {
        return m_kinds.value(path, Kind::Unknown);
    }

signals:
    void found(const QString &path);

private:
    void lookAtNext();

    QStringList m_waiting;
    QHash<QString, Kind> m_kinds;
    QPointer<Job> m_job;
};

} // namespace Longshore::Ui
