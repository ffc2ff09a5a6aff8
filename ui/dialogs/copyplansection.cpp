// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/copyplansection.h"

#include "ui/delegates/roomydelegate.h"
#include "ui/dialogs/copytext.h"
#include "ui/format/tintedicon.h"
#include "ui/presenters/copypresenter.h"
#include "ui/views/iconlabel.h"
#include "ui/views/plainlabel.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

CopyPlanSection::CopyPlanSection(CopyPresenter &presenter, QWidget *parent)
    : QWidget(parent)
    , m_presenter(presenter)
    , m_progress(new QProgressBar)
    , m_blobs(new QTreeView)
    , m_totals(plainLabel(u"copyTotals"_s))
    , m_warningIcon(new IconLabel(tintedIcon(u"warning"_s, Tint::Warning)))
    , m_warning(plainLabel(u"overwriteWarning"_s))
    , m_overwrite(new QCheckBox(tr("&Overwrite")))
{
    buildLayout();
    connect(&presenter, &CopyPresenter::changed, this, &CopyPlanSection::update);
    connect(m_overwrite, &QCheckBox::toggled, this, &CopyPlanSection::agreementChanged);
    update();
}

void CopyPlanSection::buildLayout()
{
    m_overwrite->setObjectName(u"overwrite"_s);
    m_progress->setObjectName(u"copyProgress"_s);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setTextVisible(false);
    QSizePolicy policy = m_progress->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // What is below shall not jump.
    m_progress->setSizePolicy(policy);
    m_progress->setMaximumHeight(fontMetrics().height() / 2);
    m_blobs->setObjectName(u"blobs"_s);
    m_blobs->setAccessibleName(tr("Parts of the image"));
    m_blobs->setModel(&m_presenter.blobs());
    m_blobs->setItemDelegate(new RoomyDelegate(m_blobs));
    m_blobs->setRootIsDecorated(false);
    m_blobs->setUniformRowHeights(true);
    m_blobs->setAlternatingRowColors(true);
    const int character = fontMetrics().averageCharWidth();
    m_blobs->header()->resizeSection(BlobTableModel::PartColumn, character * 24);
    m_blobs->header()->resizeSection(BlobTableModel::SizeColumn, character * 14);
    m_blobs->header()->resizeSection(BlobTableModel::StateColumn, character * 30);
    m_blobs->setMinimumHeight(fontMetrics().height() * 6);

    auto *warning = new QHBoxLayout;
    warning->addWidget(m_warningIcon, 0, Qt::AlignTop);
    warning->addWidget(m_warning, 1);
    warning->addWidget(m_overwrite, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_progress);
    layout->addWidget(m_blobs, 1);
    layout->addWidget(m_totals);
    layout->addLayout(warning);
}

bool CopyPlanSection::isAgreed() const
{
    return m_presenter.replaced().isEmpty() || m_overwrite->isChecked();
}

void CopyPlanSection::showTagsOnly()
{
    m_blobs->hide();
    m_totals->hide();
}

void CopyPlanSection::setReading(bool isReading)
{
    m_isReading = isReading;
    update();
}

void CopyPlanSection::showProgress(qint64 done, qint64 total)
{
    const double part = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0;
    m_progress->setRange(0, total > 0 ? 1000 : 0);
    m_progress->setValue(static_cast<int>(qBound(0.0, part, 1.0) * 1000));
}

void CopyPlanSection::update()
{
    m_progress->setRange(0, 0);
    m_progress->setVisible(m_isReading || m_presenter.isPlanning());
    showTotals();
    showReplaced();
}

void CopyPlanSection::showTotals()
{
    if (!m_presenter.isPlanned())
        return m_totals->setText({});
    QStringList lines{CopyText::totals(m_presenter.totals()),
                      CopyText::attached(m_presenter.attached(), m_presenter.keptTags()),
                      leftOutText(m_presenter.leftOutReferrers())};
    lines.removeAll(QString());
    m_totals->setText(lines.join(u'\n'));
}

/// A tick is for what stands beside it, and for nothing that comes later.
void CopyPlanSection::showReplaced()
{
    const QString warning = CopyText::replaced(m_presenter.replaced());
    if (warning != m_warning->text())
        m_overwrite->setChecked(false);
    m_warning->setText(warning);
    m_overwrite->setAccessibleDescription(warning);
    for (QWidget *widget : {static_cast<QWidget *>(m_warningIcon),
                            static_cast<QWidget *>(m_warning), static_cast<QWidget *>(m_overwrite)})
        widget->setVisible(!warning.isEmpty());
}

} // namespace Longshore::Ui
