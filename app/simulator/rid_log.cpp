// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/rid_log.h"

#include "app/simulator/random.h"

#include <array>
#include <cstdio>
#include <utility>

namespace songda::simulator {

namespace {

constexpr std::size_t rememberedCalls = 2000;
constexpr std::size_t rememberedBody = 2048;
constexpr std::size_t ridLength = 26;

} // namespace

std::string RidLog::make(TimePoint now) {
    std::uint64_t bits = 0;
    {
        const std::lock_guard lock{m_mutex};
        bits = mix64(m_nonce + ++m_made);
    }
    std::array<char, ridLength + 1> text{};
    std::snprintf(text.data(), text.size(), "%08x-%08x-%08x", static_cast<unsigned>(unixSeconds(now)),
        static_cast<unsigned>(bits >> 32), static_cast<unsigned>(bits));
    return std::string{text.data(), ridLength};
}

void RidLog::remember(FailedCall call) {
    if (call.requestBody.size() > rememberedBody) {
        call.requestBody.resize(rememberedBody);
    }
    const std::lock_guard lock{m_mutex};
    m_calls.push_back(std::move(call));
    if (m_calls.size() > rememberedCalls) {
        m_calls.pop_front();
    }
}

std::optional<FailedCall> RidLog::find(std::string_view rid) const {
    const std::lock_guard lock{m_mutex};
    for (auto call = m_calls.rbegin(); call != m_calls.rend(); ++call) {
        if (call->rid == rid) {
            return *call;
        }
    }
    return std::nullopt;
}

bool RidLog::wellFormed(std::string_view rid) {
    if (rid.size() != ridLength) {
        return false;
    }
    for (std::size_t i = 0; i < rid.size(); ++i) {
        const bool dash = i == 8 || i == 17;
        const bool hex = (rid[i] >= '0' && rid[i] <= '9') || (rid[i] >= 'a' && rid[i] <= 'f');
        if (dash ? rid[i] != '-' : !hex) {
            return false;
        }
    }
    return true;
}

} // namespace songda::simulator
