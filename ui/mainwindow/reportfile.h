// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/workerjob.h"
#include "core/cleanup/reporttable.h"

#include <QString>

#include <functional>

class QWidget;

namespace Longshore {
class WindowSettings;
}

namespace Longshore::Ui {

/// Asks for a file for a report: a page, a table or JSON, as its ending then says. Begins where the
/// last file was saved, with "\a name.html". Calls \a save with the path unless somebody thinks
/// better of it, or \a window is gone by then.
void askForReportFile(QWidget &window, WindowSettings &settings, const QString &name,
                      const std::function<void(const QString &path)> &save);

/// The same, and writes what \a makeReport gives, both in a worker. \a ended is told what became of
/// it, unless \a window is gone by then.
void saveReport(QWidget &window, WindowSettings &settings, const QString &name,
                const std::function<ReportTable()> &makeReport,
                const std::function<void(const QString &path, const Result<Done> &)> &ended);

} // namespace Longshore::Ui
