// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/platformchoice.h"

#include "core/base/displaytext.h"
#include "core/oci/keepplatforms.h"
#include "ui/format/valueformat.h"
#include "ui/views/plainlabel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

constexpr qsizetype mostRows = 4;

static QString textOf(const Platform &platform, qint64 bytes)
{
    constexpr qsizetype longest = 100; // A box grows with its longest line.
    const QString name = displayText(platformName(platform), longest);
    return bytes < 0 ? name
                     : PlatformChoice::tr("%1 (%2)", "a part of the image, and its size")
                           .arg(name, formatBytes(bytes));
}

PlatformChoice::PlatformChoice(QWidget *parent)
    : QWidget(parent)
    , m_box(new QComboBox)
    , m_list(new QListWidget)
    , m_note(plainLabel(u"platformNote"_s))
{
    m_box->setObjectName(u"platform"_s);
    m_box->setAccessibleName(tr("Platforms"));
    m_list->setObjectName(u"severalPlatforms"_s);
    m_list->setAccessibleName(tr("Platforms to Take"));
    m_note->setText(tr("An index that lists only some platforms gets a digest of its own, to which "
                       "signatures of the whole index do not refer."));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget *widget : {static_cast<QWidget *>(m_box), static_cast<QWidget *>(m_list),
                            static_cast<QWidget *>(m_note)})
        layout->addWidget(widget);
    setFocusProxy(m_box);
    setFocusPolicy(Qt::StrongFocus); // Else the letter of its label leads nowhere.
    connect(m_box, &QComboBox::currentIndexChanged, this, [this] {
        showList();
        emit changed();
    });
    connect(m_list, &QListWidget::itemChanged, this, &PlatformChoice::changed);
    setPlatforms({});
}

void PlatformChoice::setPlatforms(const QList<PlatformPart> &parts)
{
    setPlatforms(tr("All, exactly as stored"), parts);
}

void PlatformChoice::setPlatforms(const QString &all, const QList<PlatformPart> &parts,
                                  Several several)
{
    const QSignalBlocker box(m_box); // What is chosen is what was before anybody chose.
    const QSignalBlocker list(m_list);
    m_parts = parts;
    m_box->clear();
    m_list->clear();
    m_box->addItem(all);
    for (const PlatformPart &part : parts) {
        m_box->addItem(tr("Only %1", "a platform").arg(textOf(part.platform, part.bytes)));
        auto *item = new QListWidgetItem(textOf(part.platform, part.allBytes), m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
    }
    if (several == Several::Offered && hasChoice())
        m_box->addItem(tr("Several\u2026"));
    setEnabled(m_box->count() > 1); // Not the box alone: the focus would still be led to it.
    m_list->setCurrentRow(0); // Else the first Space ticks nothing.
    showList();
}

bool PlatformChoice::isSeveral() const
{
    return m_box->currentIndex() > m_parts.size();
}

QList<Platform> PlatformChoice::platforms() const
{
    QList<Platform> platforms;
    for (int i = 0; i < m_list->count(); ++i) {
        const bool isTicked = m_list->item(i)->checkState() == Qt::Checked;
        if (isSeveral() ? isTicked : m_box->currentIndex() == i + 1)
            platforms.append(m_parts.at(i).platform);
    }
    return platforms;
}

QString PlatformChoice::objection() const
{
    return isSeveral() && platforms().isEmpty() ? tr("Tick the platforms to take.") : QString();
}

void PlatformChoice::showList()
{
    const auto rows = static_cast<int>(qMin(m_parts.size(), mostRows));
    m_list->setFixedHeight(rows * qMax(m_list->sizeHintForRow(0), m_list->fontMetrics().height())
                           + 2 * m_list->frameWidth());
    m_list->setVisible(isSeveral());
    m_note->setVisible(isSeveral());
    if (isSeveral())
        makeRoom();
}

/// The note wraps: nothing else tells the window how high it has to be for that.
void PlatformChoice::makeRoom()
{
    layout()->activate();
    if (QLayout *whole = window()->layout()) {
        whole->activate();
        window()->resize(
            window()->size().expandedTo({0, whole->totalHeightForWidth(window()->width())}));
    }
}

} // namespace Longshore::Ui
