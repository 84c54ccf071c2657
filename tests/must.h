// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace songda::testing {

/// The value of a result that must be there; the test ends with the error's words when it is not.
template <class T> T must(Result<T> result) {
    if (!result)
        throw std::runtime_error(std::string(toString(result.error().code)) + ": " + result.error().detail);
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

} // namespace songda::testing
