// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/reportfile.h"

#include "core/base/safefile.h"
#include "core/settings/windowsettings.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ReportFile)
};

/// "Table (*.csv)" gives "csv".
QString endingOf(const QString &filter)
{
    return filter.section("*."_L1, 1).section(u')', 0, 0);
}

} // namespace

void askForReportFile(QWidget &window, WindowSettings &settings, const QString &name,
                      const std::function<void(const QString &path)> &save)
{
    auto *dialog = new QFileDialog(&window, Text::tr("Save Report"), settings.exportFolder());
    dialog->setObjectName(u"reportFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave); // Asks before it takes an existing name.
    dialog->setFileMode(QFileDialog::AnyFile);
    const QStringList filters{Text::tr("Web page (*.html)"), Text::tr("Table (*.csv)"),
                              Text::tr("JSON (*.json)")};
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(endingOf(filters.first()));
    dialog->selectFile(name + ".html"_L1);
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog,
                     [dialog, name](const QString &filter) {
                         dialog->setDefaultSuffix(endingOf(filter));
                         dialog->selectFile(name + u'.' + endingOf(filter));
                     });
    QObject::connect(dialog, &QFileDialog::fileSelected, &window,
                     [&settings, save](const QString &path) {
                         settings.setExportFolder(QFileInfo(path).path());
                         save(path);
                     });
    dialog->open();
}

void saveReport(QWidget &window, WindowSettings &settings, const QString &name,
                const std::function<ReportTable()> &makeReport,
                const std::function<void(const QString &path, const Result<Done> &)> &ended)
{
    askForReportFile(window, settings, name, [&window, makeReport, ended](const QString &path) {
        auto *job = new WorkerJob<Done>(
            [makeReport, path](const CancelFlag &) {
                return SafeFile::writeFile(path, bytesFor(makeReport(), path));
            },
            &window);
        job->then(&window, [ended, path](const Result<Done> &written) { ended(path, written); });
        job->start();
    });
}

} // namespace Longshore::Ui
