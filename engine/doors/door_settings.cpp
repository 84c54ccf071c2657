// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/door_settings.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

namespace songda::doors {

namespace {

using Json = nlohmann::json;

/// One field: how it is read, and what it says of itself.
struct Field {
    DoorField words;
    std::function<bool(const Json &, DoorSettings &)> take; ///< false: not a value that may stand there
};

Error wrong(const std::string &name, const std::string &range) {
    return {ErrorCode::InvalidInput, "settings.json, \"doors\": \"" + name + "\" must be " + range};
}

template <class T> std::function<bool(const Json &, DoorSettings &)> number(double least, double most, std::function<void(DoorSettings &, T)> set) {
    return [=](const Json &value, DoorSettings &settings) {
        if (!value.is_number() || (std::is_integral_v<T> && !value.is_number_integer()))
            return false;
        const double n = value.get<double>();
        if (!(n >= least && n <= most))
            return false;
        set(settings, value.get<T>());
        return true;
    };
}

std::function<bool(const Json &, DoorSettings &)> networks(std::vector<Network> &(*of)(DoorSettings &)) {
    return [of](const Json &value, DoorSettings &settings) {
        if (!value.is_array())
            return false;
        std::vector<Network> list;
        for (const Json &entry : value) {
            if (!entry.is_string())
                return false;
            auto network = Network::parse(entry.get<std::string>());
            if (!network)
                return false;
            list.push_back(*network);
        }
        of(settings) = std::move(list);
        return true;
    };
}

std::function<bool(const Json &, DoorSettings &)> seconds(double least, double most, std::chrono::milliseconds &(*of)(DoorSettings &)) {
    return number<double>(least, most, [of](DoorSettings &s, double n) { of(s) = std::chrono::milliseconds(std::llround(n * 1000)); });
}

bool takePublicUrl(std::string url, DoorSettings &settings) {
    while (url.ends_with('/'))
        url.pop_back();
    const std::size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
    const bool plain = scheme > 0 && url.size() > scheme && url.size() <= 200
        && std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7f && c != '?' && c != '#' && c != '@' && c != '"'; });
    if (plain)
        settings.publicUrl = std::move(url);
    return plain;
}

