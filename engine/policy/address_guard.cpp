// SPDX-License-Identifier: GPL-3.0-or-later
//
// IANA's special-purpose address registries, as of 2024; and where clouds keep their metadata.
#include "engine/policy/address_guard.h"

#include <algorithm>

namespace songda {

namespace {

using Kind = AddressKind;
using V4 = std::uint32_t;

struct Range4 {
    V4 base;
    int bits;
    Kind kind;
};

constexpr V4 v4(unsigned a, unsigned b, unsigned c, unsigned d) { return a << 24 | b << 16 | c << 8 | d; }

/// The first that fits counts.
constexpr Range4 ranges4[]{
    {v4(100, 100, 100, 200), 32, Kind::Metadata}, // Alibaba Cloud
    {v4(168, 63, 129, 16), 32, Kind::Metadata}, // Azure
    {v4(192, 0, 0, 192), 32, Kind::Metadata}, // Oracle Cloud
    {v4(169, 254, 169, 254), 32, Kind::Metadata}, // nearly everybody
    {v4(169, 254, 170, 2), 32, Kind::Metadata}, // Amazon's containers
    {v4(0, 0, 0, 0), 8, Kind::Reserved},
    {v4(10, 0, 0, 0), 8, Kind::Private},
    {v4(100, 64, 0, 0), 10, Kind::Private},
    {v4(127, 0, 0, 0), 8, Kind::Loopback},
    {v4(169, 254, 0, 0), 16, Kind::LinkLocal},
    {v4(172, 16, 0, 0), 12, Kind::Private},
    {v4(192, 0, 0, 0), 24, Kind::Reserved},
    {v4(192, 0, 2, 0), 24, Kind::Reserved},
    {v4(192, 88, 99, 0), 24, Kind::Reserved},
    {v4(192, 168, 0, 0), 16, Kind::Private},
    {v4(198, 18, 0, 0), 15, Kind::Reserved},
    {v4(198, 51, 100, 0), 24, Kind::Reserved},
    {v4(203, 0, 113, 0), 24, Kind::Reserved},
    {v4(224, 0, 0, 0), 4, Kind::Multicast},
    {v4(240, 0, 0, 0), 4, Kind::Reserved},
};

Kind kindOf4(V4 address) {
    for (const Range4 &range : ranges4) {
        if ((address ^ range.base) >> (32 - range.bits) == 0)
            return range.kind;
    }
    return Kind::Public;
}

V4 v4At(const IpBytes &address, std::size_t at) { return v4(address[at], address[at + 1], address[at + 2], address[at + 3]); }

template <std::size_t N> bool beginsWith(const IpBytes &address, const std::array<std::uint8_t, N> &prefix) {
    return std::equal(prefix.begin(), prefix.end(), address.begin());
}

using Bytes12 = std::array<std::uint8_t, 12>;
constexpr Bytes12 mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr Bytes12 compatible{};
constexpr Bytes12 translated{0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
constexpr std::array<std::uint8_t, 6> translatedHere{0, 0x64, 0xff, 0x9b, 0, 1};
constexpr IpBytes loopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
constexpr IpBytes amazon{0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54};
constexpr std::array<std::uint8_t, 4> documents{0x20, 0x01, 0x0d, 0xb8};
constexpr std::array<std::uint8_t, 3> documentsLater{0x3f, 0xff, 0x00};

} // namespace

IpBytes mappedV4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) { return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d}; }

AddressKind kindOf(const IpBytes &address) {
    if (address == loopback)
        return Kind::Loopback;
    if (address == amazon)
        return Kind::Metadata;
    if (beginsWith(address, mapped) || beginsWith(address, compatible) || beginsWith(address, translated))
        return kindOf4(v4At(address, 12));
    if (beginsWith(address, translatedHere))
        return Kind::Private;
    if (address[0] == 0x20 && address[1] == 0x02) // 6to4
        return kindOf4(v4At(address, 2));
    if (address[0] == 0xff)
        return Kind::Multicast;
    if (address[0] == 0xfe && (address[1] & 0xc0) == 0x80)
        return Kind::LinkLocal;
    if ((address[0] & 0xfe) == 0xfc || (address[0] == 0xfe && (address[1] & 0xc0) == 0xc0))
        return Kind::Private;
    // 2001::/23 is for protocols, Teredo among them, which carries an IPv4 address nobody vouches for.
    const bool protocols = address[0] == 0x20 && address[1] == 0x01 && (address[2] & 0xfe) == 0;
    if (protocols || beginsWith(address, documents) || (beginsWith(address, documentsLater) && (address[3] & 0xf0) == 0))
        return Kind::Reserved;
    return (address[0] & 0xe0) == 0x20 ? Kind::Public : Kind::Reserved;
}

const char *toString(AddressKind kind) {
    switch (kind) {
    case Kind::Public: return "public";
    case Kind::Loopback: return "this machine's own";
    case Kind::Private: return "of a private network";
    case Kind::LinkLocal: return "link-local";
    case Kind::Metadata: return "of a cloud's metadata service";
    case Kind::Multicast: return "multicast";
    case Kind::Reserved: return "reserved";
    }
    return "reserved";
}

bool mayBeCalled(AddressKind kind, bool allowPrivate) {
    return kind == Kind::Public || (allowPrivate && (kind == Kind::Loopback || kind == Kind::Private));
}

} // namespace songda
