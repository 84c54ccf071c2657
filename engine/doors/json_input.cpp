// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/json_input.h"

#include "engine/policy/utf8.h"

#include <set>
#include <string>
#include <vector>

namespace songda::doors {

namespace {

/// Ends the reading at the first of them: the parser would only leave out what is wrong, and read on.
struct Fault {
    std::string what;
};

} // namespace

Result<nlohmann::json> readJson(std::string_view text, int depth) {
    using Json = nlohmann::json;
    if (text.starts_with("\xef\xbb\xbf"))
        return fail(ErrorCode::InvalidInput, "the JSON begins with a byte order mark");
    if (!utf8::isValid(text))
        return fail(ErrorCode::InvalidInput, "the JSON is not valid UTF-8");
    if (text.find('\0') != std::string_view::npos) // the parser would take it for the end
        return fail(ErrorCode::InvalidInput, "the JSON has a NUL");
    std::vector<std::set<std::string>> members;
    const Json::parser_callback_t look = [&](int at, Json::parse_event_t event, Json &parsed) {
        switch (event) {
        case Json::parse_event_t::object_start:
        case Json::parse_event_t::array_start:
            if (at >= depth)
                throw Fault{"the JSON is nested more than " + std::to_string(depth) + " deep"};
            if (event == Json::parse_event_t::object_start)
                members.emplace_back();
            break;
        case Json::parse_event_t::object_end: members.pop_back(); break;
        case Json::parse_event_t::key:
            if (!members.back().insert(parsed.get<std::string>()).second)
                throw Fault{"the member \"" + parsed.get<std::string>() + "\" stands twice"};
            break;
        default: break;
        }
        return true;
    };
    try {
        return Json::parse(text, look, true);
    } catch (const Fault &fault) {
        return fail(ErrorCode::InvalidInput, fault.what);
    } catch (const Json::parse_error &e) {
        return fail(ErrorCode::InvalidInput, "the JSON is not well formed at byte " + std::to_string(e.byte));
    } catch (const Json::exception &) {
        return fail(ErrorCode::InvalidInput, "the JSON has a number that is out of range"); // 1e999
    }
}

} // namespace songda::doors
