// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/profile_file.h"

#include <nlohmann/json.hpp>

namespace songda::profile {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char *anyFormat = "songda-profile-";
constexpr const char *format = "songda-profile-1";
/// Writing JSON anew takes stack for each level.
constexpr int deepest = 64;

} // namespace

Result<Settings> readSettingsText(std::string_view text, const std::string &name) {
    bool tooDeep = false;
    const auto j = Json::parse(
        text,
        [&tooDeep](int depth, Json::parse_event_t, const Json &) {
            tooDeep = tooDeep || depth > deepest;
            return !tooDeep;
        },
        false);
    const auto textOf = [&j](const char *member) {
        const auto it = j.is_object() ? j.find(member) : j.end();
        return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
    };
    const std::string said = textOf("format");
    if (said != format && said.starts_with(anyFormat))
        return fail(ErrorCode::TooNew,
            name + " was written by a newer Songda (" + said + ", this program knows " + format + "); use that version, the file was left untouched");
    if (said != format || tooDeep)
        return fail(ErrorCode::Corrupt, name + " is not a settings file of this program; it was left untouched");
    Settings settings{textOf("profile_id"), textOf("secrets"), {}, {}};
    if (!settings.secrets.empty() && settings.secrets != "keychain" && settings.secrets != "file")
        return fail(ErrorCode::InvalidInput, name + ": \"secrets\" must be \"keychain\" or \"file\"");
    Json others = j;
    if (const auto doors = j.find("doors"); doors != j.end())
        settings.doors = doors->dump();
    for (const char *own : {"format", "profile_id", "secrets", "doors"})
        others.erase(own);
    if (!others.empty())
        settings.others = others.dump();
    return settings;
}

std::string settingsText(const Settings &settings) {
    Json j;
    j["format"] = format;
    j["profile_id"] = settings.profileId;
    if (!settings.secrets.empty())
        j["secrets"] = settings.secrets;
    if (!settings.doors.empty())
        j["doors"] = Json::parse(settings.doors, nullptr, false);
    if (const Json others = settings.others.empty() ? Json::object() : Json::parse(settings.others, nullptr, false); others.is_object()) {
        for (const auto &[name, value] : others.items())
            j[name] = value;
    }
    return j.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace songda::profile
