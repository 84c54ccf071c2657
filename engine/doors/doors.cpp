// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/doors.h"

#include "engine/doors/answer_thread.h"
#include "engine/doors/callback_desk.h"
#include "engine/doors/desk.h"
#include "engine/doors/intake_api.h"
#include "engine/doors/monitor.h"
#include "engine/doors/problem.h"
#include "engine/doors/router.h"
#include "engine/model/acting_as.h"
#include "engine/facade/profile.h"
#include "engine/log/log.h"

#include <QFile>
#include <atomic>
#include <condition_variable>
#include <thread>

static void initOpenApiResource() {
    Q_INIT_RESOURCE(songda_openapi);
}

namespace songda::doors {

namespace {

constexpr std::chrono::milliseconds lookInterval{100};
constexpr int looksBetweenKeys = 3;

Now machineNow() {
    return {Engine::wallNow(), SteadyTime{std::chrono::duration_cast<Micros>(std::chrono::steady_clock::now().time_since_epoch())}};
}

Result<std::string> readOpenApi() {
    initOpenApiResource();
    QFile file(QStringLiteral(":/songda/openapi.json"));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Internal, "the description of the intake API is missing from the program");
    return file.readAll().toStdString();
}

/// By the name of its route: a path may hold somebody's key.
void noteAnswer(const Engine &engine, const std::string &route, const std::string &client, const Response &response) {
    const auto log = engine.log();
    const int status = response.status;
    const auto level = status >= 500 ? log::Level::Warning : status >= 400 ? log::Level::Info : log::Level::Debug;
    if (!log || !log->wants(log::Category::Doors, level))
        return;
    const std::string cause = route + " " + std::to_string(status);
    if (response.message)
        log->write(log::Category::Doors, level, "request", {{"trace", engine.traceIdOf(*response.message)}, {"message", response.message->value}, {"route", route},
            {"status", std::int64_t{status}}, {"cause", cause}, {"client", client}});
    else
        log->write(log::Category::Doors, level, "request", {{"route", route}, {"status", std::int64_t{status}}, {"cause", cause}, {"client", client}});
}

} // namespace

class Doors::Private {
public:
    Private(Engine &engine, const DoorSettings &settings, Warn warn)
        : m_desk(std::make_shared<Desk>(engine, settings, m_answers.context()))
        , m_callbacks(std::make_shared<CallbackDesk>(engine, m_answers.context(), settings.clock ? settings.clock : machineNow, warn))
        , m_warn(std::move(warn)) {}
    ~Private() {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
            m_wake.notify_all();
        }
        if (m_looker.joinable())
            m_looker.join();
        m_desk->waits().end(); // whoever waits is answered as things stand
        if (m_server)
            m_server->stop(); // while it can still be asked for its figures
    }

    Result<void> start(std::vector<Route> more);

    AnswerThread m_answers; ///< first: outlives all that goes on in it
    const std::shared_ptr<Desk> m_desk;
    const std::shared_ptr<CallbackDesk> m_callbacks;
    Router m_router;
    std::unique_ptr<HttpServer> m_server;
    std::atomic<const HttpServer *> m_serving{nullptr}; ///< m_server, for its own threads

private:
    void look();
    Answer handle(Request &request);

    const Warn m_warn;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    std::thread m_looker;
};

