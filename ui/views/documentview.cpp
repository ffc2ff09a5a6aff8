// SPDX-License-Identifier: Apache-2.0
#include "ui/views/documentview.h"

#include "core/base/displaytext.h"
#include "ui/delegates/roomydelegate.h"
#include "ui/format/tintedicon.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

constexpr int shownLevels = 2;
constexpr int mostOpened = 1000;
constexpr qsizetype shownBytes = 4 * 1024 * 1024;

DocumentView::DocumentView(const QString &accessibleName, QWidget *parent)
    : QWidget(parent), m_tree(new QTreeView), m_raw(new QPlainTextEdit), m_stack(new QStackedWidget)
{
    m_tree->setObjectName(u"documentTree"_s);
    m_tree->setAccessibleName(accessibleName);
    m_tree->setModel(&m_model);
    m_tree->setItemDelegate(new RoomyDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->header()->resizeSection(JsonTreeModel::NameColumn,
                                    fontMetrics().averageCharWidth() * 36);
    m_raw->setObjectName(u"documentText"_s);
    m_raw->setAccessibleName(tr("%1 as text").arg(accessibleName));
    m_raw->setReadOnly(true);
    m_raw->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_raw->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_raw);

    auto *raw = new QCheckBox(tr("Show as &text"));
    raw->setObjectName(u"showRaw"_s);
    connect(raw, &QCheckBox::toggled, this, &DocumentView::showRaw);
    auto *copyAll = new QPushButton(tintedIcon(u"copy"_s), tr("Copy A&ll"));
    copyAll->setObjectName(u"copyDocument"_s);
    connect(copyAll, &QPushButton::clicked, this, &DocumentView::copy);

    auto *bar = new QHBoxLayout;
    bar->addWidget(raw);
    bar->addStretch();
    bar->addWidget(copyAll);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(bar);
    layout->addWidget(m_stack);
}

void DocumentView::setDocument(const QByteArray &bytes)
{
    m_bytes = bytes;
    m_model.setDocument(bytes);
    openFirstLevels();
    showRaw(m_stack->currentWidget() == m_raw);
}

/// As far as that is a matter of some rows: a large document has a million, and each that opens
/// makes the view lay out the rest anew.
void DocumentView::openFirstLevels()
{
    QModelIndexList level{QModelIndex()};
    int rowCount = 0;
    for (int depth = 0; depth < shownLevels; ++depth) {
        QModelIndexList next;
        for (const QModelIndex &parent : std::as_const(level)) {
            for (int row = 0; row < m_model.rowCount(parent); ++row) {
                if (rowCount > mostOpened)
                    return;
                const QModelIndex index = m_model.index(row, 0, parent);
                m_model.fetchMore(index); // The view would do so when it is painted.
                m_tree->expand(index);
                rowCount += m_model.rowCount(index) + 1;
                next.append(index);
            }
        }
        level = next;
    }
}

void DocumentView::showRaw(bool isRaw)
{
    // Line by line and cell by cell: these are the controls that are wanted here.
    QStringList lines;
    if (isRaw) {
        const QStringList all = QString::fromUtf8(m_bytes).split(u'\n');
        for (const QString &line : all) {
            QStringList cells = line.split(u'\t');
            for (QString &cell : cells)
                cell = displayText(cell, shownBytes);
            lines.append(cells.join(u'\t'));
        }
    }
    m_raw->setPlainText(lines.join(u'\n'));
    m_stack->setCurrentWidget(isRaw ? static_cast<QWidget *>(m_raw) : m_tree);
}

void DocumentView::copy() const
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(m_bytes));
}

} // namespace Longshore::Ui
