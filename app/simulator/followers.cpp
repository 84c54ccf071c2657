// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/followers.h"

#include "app/simulator/random.h"

namespace songda::simulator {

namespace {

// Openids of one account begin alike; the numbered part follows, the rest only looks random.
constexpr std::string_view accountPart = "oSd_X6";
constexpr std::size_t numberLength = 5;
constexpr std::size_t openidLength = 28;
constexpr std::uint64_t numberMask = (1ULL << 30) - 1;
// Odd, hence invertible modulo 2^30: neighbours do not look like neighbours.
constexpr std::uint64_t scatter = 0x2c1b3c6d;
// Keeps follower 0 from being all As.
constexpr std::uint64_t shift = 0x1f83d9ab;

constexpr std::uint64_t inverseOf(std::uint64_t odd) {
    std::uint64_t inverse = odd;
    for (int i = 0; i < 5; ++i) {
        inverse *= 2 - odd * inverse; // Newton: doubles the correct low bits each time
    }
    return inverse;
}
static_assert(((scatter * inverseOf(scatter)) & numberMask) == 1);

} // namespace

std::string followerOpenid(std::size_t index) {
    std::string openid{accountPart};
    std::uint64_t number = ((index + shift) * scatter) & numberMask;
    for (std::size_t i = 0; i < numberLength; ++i, number >>= 6) {
        openid += idAlphabet[number & 63];
    }
    openid += idText(0x536f6e676461ULL + index * 977, openidLength - openid.size());
    return openid;
}

std::optional<std::size_t> followerIndex(std::string_view openid) {
    if (openid.size() != openidLength || !openid.starts_with(accountPart)) {
        return std::nullopt;
    }
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < numberLength; ++i) {
        const std::size_t digit = idAlphabet.find(openid[accountPart.size() + i]);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        number |= static_cast<std::uint64_t>(digit) << (6 * i);
    }
    const auto index = static_cast<std::size_t>((number * inverseOf(scatter) - shift) & numberMask);
    return followerOpenid(index) == openid ? std::optional{index} : std::nullopt;
}

} // namespace songda::simulator
