// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/reporttable.h"
#include "core/cleanup/runjournal.h"

#include <QPointer>

namespace Longshore::Ui {

class JournalTableModel;
struct JournalRow;

/// Reads what the program has changed, and makes a report of it.
class JournalPresenter final : public QObject
{
    Q_OBJECT

public:
    /// The model must outlive this. A null \a journal remembers nothing.
    JournalPresenter(std::shared_ptr<RunJournal> journal, JournalTableModel &model,
                     QObject *parent = nullptr);

    void reload();
    /// For a file, in the order that was given.
    [[nodiscard]] static ReportTable report(const QList<JournalRow> &rows);
    /// Writes \a rows as a report, in the form that the name of the file asks for.
    void save(const QList<JournalRow> &rows, const QString &path);

signals:
    void loaded();
    void failed(const Longshore::Error &error);
    void saved(const QString &path);
    void savingFailed(const Longshore::Error &error);

private:
    void show(const QList<JournalRun> &runs);

    const std::shared_ptr<RunJournal> m_journal;
    JournalTableModel &m_model;
    QPointer<Job> m_reading;
};

} // namespace Longshore::Ui
