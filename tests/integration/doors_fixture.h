// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/door_settings.h"
#include "engine/doors/doors.h"
#include "engine/doors/router.h"
#include "tests/integration/door_client.h"
#include "tests/integration/engine_fixture.h"

#include <nlohmann/json.hpp>

namespace songda::testing {

/// A running engine with its doors open on a free port, and keys to them.
class DoorsFixture {
public:
    explicit DoorsFixture(doors::DoorSettings settings = defaults(), bool paused = true)
        : engine(base.open()) {
        must(engine->start());
        if (paused)
            engine->setPaused(true);
        all = key("all", ApiScopes{ApiScope::Send, ApiScope::Read, ApiScope::Manage});
        open(std::move(settings));
    }
    ~DoorsFixture() {
        doors.reset();
        EngineFixture::stop(*engine);
    }

    void open(doors::DoorSettings settings) {
        // The first snapshot says that the engine runs.
        if (!EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.running; }))
            qFatal("the engine does not run");
        doors = must(doors::Doors::open(*engine, settings, {}));
    }

    static doors::DoorSettings defaults() {
        auto settings = must(doors::readDoorSettings(R"({"enabled": true})", "."));
        settings.server.port = 0;
        settings.server.limits.perAddress = settings.server.limits.total;
        return settings;
    }

    /// The header that shows a new key.
    QByteArray key(const char *client, ApiScopes scopes, std::vector<std::string> accounts = {}, std::vector<std::string> templates = {}) {
        const auto issued = must(engine->addApiKey({client, scopes, std::move(accounts), std::move(templates)}).result());
        return "Authorization: Bearer " + QByteArray::fromStdString(issued.secret) + "\r\n";
    }
    std::unique_ptr<DoorClient> client(const char *from = nullptr) const { return std::make_unique<DoorClient>(doors->port(), from); }

    static nlohmann::json message(const std::string &openid, const std::string &idempotencyKey = {}) {
        nlohmann::json json{{"account", "main"}, {"template", EngineFixture::templateId()}, {"openid", openid},
            {"data", {{"character_string1", "SO1"}, {"thing2", "书"}, {"amount3", "¥1.50"}, {"time4", "2026-01-31 15:01"}}}};
        if (!idempotencyKey.empty())
            json["idempotency_key"] = idempotencyKey;
        return json;
    }
    static QByteArray bytes(const nlohmann::json &json) { return QByteArray::fromStdString(json.dump()); }
    static nlohmann::json jsonOf(const QByteArray &answer) { return nlohmann::json::parse(DoorClient::bodyOf(answer).toStdString(), nullptr, false); }
    static constexpr const char *json = "Content-Type: application/json\r\n";
    static constexpr const char *ndjson = "Content-Type: application/x-ndjson\r\n";

    std::int64_t queued() { return must(engine->counts().result()).total(); }

    EngineFixture base;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<doors::Doors> doors;
    QByteArray all; ///< Authorization for everything
};

} // namespace songda::testing
