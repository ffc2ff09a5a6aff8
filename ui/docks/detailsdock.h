// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/propertymodel.h"

#include <QDockWidget>

namespace Longshore::Ui {

class PropertyView;

/// What is selected, in words; follows the selection.
class DetailsDock final : public QDockWidget
{
    Q_OBJECT

public:
    explicit DetailsDock(QWidget *parent = nullptr);

    void showProperties(const QList<Property> &properties);

private:
    PropertyView *m_view;
};

} // namespace Longshore::Ui
