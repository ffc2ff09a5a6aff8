// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/base/job.h"

#include <QPointer>
#include <QStringList>

#include <memory>

namespace Longshore {
class LayoutSession;
}

namespace Longshore::Ui {

class RegistryTreeModel;

/// Files with images that somebody looks into: each is a connection of the tree that can only be
/// read, for as long as the program runs.
class OpenedFiles final : public QObject
{
    Q_OBJECT

public:
    explicit OpenedFiles(RegistryTreeModel &model, QObject *parent = nullptr);
    ~OpenedFiles() override;

    /// Adds the file or folder and reads it; gives the id of its connection, the same for the same
    /// path.
    QString add(const QString &path);
    /// Reads it again, unless that is under way.
    void read(const QString &id);
    /// Closes it; what is on the disk stays.
    void remove(const QString &id);

    [[nodiscard]] bool contains(const QString &id) const { return find(id) != nullptr; }
    [[nodiscard]] QStringList ids() const;
    /// Empty for any other connection.
    [[nodiscard]] QString path(const QString &id) const;
    /// Null until it was read.
    [[nodiscard]] std::shared_ptr<LayoutSession> session(const QString &id) const;

signals:
    /// There is one more, or one less.
    void changed();
    void opened(const QString &id);
    void failed(const QString &id, const Longshore::Error &error);

private:
    struct File
    {
        QString id;
        QString path;
        std::shared_ptr<LayoutSession> session;
        QPointer<Job> job;
    };

    [[nodiscard]] const File *find(const QString &id) const;
    void handleFiles(const QString &id, const std::shared_ptr<LayoutSession> &session);

    RegistryTreeModel &m_model;
    QList<File> m_files;
};

} // namespace Longshore::Ui
