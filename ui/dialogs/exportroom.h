// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/imageplace.h"
#include "ui/presenters/exportpresenter.h"

#include <QWidget>

class QLabel;

namespace Longshore::Ui {

class IconLabel;

/// Says how much room an export needs, and how much is free where it shall go; warns where that is less.
class ExportRoom final : public QWidget
{
    Q_OBJECT

public:
    explicit ExportRoom(ExportPresenter &presenter, QWidget *parent = nullptr);

    /// For so many bytes in \a place; -1 while nobody knows how many.
    void showFor(const ImagePlace &place, qint64 bytes);

private:
    void update();

    ExportPresenter &m_presenter;
    IconLabel *m_warning;
    QLabel *m_text;
    ImagePlace m_place;
    qint64 m_bytes = -1;
    DiskRoom m_room;
};

} // namespace Longshore::Ui
