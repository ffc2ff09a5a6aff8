// SPDX-License-Identifier: Apache-2.0
#include "ui/models/registrytreenode.h"

namespace Longshore::Ui {

RegistryTreeNode *RegistryTreeNode::child(const QString &childName) const
{
    return m_folders.value(childName);
}

std::unique_ptr<RegistryTreeNode> RegistryTreeNode::makeChild(Kind childKind,
                                                              const QString &childName)
{
    auto node = std::make_unique<RegistryTreeNode>();
    node->kind = childKind;
    node->name = childName;
    node->path = path.isEmpty() ? childName : path + u'/' + childName;
    node->connectionId = connectionId;
    node->parent = this;
    return node;
}

RegistryTreeNode *RegistryTreeNode::append(std::unique_ptr<RegistryTreeNode> node)
{
    node->row = static_cast<int>(children.size());
    if (node->kind == Kind::Folder)
        announce(*node);
    children.push_back(std::move(node));
    return children.back().get();
}

void RegistryTreeNode::clear()
{
    m_folders.clear();
    children.clear();
}

} // namespace Longshore::Ui
