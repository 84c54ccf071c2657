// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/exchange/column_mapping.h"
#include "engine/exchange/csv_reader.h"
#include "engine/model/message.h"
#include "engine/model/random.h"
#include "engine/model/row_problem.h"
#include "engine/policy/word_screen.h"

#include <optional>
#include <string>

namespace songda::exchange {

/// What all rows of an import share.
struct RowContext {
    TemplateRef templateRef;
    std::string batchName; ///< as the operator named it; part of what makes two messages the same
    WallTime dueAt;
    std::optional<WallTime> expiresAt;
    const WordScreen *words = nullptr; ///< none: nothing is screened
};

/// Turns a row into a message, or says what is wrong with it. Pure but for the fresh client_msg_id.
tl::expected<NewMessage, RowProblem> messageFromRow(const CsvRow &row, const std::vector<std::string> &header,
    const ColumnMapping &mapping, const RowContext &context, Random &random);

/// A value that will be sent as it is, and most likely should not: a number that a spreadsheet program has rounded. Nothing
/// for a row that is fine.
std::optional<RowProblem> doubtAbout(const CsvRow &row, const std::vector<std::string> &header, const ColumnMapping &mapping);

} // namespace songda::exchange
