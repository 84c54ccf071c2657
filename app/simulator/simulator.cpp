// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/simulator.h"

#include "app/simulator/api.h"
#include "app/simulator/control.h"
#include "app/simulator/event_pusher.h"
#include "app/simulator/http_server.h"
#include "app/simulator/ledger_report.h"
#include "app/simulator/reopener.h"

#include <nlohmann/json.hpp>

#include <random>
#include <utility>

namespace songda::simulator {

namespace {

/// The machine's time, read once and then counted on by the steady clock: a clock that is set while the
/// simulator runs must not move the window in which repeats are dropped.
std::function<TimePoint()> steadyClock() {
    const auto wall = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto steady = std::chrono::steady_clock::now();
    return [wall, steady] {
        return wall
            + std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now() - steady);
    };
}

std::uint64_t freshNonce() {
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 32) | device();
}

tl::expected<ApiSettings, std::string> apiSettings(const Options &options) {
    ApiSettings settings;
    settings.account.appid = options.appid;
    settings.account.secret = options.secret;
    settings.account.followers = options.followers;
    settings.account.followersOnly = options.followersOnly;
    settings.account.valueCheck = options.valueCheck;
    settings.account.duplicateAnswer = options.duplicateAnswer;
    settings.account.latency = options.latency;
    settings.account.latencyJitter = options.latencyJitter;
    settings.tokens.life = options.tokenLife;
    settings.tokens.overlap = options.tokenOverlap;
    settings.ledger.window = options.dedupWindow;
    settings.ledger.keptCopies = options.keptCopies;
    settings.seed = options.seed;
    settings.nonce = freshNonce();
    if (!options.templates.empty()) {
        auto templates = parseTemplates(nlohmann::json::parse(options.templates, nullptr, false));
        if (!templates) {
            return tl::unexpected(std::move(templates.error()));
        }
        settings.account.templates = std::make_shared<const TemplateBook>(std::move(*templates));
    }
    return settings;
}

/// The rest of the options, in the words of a control request: so they are checked and applied in one place.
tl::expected<std::string, std::string> openingRequest(const Options &options) {
    nlohmann::json request{{"mix", options.mix}, {"mix_sticky", options.mixSticky},
        {"daily_limit", options.dailyLimit}, {"minute_limit", options.minuteLimit}};
    if (!options.script.empty()) {
        request["script"] = nlohmann::json::parse(options.script, nullptr, false);
        if (request["script"].is_discarded()) {
            return tl::unexpected(std::string{"the script is not valid JSON"});
        }
    }
    if (!options.events.empty()) {
        request["events"] = nlohmann::json::parse(options.events, nullptr, false);
        if (request["events"].is_discarded()) {
            return tl::unexpected(std::string{"where to report is not valid JSON"});
        }
    }
    return request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool isLoopback(std::string_view peer) {
    return peer.starts_with("127.") || peer == "::1" || peer.starts_with("::ffff:127.");
}

} // namespace

class Simulator::Private {
public:
    Private(Options options, const ApiSettings &settings)
        : m_options(std::move(options))
        , m_clock(m_options.clock ? m_options.clock : steadyClock())
        , m_api(settings, m_clock())
        , m_events(m_clock, [this] { return m_api.account()->appid; })
        , m_control(
              m_api, m_events,
              [this](bool accepting, auto reopenAfter) { return setAccepting(accepting, reopenAfter); },
              [this] { return m_server && m_server->isAccepting(); })
        , m_reopener([this] { static_cast<void>(m_server->setAccepting(true)); }) { }

    ~Private() { stop(); }

    tl::expected<void, std::string> start();
    void stop();
    tl::expected<void, std::string> setAccepting(bool accepting, std::chrono::milliseconds reopenAfter);
    Reply handle(const Request &request);
    LedgerSummary summary() const;

    const Options m_options;
    const std::function<TimePoint()> m_clock;
    mutable Api m_api;
    EventPusher m_events;
    Control m_control;
    std::unique_ptr<HttpServer> m_server;
    Reopener m_reopener;

private:
    Reply controlDoor(const Request &request);
};

