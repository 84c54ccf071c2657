// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"
#include "engine/policy/template_syntax.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace songda::exchange {

/// What the operator said about columns; empty fields mean: guess.
struct MappingWish {
    std::string openidColumn;
    std::string keyColumn; ///< the column with the idempotency key
    std::string urlColumn;
    std::map<std::string, std::string> keys; ///< template key -> column name
};

/// Which column holds what; positions are 0-based.
struct ColumnMapping {
    std::size_t openid = 0;
    std::optional<std::size_t> key;
    std::optional<std::size_t> url;
    std::vector<std::pair<TemplateKey, std::size_t>> values; ///< in the template's order
    std::vector<std::string> ignored; ///< names of columns that are not used
    std::size_t columns = 0;
};

/// Fits a header to a template. Without a wish a column serves the key of its own name, or of its label in
/// the template ("订单号"); the recipient is "openid" or "touser", the link "url". InvalidInput says which
/// column is missing, doubled or unknown, and which there are.
Result<ColumnMapping> mapColumns(
    const std::vector<std::string> &header, const std::vector<TemplateKey> &keys, const MappingWish &wish);

} // namespace songda::exchange
