// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>

namespace Longshore::Ui {

/// One thing that can be said of something: "Digest", "sha256:...".
struct Property
{
    QString name; ///< Our own word, translated; or a key from outside, already safe to show.
    QString value; ///< As it is; made safe when it is shown.
    bool isTitle = false; ///< Starts a new group and has no value.

    friend bool operator==(const Property &, const Property &) = default;
};

/// A list of properties: names left, values right.
class PropertyModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setProperties(const QList<Property> &properties);
    [[nodiscard]] const QList<Property> &properties() const noexcept { return m_properties; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<Property> m_properties;
};

} // namespace Longshore::Ui
