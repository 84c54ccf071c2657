// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/client_address.h"

#include "engine/doors/http_message.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace songda::doors {

namespace {

constexpr std::array<std::uint8_t, 12> mappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool isPort(std::string_view text) {
    return !text.empty() && text.size() <= 5 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// An entry of X-Forwarded-For: an address, which some proxies write with its port, as 203.0.113.9:4711 or [2001:db8::1]:4711.
std::optional<Address> parseEntry(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos)
            return std::nullopt;
        const std::string_view inside = text.substr(1, end - 1);
        const std::string_view behind = text.substr(end + 1);
        const bool sound = inside.find(':') != std::string_view::npos && (behind.empty() || (behind.front() == ':' && isPort(behind.substr(1))));
        return sound ? Address::parse(inside) : std::nullopt;
    }
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos) // IPv6 has two at least
        return Address::parse(text);
    return isPort(text.substr(colon + 1)) ? Address::parse(text.substr(0, colon)) : std::nullopt;
}

/// Headers that only somebody in between writes.
constexpr std::array<std::string_view, 6> handingOn{"x-forwarded-for", "forwarded", "x-real-ip", "x-forwarded-host", "x-forwarded-proto", "via"};

} // namespace

std::optional<Address> Address::parse(std::string_view given) {
    const std::string text(given);
    Address address;
    in_addr v4{};
    if (inet_pton(AF_INET, text.c_str(), &v4) == 1) {
        std::copy(mappedPrefix.begin(), mappedPrefix.end(), address.m_bytes.begin());
        std::memcpy(address.m_bytes.data() + mappedPrefix.size(), &v4, sizeof v4);
        return address;
    }
    if (inet_pton(AF_INET6, text.c_str(), address.m_bytes.data()) == 1)
        return address;
    return std::nullopt;
}

Address Address::of(const sockaddr *from) {
    Address address;
    if (from && from->sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, from, sizeof v4);
        std::copy(mappedPrefix.begin(), mappedPrefix.end(), address.m_bytes.begin());
        std::memcpy(address.m_bytes.data() + mappedPrefix.size(), &v4.sin_addr, sizeof v4.sin_addr);
    } else if (from && from->sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, from, sizeof v6);
        std::memcpy(address.m_bytes.data(), &v6.sin6_addr, address.m_bytes.size());
    }
    return address;
}

Address Address::neighbourhood() const {
    Address all = *this;
    if (!std::equal(mappedPrefix.begin(), mappedPrefix.end(), m_bytes.begin()))
        std::fill(all.m_bytes.begin() + 8, all.m_bytes.end(), std::uint8_t{0});
    return all;
}

std::string Address::text() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (std::equal(mappedPrefix.begin(), mappedPrefix.end(), m_bytes.begin()))
        inet_ntop(AF_INET, m_bytes.data() + mappedPrefix.size(), text.data(), text.size());
    else
        inet_ntop(AF_INET6, m_bytes.data(), text.data(), text.size());
    return text.data();
}

Result<Network> Network::parse(const std::string &text) {
    const std::size_t slash = text.find('/');
    const auto base = Address::parse(std::string_view(text).substr(0, slash));
    if (!base)
        return fail(ErrorCode::InvalidInput, "\"" + text + "\" is neither an IP address nor a range such as 10.0.0.0/8");
    Network network;
    network.m_base = *base;
    if (slash == std::string::npos)
        return network;
    const int widest = text.find(':') == std::string::npos ? 32 : 128;
    int bits = -1;
    const char *end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data() + slash + 1, end, bits);
    if (error != std::errc{} || stopped != end || bits < 0 || bits > widest)
        return fail(ErrorCode::InvalidInput, "\"" + text + "\": after the slash must stand a number from 0 to " + std::to_string(widest));
    network.m_bits = 128 - widest + bits;
    return network;
}

bool Network::contains(const Address &address) const {
    const auto whole = static_cast<std::size_t>(m_bits / 8);
    if (!std::equal(m_base.m_bytes.begin(), m_base.m_bytes.begin() + static_cast<std::ptrdiff_t>(whole), address.m_bytes.begin()))
        return false;
    const int rest = m_bits % 8;
    if (rest == 0)
        return true;
    const auto mask = static_cast<unsigned>(0xff00 >> rest) & 0xffU;
    return (m_base.m_bytes[whole] & mask) == (address.m_bytes[whole] & mask);
}

bool isIn(const std::vector<Network> &networks, const Address &address) {
    return std::any_of(networks.begin(), networks.end(), [&](const Network &n) { return n.contains(address); });
}

std::optional<Address> clientAddress(
    const Address &peer, std::optional<std::string_view> forwardedFor, const std::vector<Network> &trustedProxies) {
    if (!forwardedFor || !isIn(trustedProxies, peer))
        return peer;
    std::optional<Address> client;
    std::string_view rest = *forwardedFor;
    while (!client || isIn(trustedProxies, *client)) {
        const std::size_t comma = rest.rfind(',');
        const std::string_view entry = trimmed(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
        if (!entry.empty()) { // an element of a list may be (RFC 9110 section 5.6.1)
            client = parseEntry(entry);
            if (!client)
                return std::nullopt;
        }
        if (comma == std::string_view::npos)
            break;
        rest = rest.substr(0, comma);
    }
    return client;
}

void findClient(Request &request, const Address &peer, const std::vector<Network> &trustedProxies) {
    const auto forwardedFor = request.headerLines("x-forwarded-for");
    const bool handedOn
        = std::any_of(handingOn.begin(), handingOn.end(), [&](std::string_view name) { return request.header(name).has_value(); });
    const bool trusted = isIn(trustedProxies, peer);
    const auto client = trusted && handedOn && !forwardedFor ? std::nullopt : clientAddress(peer, forwardedFor, trustedProxies);
    request.client = client ? client->text() : "unknown";
    request.forwarded = !client || (handedOn && !trusted);
}

std::string limitName(const std::string &client) {
    const auto address = Address::parse(client);
    return address ? address->neighbourhood().text() : client;
}

} // namespace songda::doors