const std::vector<Field> &fields() {
    static const std::vector<Field> all{
        {{"enabled", "true or false", "whether anything listens", "false"},
            [](const Json &v, DoorSettings &s) { return v.is_boolean() && (s.enabled = v.get<bool>(), true); }},
        {{"address", "an IP address", "where to listen; 127.0.0.1 is this machine alone, 0.0.0.0 everybody", "\"127.0.0.1\""},
            [](const Json &v, DoorSettings &s) { return v.is_string() && Address::parse(v.get<std::string>()) && (s.server.address = v.get<std::string>(), true); }},
        {{"port", "a whole number from 1 to 65535", "TCP port", "8460"},
            number<int>(1, 65535, [](DoorSettings &s, int n) { s.server.port = static_cast<std::uint16_t>(n); })},
        {{"threads", "a whole number from 1 to 16", "serving threads", "2"},
            number<int>(1, 16, [](DoorSettings &s, int n) { s.server.threads = static_cast<unsigned>(n); })},
        {{"certificate", "a file name", "PEM certificate chain; with it only HTTPS is spoken, and a new file is taken up within seconds", "\"\""},
            [](const Json &v, DoorSettings &s) { return v.is_string() && (s.server.certificateFile = v.get<std::string>(), true); }},
        {{"key", "a file name", "PEM private key of the certificate", "\"\""},
            [](const Json &v, DoorSettings &s) { return v.is_string() && (s.server.keyFile = v.get<std::string>(), true); }},
        {{"public_url", "an address such as \"https://notify.example.com\"", "how the doors are reached from outside; platforms are told to report there", ""},
            [](const Json &v, DoorSettings &s) { return v.is_string() && takePublicUrl(v.get<std::string>(), s); }},
        {{"trusted_proxies", "a list of addresses or ranges such as \"10.0.0.0/8\"", "whose X-Forwarded-For is believed", "[]"},
            networks([](DoorSettings &s) -> std::vector<Network> & { return s.server.trustedProxies; })},
        {{"monitor_from", "a list of addresses or ranges such as \"10.0.0.0/8\"", "who may read /metrics without a key", "[\"127.0.0.0/8\", \"::1\"]"},
            networks([](DoorSettings &s) -> std::vector<Network> & { return s.monitorFrom; })},
        {{"connections", "a whole number from 1 to 100000", "connections over all", "4096"},
            number<int>(1, 100'000, [](DoorSettings &s, int n) { s.server.limits.total = static_cast<std::size_t>(n); })},
        {{"connections_per_address", "a whole number from 1 to 100000", "connections from one address, trusted proxies aside", "256"},
            number<int>(1, 100'000, [](DoorSettings &s, int n) { s.server.limits.perAddress = static_cast<std::size_t>(n); })},
        {{"request_seconds", "a number from 1 to 300", "time for a whole request to arrive; steady senders of large bodies get more", "10"},
            seconds(1, 300, [](DoorSettings &s) -> std::chrono::milliseconds & { return s.server.limits.request; })},
        {{"answer_seconds", "a number from 1 to 300", "time for an answer to be read", "20"},
            seconds(1, 300, [](DoorSettings &s) -> std::chrono::milliseconds & { return s.server.limits.answer; })},
        {{"head_bytes", "a whole number from 2048 to 65536", "request line and headers", "16384"},
            number<int>(2048, 65'536, [](DoorSettings &s, int n) { s.server.mostHead = static_cast<std::size_t>(n); })},
        {{"body_bytes", "a whole number from 1024 to 67108864", "body of an intake request", "8388608"},
            number<int>(1024, 67'108'864, [](DoorSettings &s, int n) { s.mostBody = static_cast<std::size_t>(n); })},
        {{"lines", "a whole number from 1 to 100000", "messages of one request", "10000"},
            number<int>(1, 100'000, [](DoorSettings &s, int n) { s.mostLines = n; })},
        {{"client_rate", "a number from 0.1 to 1000000", "messages and questions a second of each client", "1000"},
            number<double>(0.1, 1'000'000, [](DoorSettings &s, double n) { s.clientRate = n; })},
        {{"client_burst", "a number from 1 to 1000000", "how many of these may come at once", "20000"},
            number<double>(1, 1'000'000, [](DoorSettings &s, double n) { s.clientBurst = n; })},
        {{"queue_limit", "a whole number from 1 to 1000000000", "messages that wait; beyond it nothing is taken in", "5000000"},
            number<std::int64_t>(1, 1e9, [](DoorSettings &s, std::int64_t n) { s.mostWaiting = n; })},
        {{"waits", "a whole number from 0 to 100000", "requests that may wait for the end of their message (?wait=)", "1000"},
            number<int>(0, 100'000, [](DoorSettings &s, int n) { s.mostWaits = n; })},
    };
    return all;
}

std::string inProfile(const std::string &file, const std::string &profileDir) {
    return file.empty() || file.starts_with('/') ? file : profileDir + "/" + file;
}

} // namespace

const std::vector<DoorField> &doorFields() {
    static const std::vector<DoorField> words = [] {
        std::vector<DoorField> list;
        for (const Field &f : fields())
            list.push_back(f.words);
        list.push_back({"jwt", "a list of issuers", "whose tokens are taken beside the profile's own keys", "[]"});
        return list;
    }();
    return words;
}

Result<DoorSettings> readDoorSettings(const std::string &section, const std::string &profileDir) {
    DoorSettings settings;
    settings.server.port = 8460;
    settings.monitorFrom = {*Network::parse("127.0.0.0/8"), *Network::parse("::1")};
    if (section.empty())
        return settings;
    const Json json = Json::parse(section, nullptr, false);
    if (!json.is_object())
        return fail(ErrorCode::InvalidInput, "settings.json: \"doors\" must be an object");
    for (const auto &[name, value] : json.items()) {
        if (name == "jwt") {
            auto issuers = readIssuers(value, profileDir);
            if (!issuers)
                return tl::unexpected(issuers.error());
            settings.issuers = std::move(*issuers);
            continue;
        }
        const auto field = std::find_if(fields().begin(), fields().end(), [&, &wanted = name](const Field &f) { return wanted == f.words.name; });
        if (field == fields().end())
            return fail(ErrorCode::InvalidInput, "settings.json, \"doors\": there is no setting \"" + name + "\"");
        if (!field->take(value, settings))
            return tl::unexpected(wrong(name, field->words.range));
    }
    HttpServer::Settings &server = settings.server;
    if (server.certificateFile.empty() != server.keyFile.empty())
        return fail(ErrorCode::InvalidInput, "settings.json, \"doors\": \"certificate\" and \"key\" go together");
    if (server.limits.perAddress > server.limits.total)
        return fail(ErrorCode::InvalidInput, "settings.json, \"doors\": \"connections_per_address\" must be no more than \"connections\"");
    server.certificateFile = inProfile(server.certificateFile, profileDir);
    server.keyFile = inProfile(server.keyFile, profileDir);
    return settings;
}

Result<std::string> withDoorSetting(const std::string &section, const std::string &name, const std::string &value, const std::string &profileDir) {
    using Ordered = nlohmann::ordered_json;
    Ordered json = section.empty() ? Ordered::object() : Ordered::parse(section, nullptr, false);
    if (!json.is_object())
        json = Ordered::object();
    const auto known = std::find_if(doorFields().begin(), doorFields().end(), [&](const DoorField &f) { return name == f.name; });
    if (known == doorFields().end())
        return fail(ErrorCode::InvalidInput, "there is no setting \"" + name + "\"");
    if (value.empty()) {
        json.erase(name);
    } else {
        Ordered wanted = Ordered::parse(value, nullptr, false);
        if (wanted.is_discarded()) // a text without quotes
            wanted = value;
        json[name] = std::move(wanted);
    }
    std::string changed = json.dump();
    const auto read = readDoorSettings(changed, profileDir);
    return read ? Result<std::string>(std::move(changed)) : tl::unexpected(read.error());
}

std::string doorValue(const std::string &section, const std::string &name) {
    const Json json = section.empty() ? Json::object() : Json::parse(section, nullptr, false);
    const auto it = json.is_object() ? json.find(name) : json.end();
    return it != json.end() ? it->dump() : std::string();
}

} // namespace songda::doors
