// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/exportroom.h"

#include "core/base/displaytext.h"
#include "ui/format/tintedicon.h"
#include "ui/format/valueformat.h"
#include "ui/views/iconlabel.h"
#include "ui/views/plainlabel.h"

#include <QBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

ExportRoom::ExportRoom(ExportPresenter &presenter, QWidget *parent)
    : QWidget(parent)
    , m_presenter(presenter)
    , m_warning(new IconLabel(tintedIcon(u"warning"_s, Tint::Warning)))
    , m_text(plainLabel(u"exportRoom"_s))
{
    m_warning->setObjectName(u"exportRoomWarning"_s);
    m_warning->hide();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_warning, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    connect(&presenter, &ExportPresenter::roomFound, this, [this](const DiskRoom &room) {
        m_room = room;
        update();
    });
}

void ExportRoom::showFor(const ImagePlace &place, qint64 bytes)
{
    if (!place.path.isEmpty() && place.path != m_place.path)
        m_presenter.lookForRoom(place.path);
    m_place = place;
    m_bytes = bytes;
    update();
}

/// What is in the place already needs no room once more: it is a warning, and no refusal.
void ExportRoom::update()
{
    const bool isTooLittle = m_bytes >= 0 && m_room.bytes >= 0 && m_room.bytes < m_bytes;
    m_warning->setVisible(isTooLittle);
    QStringList sentences;
    if (m_bytes >= 0)
        sentences.append(
            m_place.isUnpacked()
                ? tr("Needed: more than %1, for it is unpacked.").arg(formatBytes(m_bytes))
                : tr("Needed: about %1.").arg(formatBytes(m_bytes)));
    if (m_room.bytes >= 0)
        sentences.append(
            tr("Free in %1: %2.").arg(quotedPath(m_room.folder), formatBytes(m_room.bytes)));
    if (isTooLittle) // Also for who does not see the picture.
        sentences.append(tr("That is less than needed."));
    m_text->setText(sentences.join(u' '));
}

} // namespace Longshore::Ui
