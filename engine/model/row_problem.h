// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace songda {

/// Why a row of a file does not become a message; the console has the words in each language.
enum class RowFault {
    BrokenQuote,
    NulByte,
    NotReadable, ///< in the file's encoding
    RowTooLong,
    FieldCount, ///< another number of fields than the header
    Openid,
    Url,
    Key, ///< the idempotency key
    ValueEmpty,
    ValueTooLong,
    ValueControlCharacter,
    ValueForm, ///< not a number, date, phone number ...
    Rounded, ///< a number as a spreadsheet program rounds it, 1.2E+10
    Duplicate,
    SensitiveWord,
    OptedOut, ///< the person asked for no more messages
};
/// Stable lower-case name, as printed by `--json`.
const char *toString(RowFault fault);

/// One row that was not taken.
struct RowProblem {
    std::int64_t line = 0; ///< 1-based, where the row begins
    std::string column; ///< name of the column, empty when it is the whole row
    RowFault fault = RowFault::FieldCount;
    std::string key; ///< the template's key a value is for
    std::string reason; ///< one English sentence, for files and programs

    bool operator==(const RowProblem &) const = default;
};

} // namespace songda
