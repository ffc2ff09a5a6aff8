// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/propertymodel.h"

#include <QTreeView>

namespace Longshore::Ui {

/// A list of names and values; values can be copied whole.
class PropertyView final : public QTreeView
{
    Q_OBJECT

public:
    explicit PropertyView(const QString &accessibleName, QWidget *parent = nullptr);

    void setProperties(const QList<Property> &properties);
    [[nodiscard]] const QList<Property> &properties() const { return m_model.properties(); }

private:
    void copyValue() const;

    PropertyModel m_model;
};

} // namespace Longshore::Ui
