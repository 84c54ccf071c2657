// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/message_rows.h"

#include "engine/exchange/content_builder.h"
#include "engine/policy/utf8.h"
#include "engine/policy/value_rules.h"

#include <algorithm>
#include <cstdio>

namespace songda::exchange {

namespace {

constexpr std::size_t longestKey = 128;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

/// 1.2E+10, as spreadsheet programs show and save a long number: the digits that are missing are lost.
bool isRoundedNumber(std::string_view text) {
    const auto digits = [&text] {
        const std::size_t n = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(n);
        return n;
    };
    const auto take = [&text](std::string_view any) {
        const bool there = !text.empty() && any.find(text.front()) != std::string_view::npos;
        text.remove_prefix(there ? 1 : 0);
        return there;
    };
    if (digits() == 0 || (take(".,") && digits() == 0))
        return false;
    return take("eE") && take("+") && digits() > 0 && text.empty();
}

constexpr const char *rounded = " is a number that a spreadsheet program has rounded; format its column as text there, and save the file anew";

/// The first character that does not belong into an openid and that nobody sees or can tell from another, such as U+200B.
std::string strangeIn(std::string_view openid) {
    while (!openid.empty()) {
        const auto c = utf8::next(openid);
        if (!c)
            return {};
        if (*c >= 0x20 && *c < 0x7F)
            continue;
        char name[16];
        std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(*c));
        return std::string("; here it has ") + name;
    }
    return {};
}

bool isPlausibleKey(std::string_view key) {
    if (key.empty() || key.size() > longestKey)
        return false;
    while (!key.empty()) {
        const auto c = utf8::next(key);
        if (!c || utf8::isControl(*c))
            return false;
    }
    return true;
}

RowFault faultOf(CsvFault fault) {
    switch (fault) {
    case CsvFault::NulByte: return RowFault::NulByte;
    case CsvFault::NotUtf8: return RowFault::NotReadable;
    case CsvFault::TooLong: return RowFault::RowTooLong;
    default: return RowFault::BrokenQuote;
    }
}

RowFault faultOf(ValueFault fault) {
    switch (fault) {
    case ValueFault::Empty: return RowFault::ValueEmpty;
    case ValueFault::TooLong: return RowFault::ValueTooLong;
    case ValueFault::ControlCharacter: return RowFault::ValueControlCharacter;
    case ValueFault::NotUtf8: return RowFault::NotReadable;
    default: return RowFault::ValueForm;
    }
}

} // namespace

tl::expected<NewMessage, RowProblem> messageFromRow(const CsvRow &row, const std::vector<std::string> &header,
    const ColumnMapping &mapping, const RowContext &context, Random &random) {
    const auto problem = [&](std::string column, RowFault fault, std::string reason, std::string key = {}) {
        return tl::unexpected(RowProblem{row.line, std::move(column), fault, std::move(key), std::move(reason)});
    };
    const auto name = [&](std::size_t column) { return column < header.size() ? header[column] : std::string{}; };
    if (row.fault != CsvFault::None)
        return problem(row.faultField > 0 ? name(static_cast<std::size_t>(row.faultField) - 1) : std::string{}, faultOf(row.fault),
            toString(row.fault));
    if (row.fields.size() != mapping.columns)
        return problem({}, RowFault::FieldCount,
            "the row has " + std::to_string(row.fields.size()) + " fields, the header has " + std::to_string(mapping.columns));

    NewMessage message;
    message.openid = trimmed(row.fields[mapping.openid]);
    if (isRoundedNumber(message.openid))
        return problem(name(mapping.openid), RowFault::Rounded, "the openid " + message.openid + rounded);
    if (!isPlausibleOpenid(message.openid))
        return problem(name(mapping.openid), RowFault::Openid,
            toString(ValueProblem{{}, ValueFault::BadOpenid, ValueType::Untyped}) + strangeIn(message.openid));

    std::vector<std::pair<std::string_view, std::string_view>> data;
    data.reserve(mapping.values.size());
    for (const auto &[key, column] : mapping.values) {
        const std::string &value = row.fields[column];
        if (value.empty() && isHiddenKey(key.name))
            continue;
        if (const auto fault = checkValue(key.type, value))
            return problem(name(column), faultOf(*fault), toString(ValueProblem{key.name, *fault, key.type}), key.name);
        if (const std::string *word = context.words ? context.words->find(value) : nullptr)
            return problem(name(column), RowFault::SensitiveWord, "the value contains the sensitive word " + *word, key.name);
        data.emplace_back(key.name, value);
    }
    std::string_view url;
    if (mapping.url) {
        url = trimmed(row.fields[*mapping.url]);
        if (!url.empty() && !isPlausibleUrl(url))
            return problem(name(*mapping.url), RowFault::Url, toString(ValueProblem{{}, ValueFault::BadUrl, ValueType::Untyped}));
    }
    message.content = buildContent(data, url);
    if (mapping.key) {
        message.idempotencyKey = trimmed(row.fields[*mapping.key]);
        // Many orders would have the same one, and all but the first would pass for duplicates.
        if (isRoundedNumber(message.idempotencyKey))
            return problem(name(*mapping.key), RowFault::Rounded, "the idempotency key " + message.idempotencyKey + rounded);
        if (!isPlausibleKey(message.idempotencyKey))
            return problem(name(*mapping.key), RowFault::Key, "the idempotency key is empty, longer than 128 bytes or has control characters");
    } else {
        message.idempotencyKey = contentKey(context.templateRef, context.batchName, message.openid, message.content);
    }
    message.clientMsgId = makeClientMsgId(random);
    message.dueAt = context.dueAt;
    message.expiresAt = context.expiresAt;
    return message;
}

std::optional<RowProblem> doubtAbout(const CsvRow &row, const std::vector<std::string> &header, const ColumnMapping &mapping) {
    for (const auto &[key, column] : mapping.values) {
        if (isRoundedNumber(trimmed(row.fields[column])))
            return RowProblem{row.line, column < header.size() ? header[column] : std::string{}, RowFault::Rounded, key.name, row.fields[column] + rounded};
    }
    return std::nullopt;
}

} // namespace songda::exchange