tl::expected<void, std::string> Simulator::Private::start() {
    auto request = openingRequest(m_options);
    if (!request) {
        return tl::unexpected(std::move(request.error()));
    }
    if (auto applied = m_control.apply(*request, m_clock()); !applied) {
        return applied;
    }
    m_api.setOnShown([this](std::string_view openid, std::uint64_t msgid) { m_events.report(openid, msgid); });
    HttpSettings settings;
    settings.bindAddress = m_options.bindAddress;
    settings.port = m_options.port;
    settings.threads = m_options.threads;
    settings.mostHung = m_options.mostHung;
    settings.idleTimeout = m_options.idleTimeout;
    settings.tlsCertificate = m_options.tlsCertificate;
    settings.tlsKey = m_options.tlsKey;
    auto server
        = HttpServer::start(std::move(settings), [this](const Request &asked) { return handle(asked); });
    if (!server) {
        return tl::unexpected(std::move(server.error()));
    }
    m_server = std::move(*server);
    return {};
}

void Simulator::Private::stop() {
    m_reopener.stop();
    if (m_server) {
        m_server->stop();
    }
    m_events.stop();
}

tl::expected<void, std::string> Simulator::Private::setAccepting(
    bool accepting, std::chrono::milliseconds reopenAfter) {
    if (!m_server) {
        return {};
    }
    m_reopener.after(accepting ? std::chrono::milliseconds{0} : reopenAfter);
    return m_server->setAccepting(accepting);
}

LedgerSummary Simulator::Private::summary() const {
    LedgerSummary summary = m_api.ledger().summary();
    summary.unanswered = m_api.unansweredSends();
    summary.tokenRequests = m_api.tokenCalls().total();
    return summary;
}

Reply Simulator::Private::handle(const Request &request) {
    return request.path.starts_with("/__") ? controlDoor(request) : m_api.handle(request, m_clock());
}

Reply Simulator::Private::controlDoor(const Request &request) {
    Reply reply;
    if (!isLoopback(request.peer)) {
        reply.status = 403; // whoever may send through the simulator may not steer it
        reply.body = R"({"error":"only from this machine"})";
    } else if (request.path == "/__health") {
        reply.body = R"({"status":"ok"})";
    } else if (request.path == "/__ledger") {
        const auto openid = request.argument("openid");
        reply.body = openid ? recordsJson(std::string{*openid}, m_api.ledger().received(*openid))
                            : summaryJson(summary());
    } else if (request.path == "/__ledger.csv") {
        reply.type = ContentType::Csv;
        reply.stream = ledgerCsv(m_api.ledger());
    } else if (request.path == "/__control" && request.method == Method::Get) {
        reply.body = m_control.stateJson(m_clock());
    } else if (request.path == "/__control" && request.method == Method::Post) {
        const auto applied = m_control.apply(request.body, m_clock());
        reply.status = applied ? 200 : 400;
        reply.body = applied ? R"({"ok":true})" : nlohmann::json{{"error", applied.error()}}.dump();
    } else {
        reply.status = 404;
        reply.body = R"({"error":"no such page"})";
    }
    return reply;
}

Simulator::Simulator(std::unique_ptr<Private> p)
    : d(std::move(p)) { }
Simulator::~Simulator() = default;

tl::expected<std::unique_ptr<Simulator>, std::string> Simulator::start(Options options) {
    auto settings = apiSettings(options);
    if (!settings) {
        return tl::unexpected(std::move(settings.error()));
    }
    auto p = std::make_unique<Private>(std::move(options), *settings);
    if (auto started = p->start(); !started) {
        return tl::unexpected(std::move(started.error()));
    }
    return std::unique_ptr<Simulator>{new Simulator{std::move(p)}};
}

std::uint16_t Simulator::port() const {
    return d->m_server->port();
}

std::string Simulator::baseUrl() const {
    const std::string &address = d->m_options.bindAddress;
    const bool v6 = address.find(':') != std::string::npos;
    return (d->m_options.tlsCertificate.empty() ? "http://" : "https://")
        + (v6 ? "[" + address + "]" : address) + ":" + std::to_string(port());
}

LedgerSummary Simulator::ledger() const {
    return d->summary();
}

std::vector<LedgerRecord> Simulator::received(std::string_view openid) const {
    return d->m_api.ledger().received(openid);
}

tl::expected<void, std::string> Simulator::control(std::string_view json) {
    return d->m_control.apply(json, d->m_clock());
}

std::string Simulator::state() const {
    return d->m_control.stateJson(d->m_clock());
}

void Simulator::stop() {
    d->stop();
}

} // namespace songda::simulator
