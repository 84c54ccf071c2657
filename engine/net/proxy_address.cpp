// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/proxy_address.h"

#include "engine/policy/address_guard.h"

#include <algorithm>
#include <array>
#include <arpa/inet.h>
#include <charconv>
#include <netinet/in.h>
#include <optional>
#include <sys/socket.h>
#include <utility>

namespace songda::net {

namespace {

constexpr std::pair<std::string_view, ProxyAddress::Kind> proxySchemes[]{
    {"http://", ProxyAddress::Kind::Http}, {"socks5h://", ProxyAddress::Kind::Socks5}, {"socks5://", ProxyAddress::Kind::Socks5}};
constexpr std::size_t longestHostName = 253;

/// The whole text as a number of at most `most`.
std::optional<unsigned> numberUpTo(std::string_view text, unsigned most) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value > most)
        return std::nullopt;
    return value;
}

/// Four decimal numbers without leading zeros.
std::optional<IpBytes> usualV4(std::string_view host) {
    std::array<std::uint8_t, 4> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::size_t end = std::min(host.find('.'), host.size());
        const std::string_view part = host.substr(0, end);
        const bool last = i + 1 == parts.size();
        const auto value = numberUpTo(part, 255);
        if (!value || (part.size() > 1 && part.front() == '0') || last != (end == host.size()))
            return std::nullopt;
        parts[i] = static_cast<std::uint8_t>(*value);
        host.remove_prefix(last ? end : end + 1);
    }
    return mappedV4(parts[0], parts[1], parts[2], parts[3]);
}

/// In its shortest spelling, for it may have many.
std::optional<std::pair<IpBytes, std::string>> v6Of(const std::string &text) {
    IpBytes bytes{};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1)
        return std::nullopt;
    std::array<char, INET6_ADDRSTRLEN> shortest{};
    inet_ntop(AF_INET6, bytes.data(), shortest.data(), shortest.size());
    return std::pair(bytes, std::string(shortest.data()));
}

/// What resolvers take for an address however it is written: its last part is a number, 0x and all.
bool looksLikeV4(std::string_view host) {
    const std::string_view last = host.substr(host.rfind('.') + 1); // of npos: from the beginning
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    return last.starts_with("0x") || std::all_of(last.begin(), last.end(), isDigit);
}

bool isHostName(std::string_view host) {
    const auto isSign = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; };
    return !host.empty() && host.size() <= longestHostName && std::all_of(host.begin(), host.end(), isSign) && host.front() != '.'
        && host.back() != '.' && host.front() != '-' && host.find("..") == std::string_view::npos;
}

tl::unexpected<Error> noProxy() {
    return fail(ErrorCode::InvalidInput, "the proxy is written as http://host:port or socks5h://host:port, with a port from 1 to 65535 and nothing behind it");
}

} // namespace

Result<ProxyAddress> readProxy(std::string_view text) {
    if (text.find('@') != std::string_view::npos)
        return fail(ErrorCode::InvalidInput, "the proxy has a name or password before an @; only proxies that ask for none can be used");
    std::string all(text);
    std::transform(all.begin(), all.end(), all.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const auto scheme = std::find_if(std::begin(proxySchemes), std::end(proxySchemes), [&](const auto &known) { return all.starts_with(known.first); });
    if (scheme == std::end(proxySchemes))
        return noProxy();
    ProxyAddress proxy;
    proxy.kind = scheme->second;
    std::string_view rest = std::string_view(all).substr(scheme->first.size());
    if (rest.ends_with('/'))
        rest.remove_suffix(1);
    const std::size_t colon = rest.rfind(':');
    if (colon == std::string_view::npos)
        return noProxy();
    const auto port = numberUpTo(rest.substr(colon + 1), 65'535);
    if (!port || *port == 0)
        return noProxy();
    proxy.port = static_cast<std::uint16_t>(*port);
    std::string_view host = rest.substr(0, colon);
    std::optional<IpBytes> address;
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        const auto v6 = v6Of(std::string(host.substr(1, host.size() - 2)));
        if (!v6)
            return noProxy();
        address = v6->first;
        proxy.host = v6->second;
    } else {
        if (!isHostName(host))
            return noProxy();
        address = usualV4(host);
        if (!address && looksLikeV4(host))
            return fail(ErrorCode::InvalidInput, "the address of the proxy is written as four numbers, such as 192.168.1.20, or as IPv6 in brackets");
        proxy.host = host;
    }
    if (address && !mayBeCalled(kindOf(*address), true))
        return fail(ErrorCode::InvalidInput, "the address of the proxy is link-local, reserved or that of a cloud's metadata service; no proxy is there");
    return proxy;
}

Result<std::string> checkedProxy(std::string_view text) {
    const auto proxy = readProxy(text);
    if (!proxy)
        return tl::unexpected(proxy.error());
    const bool bracketed = proxy->host.find(':') != std::string::npos;
    std::string kept = proxy->kind == ProxyAddress::Kind::Http ? "http://" : "socks5h://";
    kept += bracketed ? "[" + proxy->host + "]" : proxy->host;
    return kept + ":" + std::to_string(proxy->port);
}

} // namespace songda::net
