// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/client_address.h"

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

Address clientAddress(const Address &peer, std::string_view forwardedFor, const std::vector<Network> &trustedProxies) {
    Address client = peer;
    while (isIn(trustedProxies, client) && !forwardedFor.empty()) {
        const std::size_t comma = forwardedFor.rfind(',');
        const auto before = Address::parse(trimmed(comma == std::string_view::npos ? forwardedFor : forwardedFor.substr(comma + 1)));
        if (!before)
            break;
        client = *before;
        forwardedFor = comma == std::string_view::npos ? std::string_view() : forwardedFor.substr(0, comma);
    }
    return client;
}

} // namespace songda::doors
