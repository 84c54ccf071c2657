// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/alert_send.h"

#include "engine/facade/alert_command.h"
#include "engine/facade/engine_core.h"
#include "engine/net/mail_sender.h"
#include "engine/net/web_hook_signature.h"
#include "engine/policy/alert_words.h"
#include "engine/policy/utf8.h"

#include <nlohmann/json.hpp>

namespace songda {

namespace {

using nlohmann::json;

constexpr std::size_t longestDetail = 120;
constexpr int robotTooOften = 45009;

std::string textIn(const json &settings, const char *field) {
    const auto it = settings.find(field);
    return it != settings.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::vector<std::string> listIn(const json &settings, const char *field) {
    std::vector<std::string> list;
    const auto it = settings.find(field);
    if (it != settings.end() && it->is_array()) {
        for (const json &each : *it) {
            if (each.is_string())
                list.push_back(each.get<std::string>());
        }
    }
    return list;
}

json parsed(const std::string &settings) {
    json value = json::parse(settings, nullptr, false);
    return value.is_object() ? value : json::object();
}

MailServer mailServer(const std::string &settings) {
    const json value = parsed(settings);
    MailServer server;
    server.host = textIn(value, "host");
    server.port = value.contains("port") && value["port"].is_number_integer() ? value["port"].get<int>() : server.port;
    server.tls = mailTlsFromString(textIn(value, "tls")).value_or(MailServer::Tls::Required);
    server.user = textIn(value, "user");
    server.from = textIn(value, "from");
    server.to = listIn(value, "to");
    return server;
}

SinkAnswer answerOf(const Result<void> &done) {
    return done ? SinkAnswer{200, "taken", {}} : SinkAnswer{0, done.error().detail, {}};
}

} // namespace

std::string sinkSecretName(std::int64_t sink) { return "alert-sink/" + std::to_string(sink); }

bool hasSecret(const store::StoredSink &stored) {
    switch (stored.sink.kind) {
    case AlertSink::Kind::WebHook:
    case AlertSink::Kind::WeCom: return true;
    case AlertSink::Kind::Mail: return !mailServer(stored.settings).user.empty();
    case AlertSink::Kind::Command: return false;
    }
    return false;
}

std::string mailSettings(const MailServer &s) {
    return json{{"host", s.host}, {"port", s.port}, {"tls", toString(s.tls)}, {"user", s.user}, {"from", s.from}, {"to", s.to}}.dump(
        -1, ' ', false, json::error_handler_t::replace);
}

std::string commandSettings(const std::vector<std::string> &command) {
    return json{{"command", command}}.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<net::WebRequest> sinkRequest(const SinkAccess &access, const std::string &eventId, const std::string &body, WallTime now) {
    net::WebRequest request;
    request.allowPrivate = access.stored.sink.allowPrivate;
    if (access.stored.sink.kind == AlertSink::Kind::WeCom) {
        const auto notice = noticeFromJson(body);
        if (!notice)
            return fail(ErrorCode::Corrupt, "the stored notice cannot be read");
        request.url = access.secret;
        request.keepAnswer = true;
        request.body = json{{"msgtype", "markdown"}, {"markdown", {{"content", noticeMarkdown(*notice, access.stored.sink.chinese)}}}}.dump(
            -1, ' ', false, json::error_handler_t::replace);
        return request;
    }
    const std::int64_t seconds = toMillis(now) / 1000;
    const auto signature = net::webHookSignature(access.secret, eventId, seconds, body);
    if (!signature)
        return tl::unexpected(signature.error());
    request.url = access.stored.sink.target;
    request.body = body;
    request.headers = {{"webhook-id", eventId}, {"webhook-timestamp", std::to_string(seconds)}, {"webhook-signature", *signature}};
    return request;
}

SinkAnswer readAnswer(AlertSink::Kind kind, const net::WebAnswer &answer) {
    SinkAnswer read{answer.status, answer.detail, answer.retryAfter};
    if (kind != AlertSink::Kind::WeCom || answer.status != 200)
        return read;
    const json said = json::parse(answer.body, nullptr, false);
    const auto code = said.is_object() ? said.find("errcode") : said.end();
    if (!said.is_object() || code == said.end() || !code->is_number_integer())
        return {502, "the robot's answer cannot be understood", {}};
    if (*code == 0)
        return read;
    const bool tooOften = *code == robotTooOften;
    return {tooOften ? 429 : 400, "errcode " + std::to_string(code->get<std::int64_t>()) + ": " + utf8::printable(textIn(said, "errmsg"), longestDetail),
        tooOften ? std::optional<Millis>(Seconds{60}) : std::nullopt};
}

SinkAnswer handOver(const EngineCore &core, const SinkAccess &access, const std::string &eventId, const std::string &body, const std::atomic<bool> &cancelled) {
    if (access.stored.sink.kind == AlertSink::Kind::Command) {
        if (const auto alone = checkOwnedAlone(core.options.profileDir); !alone)
            return answerOf(alone);
        return answerOf(runAlertCommand(listIn(parsed(access.stored.settings), "command"), body, cancelled));
    }
    const auto notice = noticeFromJson(body);
    if (!notice)
        return {0, "the stored notice cannot be read", {}};
    const bool chinese = access.stored.sink.chinese;
    net::MailOptions options;
    options.extraRootsPem = core.options.extraRootsPem.toStdString();
    options.cancelled = &cancelled;
    return answerOf(net::sendMail(
        mailServer(access.stored.settings), access.secret, {noticeTitle(*notice, chinese), noticeText(*notice, chinese), eventId, notice->at}, options));
}

net::WebClient::Options sinkClientOptions(const EngineCore &core) {
    net::WebClient::Options options;
    options.extraRootsPem = core.options.extraRootsPem.toStdString();
    options.guard = core.options.hookGuard;
    options.names = core.options.hookNames;
    return options;
}

} // namespace songda
