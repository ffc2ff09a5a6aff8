// SPDX-License-Identifier: Apache-2.0
// An image exported from the real window, as a person does it: how long the window stands still at
// most, and how much memory it takes. Prints one JSON object.
// usage: bench_windowexport HOST/REPOSITORY:TAG FOLDER
#include "core/http/networkthread.h"
#include "core/transfer/transferstore.h"
#include "heartbeat.h"
#include "ui/mainwindow/mainwindow.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QFile>
#include <QTemporaryDir>

#include <cstdio>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace {

/// A line of /proc/self/status, in KiB.
qint64 memory(const QByteArray &name)
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArrayList lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(name))
            return line.mid(name.size() + 1).simplified().split(' ').constFirst().toLongLong();
    }
    return 0;
}

/// Goes on whenever what the next step needs is there.
class Driver final : public QObject
{
public:
    explicit Driver(Ui::MainWindow &window, TransferQueue &transfers)
        : m_window(window), m_transfers(transfers)
    {
        connect(&m_look, &QTimer::timeout, this, [this] { look(); });
        m_look.start(5);
    }

private:
    void look()
    {
        if (m_transfers.transfers().isEmpty())
            return ask();
        const Transfer *transfer = m_transfers.transfers().constFirst();
        if (!transfer->isOver())
            return;
        m_look.stop();
        const bool isFinished = transfer->state() == Transfer::State::Finished;
        if (const auto &error = transfer->error())
            std::fprintf(stderr, "%s %s\n", qPrintable(error->message), qPrintable(error->detail));
        std::printf(R"({"milliseconds": %lld, "longestGap": %lld, "busiest": %lld, "growth": %lld})"
                    "\n",
                    m_clock.elapsed(), m_heartbeat.longest, m_heartbeat.busiest,
                    (memory("VmHWM") - m_before) / 1024);
        QCoreApplication::exit(isFinished ? 0 : 1);
    }

    void ask()
    {
        if (!m_window.isSettled())
            return;
        const auto *dialog = m_window.findChild<QDialog *>(u"exportImageDialog"_s);
        if (!dialog)
            return m_window.actions().exportImage->trigger();
        auto *button = dialog->findChild<QAbstractButton *>(u"export"_s);
        if (!button->isEnabled() || m_clock.isValid())
            return;
        m_before = memory("VmRSS");
        m_clock.start();
        m_heartbeat.start();
        button->click();
    }

    Ui::MainWindow &m_window;
    TransferQueue &m_transfers;
    QTimer m_look;
    QElapsedTimer m_clock;
    Heartbeat m_heartbeat;
    qint64 m_before = 0;
};

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 3)
        return 2;
    const QTemporaryDir home;
    qputenv("XDG_CONFIG_HOME", home.path().toUtf8());
    qputenv("XDG_DATA_HOME", home.path().toUtf8());
    const QApplication application(argc, argv);
    Network network;
    ConnectionStore connections(ConnectionStore::defaultPath());
    WindowSettings settings;
    settings.setExportFolder(QString::fromLocal8Bit(argv[2]));
    TransferQueue transfers;
    Ui::MainWindow window({network,
                           connections,
                           settings,
                           transfers,
                           {},
                           std::make_shared<TransferStore>(TransferStore::defaultFolder())});
    const Driver driver(window, transfers);
    window.show();
    window.openText(QString::fromLocal8Bit(argv[1]));
    QTimer::singleShot(120'000, &window, [] { QCoreApplication::exit(1); });
    return QApplication::exec();
}
