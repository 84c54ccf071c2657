// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/engine_pause.h"

#include "engine/store/audit_table.h"
#include "engine/store/meta.h"

#include <charconv>

namespace songda::store {

namespace {

constexpr const char *pauseKey = "engine_pause";

/// "1 1767225600000 li": paused, since when and by whom. It begins with 0 once somebody has let it go on.
std::optional<EnginePause> parsePause(const std::string &text) {
    if (!text.starts_with("1 "))
        return std::nullopt;
    const char *const end = text.data() + text.size();
    std::int64_t since = 0;
    const auto [at, error] = std::from_chars(text.data() + 2, end, since);
    if (error != std::errc{} || at == end || *at != ' ')
        return std::nullopt;
    return EnginePause{std::string(at + 1, end), fromMillis(since)};
}

} // namespace

Result<StoredPause> readPause(Database &database) {
    auto text = metaText(database, pauseKey);
    if (!text)
        return tl::unexpected(text.error());
    StoredPause stored;
    stored.text = std::move(*text).value_or(std::string());
    stored.pause = parsePause(stored.text);
    return stored;
}

Result<bool> setPaused(WriteSession &session, const Actor &actor, bool paused, WallTime now) {
    const auto before = readPause(session.database());
    if (!before)
        return tl::unexpected(before.error());
    if (before->pause.has_value() == paused)
        return false;
    SONGDA_TRY(setMetaText(session, pauseKey, (paused ? "1 " : "0 ") + std::to_string(toMillis(now)) + " " + actor.who));
    const auto audit = recordAct(session, actor, paused ? "engine.pause" : "engine.resume", "engine", 0, now);
    if (!audit)
        return tl::unexpected(audit.error());
    return true;
}

} // namespace songda::store
