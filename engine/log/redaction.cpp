// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/redaction.h"

#include "engine/policy/masking.h"
#include "engine/policy/named_secrets.h"
#include "engine/policy/utf8.h"

#include <algorithm>

namespace songda::log {

namespace {

constexpr std::string_view redacted = "[redacted]";
/// Looked at of a long text; what a secret at its edge could leave is dropped.
constexpr std::size_t window = 8192;
constexpr std::size_t edge = 1024;
constexpr std::size_t shortestSecret = 8;
/// Far above what a profile holds, so that none of its own is forgotten.
constexpr std::size_t mostSecrets = 4096;

/// Marks that are not seen, or turn the direction of writing.
bool isHidden(char32_t c) {
    return c == 0x00AD || c == 0x061C || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

std::string withoutHidden(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::string_view before = text;
        const auto c = utf8::next(text);
        if (!c)
            text.remove_prefix(1);
        if (!c || isHidden(*c))
            out += ' ';
        else
            out += before.substr(0, before.size() - text.size());
    }
    return out;
}

} // namespace

void Redactor::learn(const std::string &secret) {
    if (secret.size() < shortestSecret)
        return;
    const std::lock_guard lock(m_mutex);
    // The one that was met longest ago goes first.
    if (const auto known = std::find(m_secrets.begin(), m_secrets.end(), secret); known != m_secrets.end()) {
        std::rotate(known, known + 1, m_secrets.end());
        return;
    }
    if (m_secrets.size() == mostSecrets)
        m_secrets.erase(m_secrets.begin());
    m_secrets.push_back(secret);
}

std::string Redactor::operator()(std::string_view text) const {
    const std::size_t size = text.size();
    std::string seen(text.substr(0, window));
    {
        const std::lock_guard lock(m_mutex);
        for (const std::string &secret : m_secrets) {
            for (std::size_t at = 0; (at = seen.find(secret, at)) != std::string::npos; at += redacted.size())
                seen.replace(at, secret.size(), redacted);
        }
    }
    if (size > window)
        seen.resize(seen.size() - std::min(seen.size(), edge));
    seen = withMaskedOpenids(withoutHidden(withoutNamedSecrets(seen)));
    std::string line = utf8::printable(seen, longestText);
    if (size > window || line.size() < seen.size())
        line += "... (" + std::to_string(size) + " bytes)";
    return line;
}

} // namespace songda::log
