// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/engine_pause.h"

#include "engine/store/audit_table.h"
#include "engine/store/meta.h"

#include <charconv>

namespace songda::store {

namespace {

constexpr const char *pauseKey = "engine_pause";

/// "1 1767225600000 1767225660000 li": paused, since when, when that was last said, and by whom it was first. It begins with 0 once
/// somebody has let it go on.
std::optional<EnginePause> parsePause(const std::string &text) {
    if (!text.starts_with("1 "))
        return std::nullopt;
    const char *at = text.data() + 2;
    const char *const end = text.data() + text.size();
    std::int64_t since = 0, said = 0;
    for (std::int64_t *number : {&since, &said}) {
        const auto [behind, error] = std::from_chars(at, end, *number);
        if (error != std::errc{} || behind == end || *behind != ' ')
            return std::nullopt;
        at = behind + 1;
    }
    return EnginePause{std::string(at, end), fromMillis(since)};
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
    const bool already = before->pause.has_value() == paused;
    const EnginePause pause = already && paused ? *before->pause : EnginePause{actor.who, now};
    // Written also where nothing changes: who delivers may think otherwise, when the act before could not be written.
    SONGDA_TRY(setMetaText(session, pauseKey,
        (paused ? "1 " : "0 ") + std::to_string(toMillis(pause.since)) + " " + std::to_string(toMillis(now)) + " " + pause.by));
    if (already)
        return false;
    const auto audit = recordAct(session, actor, paused ? "engine.pause" : "engine.resume", "engine", 0, now);
    if (!audit)
        return tl::unexpected(audit.error());
    return true;
}

} // namespace songda::store
