// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace songda::log {

/// Makes a text fit for a log: the only place where that is done. Any thread.
///
/// Goes: what follows the name of a secret (access_token=..., "secret": "...", Authorization: Bearer ...), tokens that are
/// known by their looks (JWT, whsec_...), the secrets of this profile wherever they stand, and most of each openid. Control characters, escape
/// sequences and marks that turn the direction of writing become blanks; a long text is cut and its size said.
class Redactor {
public:
    static constexpr std::size_t longestText = 512;

    /// A secret that must not show in whatever surroundings. Shorter ones than eight bytes would hide innocent words.
    void learn(const std::string &secret);
    std::string operator()(std::string_view text) const;

private:
    mutable std::mutex m_mutex;
    std::vector<std::string> m_secrets; ///< guarded by m_mutex
};

} // namespace songda::log
