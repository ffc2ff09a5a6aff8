// SPDX-License-Identifier: Apache-2.0
#include "core/base/interruption.h"

#include <QSocketNotifier>

#include <csignal>
#include <ctime>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace Longshore {

#ifdef Q_OS_UNIX

namespace {

// A handler may do next to nothing; a byte in a pipe wakes the event loop.
int wakeUpPipe[2] = {-1, -1}; // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

// Some programs that stop others, such as timeout(1), send the same signal twice at once.
constexpr time_t patience = 2; // In seconds, of a second resolution.
volatile sig_atomic_t isAsked = 0; // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)
volatile time_t firstTime = 0; // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

void handleSignal(int signalNumber)
{
    const int savedError = errno;
    if (isAsked == 0) {
        isAsked = 1;
        firstTime = ::time(nullptr);
        [[maybe_unused]] const auto written = ::write(wakeUpPipe[1], "!", 1);
    } else if (::time(nullptr) - firstTime >= patience) {
        ::signal(signalNumber, SIG_DFL);
        ::raise(signalNumber); // Comes through when this handler returns.
    }
    errno = savedError;
}

void install(int signalNumber)
{
    struct sigaction action = {};
    action.sa_handler = handleSignal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(signalNumber, &action, nullptr);
}

/// Started by nohup, the program shall outlive its terminal.
bool mayHangUp()
{
    struct sigaction current = {};
    ::sigaction(SIGHUP, nullptr, &current);
    return current.sa_handler != SIG_IGN;
}

} // namespace

Interruption::Interruption(QObject *parent) : QObject(parent)
{
    // A file that must not grow any more is an error like a full disk, no reason to be killed.
    std::signal(SIGXFSZ, SIG_IGN);
    if (::pipe(wakeUpPipe) != 0)
        return;
    for (const int end : wakeUpPipe)
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    auto *notifier = new QSocketNotifier(wakeUpPipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        emit interrupted();
    });
    install(SIGINT);
    install(SIGTERM);
    if (mayHangUp())
        install(SIGHUP);
}

Interruption::~Interruption()
{
    // The handlers stay: what is half done is removed after this, too, when the threads end.
    for (int &end : wakeUpPipe) {
        ::close(end);
        end = -1;
    }
}

#else

namespace {
Interruption *listener = nullptr;
}

Interruption::Interruption(QObject *parent) : QObject(parent)
{
    listener = this;
    // Here the handler runs in a thread of its own, in which posting an event is allowed.
    std::signal(SIGINT, [](int) {
        QMetaObject::invokeMethod(listener, &Interruption::interrupted, Qt::QueuedConnection);
    });
}

Interruption::~Interruption()
{
    std::signal(SIGINT, SIG_DFL);
}

#endif

} // namespace Longshore
