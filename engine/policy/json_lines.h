// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace songda {

/// A JSON value that knows the line it stands in, so that who wrote the file can be told where.
struct JsonLine {
    enum class Kind { Null, Bool, Whole, Real, Text, Array, Object };

    Kind kind = Kind::Null;
    int line = 1; ///< of its name, or of itself at the top
    bool flag = false;
    std::int64_t whole = 0;
    double real = 0;
    std::string text;
    std::vector<JsonLine> elements;
    std::string name; ///< of a member; empty elsewhere
    std::vector<JsonLine> members; ///< in the order of the file

    const JsonLine *find(std::string_view member) const;
};

/// Reads JSON with comments. InvalidInput "line N: ..." for what is no JSON, a name that stands twice in one object, or
/// nesting deeper than 16.
Result<JsonLine> readJsonLines(std::string_view text);

} // namespace songda
