// SPDX-License-Identifier: GPL-3.0-or-later
//
// Alerts as people see and acknowledge them, and where they are told.
#include "engine/engine.h"
#include "engine/facade/alert_send.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/engine_loop.h"
#include "engine/net/mail_sender.h"
#include "engine/net/web_hook_signature.h"
#include "engine/policy/alert_words.h"
#include "engine/store/audit_table.h"

#include <QRandomGenerator>
#include <QUrl>
#include <algorithm>
#include <array>
#include <future>
#include <nlohmann/json.hpp>

namespace songda {

namespace {

constexpr std::size_t mostArguments = 50;
constexpr std::size_t longestArgument = 4000;

std::string newSecret() {
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return net::webHookSecret({reinterpret_cast<const char *>(words.data()), sizeof words});
}

/// A wish as it is kept, with what belongs into the secret store.
struct Checked {
    store::StoredSink stored;
    std::string secret;
    std::string shown; ///< of it, once
};

Result<void> checkUrl(const std::string &url, bool allowPrivate) {
    if (!allowPrivate && QUrl(QString::fromStdString(url)).scheme() == QLatin1String("http"))
        return fail(ErrorCode::InvalidInput, "the address begins with https://; http is for one's own network and needs --allow-private");
    return {};
}

Result<Checked> checked(const NewAlertSink &wish) {
    Checked made;
    AlertSink &sink = made.stored.sink;
    sink.kind = wish.kind;
    sink.least = wish.least;
    sink.chinese = wish.chinese;
    sink.allowPrivate = wish.allowPrivate;
    made.stored.settings = "{}";
    switch (wish.kind) {
    case AlertSink::Kind::WebHook:
    case AlertSink::Kind::WeCom: {
        const auto url = net::checkedWebAddress(wish.url);
        if (!url)
            return tl::unexpected(url.error());
        SONGDA_TRY(checkUrl(*url, wish.allowPrivate));
        // Whoever knows a robot's address can write to its group.
        const bool robot = wish.kind == AlertSink::Kind::WeCom;
        sink.target = robot ? QUrl(QString::fromStdString(*url)).host().toStdString() : *url;
        made.secret = robot ? *url : newSecret();
        made.shown = robot ? std::string() : made.secret;
        return made;
    }
    case AlertSink::Kind::Mail:
        SONGDA_TRY(net::checkMailServer(wish.mail));
        if (!wish.mail.user.empty() && wish.mail.tls == MailServer::Tls::Off)
            return fail(ErrorCode::InvalidInput, "without TLS a password would be readable on its way: leave the user away, or use TLS");
        made.stored.settings = mailSettings(wish.mail);
        for (const std::string &to : wish.mail.to)
            sink.target += (sink.target.empty() ? "" : ", ") + to;
        made.secret = wish.mail.user.empty() ? std::string() : wish.password;
        return made;
    case AlertSink::Kind::Command:
        if (wish.command.empty() || wish.command.front().empty() || wish.command.front().front() != '/')
            return fail(ErrorCode::InvalidInput, "a command is the full path of a program, and arguments");
        if (wish.command.size() > mostArguments
            || std::ranges::any_of(wish.command, [](const std::string &a) { return a.size() > longestArgument || a.find('\0') != std::string::npos; }))
            return fail(ErrorCode::InvalidInput, "a command has at most 50 arguments of at most 4000 bytes");
        made.stored.settings = commandSettings(wish.command);
        sink.target = wish.command.front();
        return made;
    }
    return fail(ErrorCode::Internal, "no such kind of sink");
}

Result<void> audited(store::WriteSession &session, const Actor &actor, const char *act, const std::string &object) {
    const auto audit = store::recordAct(session, actor, act, object, 0, systemNow().wall);
    return audit ? Result<void>{} : tl::unexpected(audit.error());
}

void changed(EngineCore &core) {
    if (core.loop)
        core.loop->alertsChanged();
}

} // namespace

QFuture<Result<std::vector<Alert>>> Engine::alerts(AlertFilter filter) {
    return m_core->readers->run<std::vector<Alert>>([filter](store::Database &db) {
        return store::readAlerts(db, filter.past ? store::AlertsWanted::Past : store::AlertsWanted::Open, filter.limit);
    });
}

QFuture<Result<bool>> Engine::acknowledgeAlert(std::int64_t id, std::string reason) {
    SONGDA_MAY(Steer, bool);
    return m_core->work<bool>([core = m_core.get(), id, reason = std::move(reason)]() -> Result<bool> {
        bool done = false;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto acknowledged = store::acknowledgeAlert(session, id, core->session().user, reason, systemNow().wall);
            if (!acknowledged)
                return tl::unexpected(acknowledged.error());
            done = *acknowledged;
            return done ? audited(session, core->actor(reason), "alert.acknowledge", "alert " + std::to_string(id)) : Result<void>{};
        }));
        changed(*core);
        return done;
    });
}

QFuture<Result<std::vector<AlertTelling>>> Engine::alertTellings(std::int64_t id) {
    return m_core->readers->run<std::vector<AlertTelling>>([id](store::Database &db) { return store::readTellings(db, id); });
}

Result<std::vector<AlertRuleInfo>> Engine::alertRules(const std::string &account, bool chinese) {
    const auto policy = m_core->policies->current();
    if (!policy)
        return tl::unexpected(policy.error());
    const AlertPolicy &alerts = (account.empty() ? (*policy)->set.defaults : (*policy)->set.of(account)).alerts;
    std::vector<AlertRuleInfo> rules;
    for (const AlertRule rule : allAlertRules)
        rules.push_back(alertRuleInfo(rule, alerts, chinese));
    return rules;
}

