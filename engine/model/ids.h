// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

namespace songda {

/// A row id that cannot be passed for another kind of row id.
template <class Tag> struct Id {
    std::int64_t value = 0;

    bool operator==(const Id &) const = default;
    bool operator<(const Id &other) const { return value < other.value; }
    /// Ids start at 1; 0 means "none".
    explicit operator bool() const { return value != 0; }
};

using AccountId = Id<struct AccountTag>;
using TemplateRef = Id<struct TemplateTag>; ///< the local row, not WeChat's 43-character template id
using BatchId = Id<struct BatchTag>;
using MessageId = Id<struct MessageTag>;
using RunId = Id<struct RunTag>; ///< one life of an engine process on a profile; the owner of its claims
using AuditId = Id<struct AuditTag>;
using ReplayId = Id<struct ReplayTag>; ///< one replay of a frozen selection

} // namespace songda

template <class Tag> struct std::hash<songda::Id<Tag>> {
    std::size_t operator()(const songda::Id<Tag> &id) const noexcept {
        return std::hash<std::int64_t>{}(id.value);
    }
};