Result<void> Doors::Private::start(std::vector<Route> more) {
    const ActingAs acting(ActingAs::service());
    auto openApi = readOpenApi();
    if (!openApi)
        return tl::unexpected(openApi.error());
    addIntakeRoutes(m_router, m_desk);
    m_router.add({"GET", "/v1/openapi.json", 0, {}, [text = std::make_shared<const std::string>(std::move(*openApi))](Request &) -> Answer {
        Response response{200, "application/json", {}, {}, false};
        response.lasting = text;
        return response;
    }});
    addMonitorRoutes(m_router, m_desk, [this] {
        ServerFigures figures;
        if (const HttpServer *server = m_serving)
            figures = {server->connections(), server->cut(), server->displaced(), {}};
        figures.callbacks = m_callbacks->tally();
        return figures;
    });
    addCallbackRoutes(m_router, m_callbacks);
    for (Route &route : more)
        m_router.add(std::move(route));
    m_desk->refresh(true);
    m_callbacks->refresh();
    HttpServer::Hooks hooks;
    hooks.admit = [this](Request &request) { return m_router.admit(request); };
    hooks.handle = [this](Request &request) { return handle(request); };
    hooks.answered = [this](Request &request, const Response &response) {
        std::string route = m_router.nameOf(request);
        if (route.empty())
            route = "none";
        m_desk->countAnswer(route, response.status);
        noteAnswer(m_desk->engine(), route, request.client, response);
    };
    hooks.context = m_answers.context();
    hooks.warn = m_warn;
    auto server = HttpServer::start(m_desk->settings().server, std::move(hooks));
    if (!server)
        return tl::unexpected(server.error());
    m_server = std::move(*server);
    m_serving = m_server.get();
    m_looker = std::thread([this] { look(); });
    return {};
}

Answer Doors::Private::handle(Request &request) {
    const ActingAs acting(ActingAs::service(request.caller ? "api:" + request.caller->client : ActingAs::doors));
    try {
        return m_router.handle(request);
    } catch (const std::exception &) {
        return problem(500, "internal", "The request could not be carried out.");
    }
}

void Doors::Private::look() {
    const ActingAs acting(ActingAs::service());
    for (int looks = 1;; ++looks) {
        {
            std::unique_lock lock(m_mutex);
            if (m_wake.wait_for(lock, lookInterval, [this] { return m_stopping; }))
                return;
        }
        try {
            m_callbacks->look(); // first: platforms wait for their answers, and the rest waits for readers of the database
            m_desk->refresh(looks % looksBetweenKeys == 0);
            m_desk->waits().look(m_desk->engine());
            if (looks % looksBetweenKeys == 0)
                m_callbacks->refresh();
        } catch (const std::exception &) {
            continue; // out of memory, most likely: the next look may have more
        }
    }
}

Doors::Doors(std::unique_ptr<Private> p)
    : d(std::move(p)) {}
Doors::~Doors() = default;

Result<std::unique_ptr<Doors>> Doors::open(Engine &engine, const std::string &profileDir, Warn warn) {
    const auto profile = profile::readSettings(profileDir);
    if (!profile)
        return tl::unexpected(profile.error());
    const auto settings = readDoorSettings(profile->doors, profileDir);
    if (!settings)
        return tl::unexpected(settings.error());
    if (!settings->enabled)
        return std::unique_ptr<Doors>();
    return open(engine, *settings, {}, std::move(warn));
}

Result<std::unique_ptr<Doors>> Doors::open(Engine &engine, const DoorSettings &settings, std::vector<Route> more, Warn warn) {
    auto p = std::make_unique<Private>(engine, settings, std::move(warn));
    SONGDA_TRY(p->start(std::move(more)));
    return std::unique_ptr<Doors>(new Doors(std::move(p)));
}

Result<std::string> Doors::publicUrl(const std::string &profileDir) {
    const auto profile = profile::readSettings(profileDir);
    if (!profile)
        return tl::unexpected(profile.error());
    const auto settings = readDoorSettings(profile->doors, profileDir);
    if (!settings)
        return tl::unexpected(settings.error());
    return settings->enabled ? settings->publicUrl : std::string();
}

std::uint16_t Doors::port() const { return d->m_server->port(); }

std::string Doors::url() const {
    const auto &server = d->m_desk->settings().server;
    const bool v6 = server.address.find(':') != std::string::npos;
    return (server.certificateFile.empty() ? "http://" : "https://") + (v6 ? "[" + server.address + "]" : server.address) + ":"
        + std::to_string(port());
}

std::vector<std::pair<std::string, std::string>> Doors::routes() const {
    std::vector<std::pair<std::string, std::string>> list;
    for (const Route &route : d->m_router.routes())
        list.emplace_back(route.method, route.path);
    return list;
}

} // namespace songda::doors
