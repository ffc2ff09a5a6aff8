// SPDX-License-Identifier: Apache-2.0
// A repository of many tags in the real window: how long until every row is there, and how long
// the window stands still at most. usage: bench_manytags [COUNT]
#include "core/http/networkthread.h"
#include "heartbeat.h"
#include "support/testserver.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/views/tagtreeview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace {

/// A registry with one repository, in a thread of its own; answers at once.
class FastRegistry final : public QThread
{
public:
    explicit FastRegistry(int tagCount)
    {
        QByteArray list = R"({"name":"big","tags":[)";
        for (int i = 0; i < tagCount; ++i)
            list += (i > 0 ? ",\"" : "\"") + QByteArray("build-") + QByteArray::number(i) + '"';
        m_tags = list + "]}";
        start();
        while (m_port == 0)
            msleep(1);
    }
    ~FastRegistry() override
    {
        quit();
        wait();
    }
    [[nodiscard]] QString host() const { return u"127.0.0.1:%1"_s.arg(m_port.load()); }

private:
    void run() override
    {
        TestServer server;
        server.setHandler([this](const TestRequest &request, const TestConnection &connection) {
            if (request.path().endsWith(u"/tags/list"_s))
                connection.answer({200, m_tags});
            else if (request.path().contains(u"/manifests/"_s))
                connection.answer({404, "{}"});
            else
                connection.answer({200, R"({"repositories":["big"]})"});
        });
        m_port = server.port();
        exec();
    }

    QByteArray m_tags;
    std::atomic<quint16> m_port = 0;
};

} // namespace

int main(int argc, char *argv[])
{
    const QTemporaryDir home;
    qputenv("XDG_CONFIG_HOME", home.path().toUtf8());
    const QApplication application(argc, argv);
    const int count = argc > 1 ? QByteArray(argv[1]).toInt() : 10'000;
    const FastRegistry registry(count);

    Network network;
    ConnectionStore connections(ConnectionStore::defaultPath());
    WindowSettings settings;
    TransferQueue transfers;
    Ui::MainWindow window({network, connections, settings, transfers});
    window.show();
    window.openText(registry.host());

    QElapsedTimer clock;
    Heartbeat heartbeat;
    QTimer look;
    bool isAsked = false;
    QObject::connect(&look, &QTimer::timeout, &window, [&] {
        if (!isAsked && window.isSettled()) {
            isAsked = true;
            clock.start();
            heartbeat.start();
            window.openText(registry.host() + u"/big"_s);
        }
        const auto *tags = window.findChild<Ui::TagTreeView *>();
        if (!isAsked || !tags || tags->model()->rowCount() < count)
            return;
        static qint64 complete = 0;
        if (complete == 0)
            complete = clock.elapsed();
        if (clock.elapsed() < complete + 500)
            return; // Sorting and painting belong to it.
        std::printf(
            "%d tags: all rows after %lld ms (limit 1500), longest gap %lld ms (limit 50)\n", count,
            complete, heartbeat.longest);
        QCoreApplication::exit(complete <= 1500 && heartbeat.longest <= 50 ? 0 : 1);
    });
    look.start(1);
    QTimer::singleShot(60'000, &window, [] { QCoreApplication::exit(1); });
    return QApplication::exec();
}
