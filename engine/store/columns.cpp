// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/columns.h"

namespace songda::store {

std::optional<Hold> holdAt(const Statement &s, int first) {
    if (s.isNull(first))
        return std::nullopt;
    return Hold{s.string(first), s.string(first + 1), s.string(first + 2), s.time(first + 3)};
}

} // namespace songda::store
