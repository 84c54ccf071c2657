// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace songda {

/// An IP address; IPv4 as its IPv6 mapping.
using IpBytes = std::array<std::uint8_t, 16>;

IpBytes mappedV4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d);

/// What an address leads to. Spellings that carry an IPv4 address inside IPv6 (mapped, NAT64, 6to4) are what they carry.
enum class AddressKind {
    Public,
    Loopback, ///< this machine
    Private, ///< a network of one's own
    LinkLocal, ///< the wire one hangs on
    Metadata, ///< where a cloud tells a machine its secrets
    Multicast,
    Reserved, ///< for documents, tests and later; also this machine's "no address"
};
AddressKind kindOf(const IpBytes &address);
const char *toString(AddressKind kind);

/// Whether requests that an operator's address leads to may go there. `allowPrivate`: somebody named this very host as one
/// that lies within. Metadata services and the like are never meant.
bool mayBeCalled(AddressKind kind, bool allowPrivate);

} // namespace songda
