// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/tokens.h"

#include "app/simulator/random.h"

#include <algorithm>
#include <utility>

namespace songda::simulator {

namespace {

constexpr std::size_t tokenLength = 136;
constexpr std::size_t rememberedTokens = 64;

bool wellFormed(std::string_view token) {
    return token.size() == tokenLength && token.find_first_not_of(idAlphabet) == std::string_view::npos;
}

std::chrono::seconds secondsLeft(TimePoint until, TimePoint now) {
    return std::chrono::floor<std::chrono::seconds>(until - now);
}

} // namespace

Tokens::Tokens(TokenSettings settings, std::uint64_t nonce)
    : m_settings(settings)
    , m_nonce(nonce) { }

std::chrono::milliseconds Tokens::overlap() const {
    return m_settings.overlap.value_or(std::min(std::chrono::seconds{300}, m_settings.life / 2));
}

std::chrono::milliseconds Tokens::renewBefore() const {
    // A practice life shorter than ten minutes would otherwise be renewed by every call.
    return std::min(m_settings.renewBefore, m_settings.life / 2);
}

Tokens::Token Tokens::make(TimePoint now, bool isStable) {
    ++m_made;
    return {idText(mix64(m_nonce) ^ mix64(m_made), tokenLength), now + m_settings.life, TimePoint::max(),
        isStable};
}

void Tokens::retire(Token token) {
    m_retired.push_back(std::move(token));
    if (m_retired.size() > rememberedTokens) {
        m_retired.erase(m_retired.begin());
    }
}

IssuedToken Tokens::classic(TimePoint now) {
    const std::lock_guard lock{m_mutex};
    if (m_classic) {
        m_classic->revokedAt = now + overlap();
        retire(std::move(*m_classic));
    }
    m_classic = make(now, false);
    return {m_classic->text, m_settings.life};
}

IssuedToken Tokens::stable(TimePoint now) {
    const std::lock_guard lock{m_mutex};
    if (m_stable && now < m_stable->expiresAt - renewBefore()) {
        return {m_stable->text, secondsLeft(m_stable->expiresAt, now)};
    }
    if (m_stable) {
        if (now < m_stable->expiresAt) {
            m_stable->expiresAt
                = now + overlap(); // accepted this long after the renewal, whatever its own end
        }
        retire(std::move(*m_stable));
    }
    m_stable = make(now, true);
    return {m_stable->text, m_settings.life};
}

std::optional<IssuedToken> Tokens::forced(TimePoint now) {
    const std::lock_guard lock{m_mutex};
    if (m_stable && m_lastForced && now < *m_lastForced + m_settings.forcedSpacing) {
        return IssuedToken{
            m_stable->text, std::max(secondsLeft(m_stable->expiresAt, now), std::chrono::seconds{0})};
    }
    if (chinaDay(now) != m_forcedDay) {
        m_forcedDay = chinaDay(now);
        m_forcedToday = 0;
    }
    if (m_forcedToday >= m_settings.forcedPerDay) {
        return std::nullopt;
    }
    ++m_forcedToday;
    m_lastForced = now;
    // Two forced calls kill a leaked token (wechat-api.md section 2.2): the one before keeps the overlap,
    // anything older ends at once.
    for (Token &token : m_retired) {
        if (token.isStable) {
            token.revokedAt = std::min(token.revokedAt, now);
        }
    }
    if (m_stable) {
        m_stable->revokedAt = now + overlap();
        retire(std::move(*m_stable));
    }
    m_stable = make(now, true);
    return IssuedToken{m_stable->text, m_settings.life};
}

int Tokens::check(std::optional<std::string_view> token, TimePoint now) const {
    if (!token) {
        return 41001;
    }
    if (!wellFormed(*token)) {
        return 40014;
    }
    const auto verdict = [now](const Token &known) {
        if (now >= known.revokedAt) {
            return 40001;
        }
        return now >= known.expiresAt ? 42001 : 0;
    };
    const std::lock_guard lock{m_mutex};
    if (m_stable && m_stable->text == *token) {
        return verdict(*m_stable);
    }
    if (m_classic && m_classic->text == *token) {
        return verdict(*m_classic);
    }
    for (const Token &known : m_retired) {
        if (known.text == *token) {
            return verdict(known);
        }
    }
    return 40001;
}

void Tokens::expireAll(TimePoint now) {
    const std::lock_guard lock{m_mutex};
    const auto end = [now](Token &token) { token.expiresAt = std::min(token.expiresAt, now); };
    if (m_stable) {
        end(*m_stable);
    }
    if (m_classic) {
        end(*m_classic);
    }
    std::for_each(m_retired.begin(), m_retired.end(), end);
}

void Tokens::invalidateAll() {
    const std::lock_guard lock{m_mutex};
    m_stable.reset();
    m_classic.reset();
    m_retired.clear();
}

void Tokens::setSettings(TokenSettings settings) {
    const std::lock_guard lock{m_mutex};
    m_settings = settings;
}

TokenSettings Tokens::settings() const {
    const std::lock_guard lock{m_mutex};
    return m_settings;
}

} // namespace songda::simulator
