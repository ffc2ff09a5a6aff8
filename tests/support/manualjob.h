// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"

/// A job that ends when the test says so.
template <typename T>
class ManualJob final : public Longshore::ResultJob<T>
{
public:
    using Longshore::ResultJob<T>::ResultJob;

    void finishWith(T value) { this->succeed(std::move(value)); }
    void failWith(const Longshore::Error &error) { this->fail(error); }
    [[nodiscard]] bool hasStarted() const { return m_hasStarted; }

private:
    void doStart() override { m_hasStarted = true; }

    bool m_hasStarted = false;
};
