// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/departure.h"

#include <QHash>

#include <condition_variable>
#include <mutex>

using namespace std::chrono_literals;

namespace Longshore {

namespace {

/// What all threads of this process see, as they see the locks of its files.
struct Board
{
    std::mutex mutex;
    std::condition_variable changed;
    QHash<QString, int> leaving;
};

Board &board()
{
    static Board board;
    return board;
}

} // namespace

Departure::Departure(const QString &place) : m_place(place)
{
    const std::lock_guard lock(board().mutex);
    ++board().leaving[place];
}

Departure::~Departure()
{
    const std::lock_guard lock(board().mutex);
    if (--board().leaving[m_place] == 0)
        board().leaving.remove(m_place);
    board().changed.notify_all();
}

bool Departure::isUnderWay(const QString &place)
{
    const std::lock_guard lock(board().mutex);
    return board().leaving.contains(place);
}

void Departure::await(const QString &place, const CancelFlag &cancelled)
{
    std::unique_lock lock(board().mutex);
    while (board().leaving.contains(place) && !cancelled)
        board().changed.wait_for(lock, 50ms); // Nobody wakes it when the flag is set.
}

} // namespace Longshore
