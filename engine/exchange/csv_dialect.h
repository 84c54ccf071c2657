// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace songda::exchange {

/// How a CSV file separates its fields.
struct CsvDialect {
    char delimiter = ',';
    std::size_t skip = 0; ///< bytes before the header: a "sep=;" line as Excel writes it
};

/// Finds the delimiter among comma, semicolon, tab and bar: the one that splits the first lines of the
/// sample most evenly; comma when nothing speaks for another.
CsvDialect detectDialect(std::string_view sample);

} // namespace songda::exchange
