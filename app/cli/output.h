// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace songda::cli {

using Json = nlohmann::ordered_json;

/// One JSON value on stdout, two blanks of indent, raw UTF-8.
void printJson(const Json &json);

/// A table on stdout, columns aligned; Chinese characters count double.
void printTable(const std::vector<std::string> &header, const std::vector<std::vector<std::string>> &rows);

Json toJson(const StateCounts &counts);
Json toJson(const MessageRow &row);
Json toJson(const MessageDetail &detail);
Json toJson(const Account &account);
Json toJson(const Template &t);
Json toJson(const Forecast &forecast);
/// A forecast in a few lines.
void printForecast(const Forecast &forecast);
/// A cause with its words: 43004 (The recipient does not follow the account).
std::string causeText(const Engine &engine, const std::string &cause, bool chinese);
/// Lines such as "accepted 98 210", states without messages left out.
void printCounts(const StateCounts &counts);

} // namespace songda::cli
