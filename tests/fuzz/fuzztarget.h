// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <cstdint>
#include <cstdlib>

/// One target: called with any bytes at all. Built by clang it is driven by libFuzzer; otherwise
/// replay.cpp runs it over its corpus, as an ordinary test.
void fuzz(const QByteArray &input);

/// A property that has to hold whatever the input is.
inline void require(bool holds)
{
    if (!holds)
        std::abort();
}