QFuture<Result<IssuedAlertSink>> Engine::addAlertSink(NewAlertSink wish) {
    SONGDA_MAY(SetUp, IssuedAlertSink);
    return m_core->work<IssuedAlertSink>([core = m_core.get(), wish = std::move(wish)]() -> Result<IssuedAlertSink> {
        auto made = checked(wish);
        if (!made)
            return tl::unexpected(made.error());
        AlertSink &sink = made->stored.sink;
        sink.createdAt = systemNow().wall;
        sink.createdBy = core->session().user;
        const bool secret = hasSecret(made->stored);
        const auto secrets = secret ? core->secretStore() : Result<secrets::SecretStore *>(nullptr);
        if (!secrets)
            return tl::unexpected(secrets.error());
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto id = store::insertSink(session, made->stored);
            if (!id)
                return tl::unexpected(id.error());
            sink.id = *id;
            return {};
        }));
        if (const auto kept = secret ? (*secrets)->put(sinkSecretName(sink.id), made->secret) : Result<void>{}; !kept) {
            static_cast<void>(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
                const auto removed = store::removeSink(session, sink.id);
                return removed ? Result<void>{} : tl::unexpected(removed.error());
            }));
            return tl::unexpected(kept.error());
        }
        // A second commit: an engine that saw the first one looks again, and finds the secret.
        SONGDA_TRY(core->writeAndWait(
            [&](store::WriteSession &session) { return audited(session, core->actor(), "alert.sink_add", "alert sink " + std::to_string(sink.id)); }));
        changed(*core);
        return IssuedAlertSink{sink, made->shown};
    });
}

QFuture<Result<bool>> Engine::removeAlertSink(std::int64_t id, std::string reason) {
    SONGDA_MAY(SetUp, bool);
    return m_core->work<bool>([core = m_core.get(), id, reason = std::move(reason)]() -> Result<bool> {
        bool removed = false;
        bool secret = false;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto sinks = store::readSinks(session.database());
            if (!sinks)
                return tl::unexpected(sinks.error());
            secret = std::ranges::any_of(*sinks, [id](const store::StoredSink &s) { return s.sink.id == id && hasSecret(s); });
            const auto done = store::removeSink(session, id);
            if (!done)
                return tl::unexpected(done.error());
            removed = *done;
            return removed ? audited(session, core->actor(reason), "alert.sink_remove", "alert sink " + std::to_string(id)) : Result<void>{};
        }));
        changed(*core);
        if (secret) {
            const auto secrets = core->secretStore();
            if (!secrets)
                return tl::unexpected(secrets.error());
            SONGDA_TRY((*secrets)->remove(sinkSecretName(id)));
        }
        return removed;
    });
}

QFuture<Result<std::vector<AlertSink>>> Engine::alertSinks() {
    return m_core->readers->run<std::vector<AlertSink>>([](store::Database &db) -> Result<std::vector<AlertSink>> {
        const auto stored = store::readSinks(db);
        if (!stored)
            return tl::unexpected(stored.error());
        std::vector<AlertSink> sinks;
        for (const store::StoredSink &each : *stored)
            sinks.push_back(each.sink);
        return sinks;
    });
}

QFuture<Result<HookTest>> Engine::testAlertSink(std::int64_t id) {
    SONGDA_MAY(SetUp, HookTest);
    return m_core->work<HookTest>([core = m_core.get(), id]() -> Result<HookTest> {
        const auto sinks = core->readers->run<std::vector<store::StoredSink>>([](store::Database &db) { return store::readSinks(db); }).result();
        if (!sinks)
            return tl::unexpected(sinks.error());
        const auto found = std::ranges::find_if(*sinks, [id](const store::StoredSink &s) { return s.sink.id == id; });
        if (found == sinks->end())
            return fail(ErrorCode::NotFound, "there is no alert sink " + std::to_string(id));
        SinkAccess access{*found, {}};
        if (hasSecret(*found)) {
            const auto secrets = core->secretStore();
            const auto secret = secrets ? (*secrets)->get(sinkSecretName(id)) : Result<std::string>(tl::unexpected(secrets.error()));
            if (!secret)
                return tl::unexpected(secret.error());
            access.secret = *secret;
        }
        const std::string eventId = "test_" + std::to_string(Random::fromSystem().next());
        const std::string body = noticeJson({AlertNotice::Kind::Test, AlertLevel::Warning, systemNow().wall, {}});
        SinkAnswer said;
        if (found->sink.kind == AlertSink::Kind::Mail || found->sink.kind == AlertSink::Kind::Command) {
            said = handOver(*core, access, eventId, body, core->closing);
        } else {
            auto request = sinkRequest(access, eventId, body, systemNow().wall);
            if (!request)
                return tl::unexpected(request.error());
            std::promise<net::WebAnswer> promise;
            auto answer = promise.get_future();
            net::WebClient client(sinkClientOptions(*core), [&promise](net::WebAnswer given) { promise.set_value(std::move(given)); });
            client.start(std::move(*request));
            said = readAnswer(found->sink.kind, answer.get());
        }
        return HookTest{said.status >= 200 && said.status < 300, said.status, said.detail};
    });
}

AlertWords Engine::alertWords(const Alert &alert, bool chinese) { return songda::alertWords(alert, chinese); }
std::string Engine::alertNoticeTitle(const AlertNotice &notice, bool chinese) { return noticeTitle(notice, chinese); }

} // namespace songda
