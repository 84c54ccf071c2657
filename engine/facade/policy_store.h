// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"
#include "engine/policy/policy.h"
#include "engine/policy/word_screen.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace songda {

/// In the profile's folder.
inline constexpr const char *policyName = "policy.json";

/// A policy with the files it names.
struct LoadedPolicy {
    PolicySet set;
    std::map<std::string, std::shared_ptr<const WordScreen>, std::less<>> screens; ///< by file name
    std::map<std::string, std::string> stamps; ///< of the files as they were just before they were read, by path

    /// The sensitive words of an account, nullptr if none.
    const WordScreen *wordsOf(std::string_view account) const;
};

/// The policy of a profile (policy.json in its folder; built-in values without one), taken up anew when the file changes.
/// A file that is not right changes nothing. Any thread.
class PolicyStore {
public:
    explicit PolicyStore(std::string profileDir)
        : m_dir(std::move(profileDir)) {}

    /// What is in force; read on first use. InvalidInput names file, line and reason while nothing right was ever read.
    Result<std::shared_ptr<const LoadedPolicy>> current();

    struct Look {
        bool changed = false; ///< another policy is in force
        std::string refused; ///< why the file as it is now was not taken up; empty if it was
        bool refusedJustNow = false; ///< by this look
    };
    /// Looks whether the files changed since the last look, and takes them up.
    Look look();

private:
    Result<std::shared_ptr<const LoadedPolicy>> read() const;
    const std::string m_dir;
    std::mutex m_looking; ///< one look at a time; taken before m_mutex
    std::mutex m_mutex; // all below
    std::shared_ptr<const LoadedPolicy> m_current;
    std::string m_refused;
    std::optional<std::pair<std::string, Error>> m_failed; ///< the stamp of the file that could not be taken up at first, and why
};

/// Reads a policy and the word files it names from a folder.
Result<LoadedPolicy> loadPolicy(const std::string &file, const std::string &dir);

} // namespace songda
