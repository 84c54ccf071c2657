// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace songda::cli {

class Context;

using Json = nlohmann::ordered_json;

/// One JSON value on stdout, two blanks of indent, raw UTF-8.
void printJson(const Json &json);

/// A JSON list on stdout, written as it grows: as printJson() would write the whole of it.
class JsonList {
public:
    void add(const Json &json);
    void end();

private:
    bool m_isEmpty = true;
};

/// The newest messages that match, page by page and at most `limit` of them, whatever that is. Whether more are left;
/// nothing after telling why.
std::optional<bool> eachPage(
    Context &context, Engine &engine, PageRequest request, std::int64_t limit, const std::function<void(const std::vector<MessageRow> &)> &take);
/// The same as one list in JSON, with a sentence on stderr when more are left.
void listAsJson(Context &context, Engine &engine, const PageRequest &request, std::int64_t limit);

/// null for what is empty or not there.
Json orNull(const std::string &text);
Json orNull(const std::optional<WallTime> &t);
template <class T> Json orNull(const std::optional<T> &value) { return value ? Json(*value) : Json(nullptr); }

/// A table on stdout, columns aligned; Chinese characters count double.
void printTable(const std::vector<std::string> &header, const std::vector<std::vector<std::string>> &rows);

Json toJson(const StateCounts &counts);
Json toJson(const MessageRow &row);
Json toJson(const MessageDetail &detail);
Json toJson(const Account &account);
Json toJson(const Template &t);
Json toJson(const Forecast &forecast);
/// What came of removing somebody who was told things; `what` is "hook" or "sink".
void printRemoved(const Context &context, std::int64_t id, bool removed, const char *what);
/// What a receiver answered to something that it was to ignore; leaves Failed when it did not take it.
void printTest(Context &context, std::int64_t id, const HookTest &result);
/// A forecast in a few lines.
void printForecast(const Forecast &forecast);
/// A cause with its words: 43004 (The recipient does not follow the account).
std::string causeText(const Engine &engine, const std::string &cause, bool chinese);
/// Lines such as "accepted 98 210", states without messages left out.
void printCounts(const StateCounts &counts);

} // namespace songda::cli
