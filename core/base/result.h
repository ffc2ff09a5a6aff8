// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <type_traits>
#include <utility>
#include <variant>

namespace Longshore {

/// A value, or the Error that kept it from existing.
/// Names follow std::expected, so that an alias can replace this class under C++23.
template <typename T>
class [[nodiscard]] Result
{
    static_assert(!std::is_same_v<T, Error>);

public:
    // Implicit on purpose: `return value;` and `return error;` both read well.
    // NOLINTBEGIN(google-explicit-constructor)
    /// @{
    /// Takes a value or the reason why there is none.
    Result(T value) : m_data(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_data(std::in_place_index<1>, std::move(error)) {}
    /// @}
    // NOLINTEND(google-explicit-constructor)

    /// @{
    /// Whether there is a value.
    [[nodiscard]] bool has_value() const noexcept { return m_data.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }
    /// @}

    /// @{
    /// The value. Ask first whether there is one: without it std::bad_variant_access is thrown.
    const T &operator*() const & { return std::get<0>(m_data); }
    T &operator*() & { return std::get<0>(m_data); }
    T &&operator*() && { return std::get<0>(std::move(m_data)); }
    const T *operator->() const { return &std::get<0>(m_data); }
    T *operator->() { return &std::get<0>(m_data); }
    /// @}
    /// The reason. Only for a result without a value; else std::bad_variant_access is thrown.
    [[nodiscard]] const Error &error() const { return std::get<1>(m_data); }

private:
    std::variant<T, Error> m_data;
};

/// The value of an operation that has nothing to tell but its success.
struct Done
{
    friend bool operator==(Done, Done) = default;
};

} // namespace Longshore
