// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QString>

#include <memory>
#include <vector>

namespace Longshore::Ui {

/// One row of the registry tree. Nodes never move in memory, so an index may point at one.
struct RegistryTreeNode
{
    enum class Kind {
        Root,
        Connection,
        Folder, ///< A namespace, a repository, or both under one name.
        Message, ///< What can be said of a connection instead of repositories.
    };

    Kind kind = Kind::Root;
    QString name; ///< The last part of the path; for a connection its own name.
    QString path; ///< From the connection down: "team/app". Empty for the connection itself.
    QString connectionId;
    bool isRepository = false;
    RegistryTreeNode *parent = nullptr;
    int row = 0; ///< Position among the siblings.
    std::vector<std::unique_ptr<RegistryTreeNode>> children;

    /// The folder of that name below this one.
    [[nodiscard]] RegistryTreeNode *child(const QString &childName) const;
    /// Makes a node that belongs below this one; the caller puts it there.
    [[nodiscard]] std::unique_ptr<RegistryTreeNode> makeChild(Kind kind, const QString &name);
    /// Appends without telling anybody: for nodes that no view knows yet.
    RegistryTreeNode *append(std::unique_ptr<RegistryTreeNode> node);
    /// Lets child() find a folder that will be appended.
    void announce(RegistryTreeNode &folder) { m_folders.insert(folder.name, &folder); }
    void clear();

private:
    QHash<QString, RegistryTreeNode *> m_folders; ///< By name: there may be thousands.
};

} // namespace Longshore::Ui
