// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/ledger_report.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>

namespace songda::simulator {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t messagesPerPiece = 500;

std::string text(const Json &json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string hexOf(std::uint64_t value) {
    std::array<char, 17> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(value));
    return digits.data();
}

/// Quoted when needed (RFC 4180).
void appendField(std::string &line, const std::string &field) {
    if (field.find_first_of(",\"\r\n") == std::string::npos) {
        line += field;
        return;
    }
    line += '"';
    for (const char c : field) {
        line += c;
        if (c == '"') {
            line += c;
        }
    }
    line += '"';
}

} // namespace

std::string summaryJson(const LedgerSummary &summary) {
    Json twice = Json::array();
    for (const RepeatedNotice &notice : summary.notifiedTwice) {
        twice.push_back({{"openid", notice.openid}, {"client_msg_id", notice.clientMsgId},
            {"user_copies", notice.userCopies}});
    }
    Json json;
    json["wire_copies"] = summary.wireCopies;
    json["user_copies"] = summary.userCopies;
    json["recipients"] = summary.recipients;
    json["openids_tried"] = summary.openidsTried;
    json["messages"] = summary.messages;
    json["notified_twice_count"] = summary.notifiedTwiceCount;
    json["notified_twice"] = std::move(twice);
    json["openids_with_more_than_one"] = summary.openidsWithMoreThanOne;
    json["duplicates_dropped"] = summary.duplicatesDropped;
    json["body_mismatch"] = summary.bodyMismatch;
    json["without_client_msg_id"] = summary.withoutClientMsgId;
    json["unanswered"] = summary.unanswered;
    json["token_requests"] = summary.tokenRequests;
    json["by_answer"] = Json::object();
    for (const auto &[answer, count] : summary.byAnswer) {
        json["by_answer"][answer] = count;
    }
    return text(json);
}

std::string recordsJson(const std::string &openid, const std::vector<LedgerRecord> &records) {
    Json messages = Json::array();
    for (const LedgerRecord &record : records) {
        Json copies = Json::array();
        for (const WireCopy &copy : record.copies) {
            copies.push_back({{"at_ms", copy.at.time_since_epoch().count()}, {"answer", copy.answer},
                {"body_hash", hexOf(copy.bodyHash)}, {"msgid", copy.msgid}});
        }
        messages.push_back({{"client_msg_id", record.clientMsgId}, {"wire_copies", record.wireCopies},
            {"user_copies", record.userCopies}, {"msgid", record.msgid},
            {"bodies_differ", record.bodiesDiffer}, {"copies", std::move(copies)}});
    }
    Json json;
    json["openid"] = openid;
    json["messages"] = std::move(messages);
    return text(json);
}

BodyStream ledgerCsv(const Ledger &ledger) {
    return [&ledger, cursor = Ledger::Cursor{}, started = false]() mutable -> std::optional<std::string> {
        if (!started) {
            started = true;
            return std::string{"openid,client_msg_id,wire_copies,user_copies,msgid\r\n"};
        }
        std::string lines;
        for (const LedgerRecord &record : ledger.next(cursor, messagesPerPiece)) {
            appendField(lines, record.openid);
            lines += ',';
            appendField(lines, record.clientMsgId);
            lines += ',' + std::to_string(record.wireCopies) + ',' + std::to_string(record.userCopies) + ','
                + std::to_string(record.msgid) + "\r\n";
        }
        return lines.empty() ? std::nullopt : std::optional{std::move(lines)};
    };
}

} // namespace songda::simulator
