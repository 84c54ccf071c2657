// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace songda::doors {

struct Request;

/// An IP address; IPv4 is kept as its IPv6 mapping, so that one spelling is compared.
class Address {
public:
    static std::optional<Address> parse(std::string_view text);
    static Address of(const sockaddr *address);

    /// Whom limits count as one: of IPv6 the /64, which one subscriber has as a whole; of IPv4 the address itself.
    Address neighbourhood() const;

    std::string text() const;
    bool operator==(const Address &) const = default;
    bool operator<(const Address &other) const { return m_bytes < other.m_bytes; }

private:
    friend class Network;
    std::array<std::uint8_t, 16> m_bytes{};
};

/// A range of addresses, as 10.0.0.0/8, 2001:db8::/32 or one address.
class Network {
public:
    static Result<Network> parse(const std::string &text);
    bool contains(const Address &address) const;

private:
    Address m_base;
    int m_bits = 128;
};

bool isIn(const std::vector<Network> &networks, const Address &address);

/// Who asks: the last address in X-Forwarded-For (all its lines, joined) that is no trusted proxy, when the peer is one;
/// otherwise the peer. What stands further left was written by nobody we know. Nothing when a trusted proxy names nobody
/// that can be read: that may be anybody, but is not the proxy.
std::optional<Address> clientAddress(const Address &peer, std::optional<std::string_view> forwardedFor, const std::vector<Network> &trustedProxies);

/// Fills in who asks, and whether the request was handed on by somebody who cannot be believed.
void findClient(Request &request, const Address &peer, const std::vector<Network> &trustedProxies);

/// What a client is called where limits count those as one who are likely to be one.
std::string limitName(const std::string &client);

} // namespace songda::doors
