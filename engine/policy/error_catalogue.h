// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"
#include "engine/model/outcome.h"
#include "engine/model/suppression.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace songda {

/// Words of one entry in one language.
struct CatalogueWords {
    std::string meaning;
    std::string advice;
};

/// What one (family, api, code) means (wechat-api.md section 9; for family "transport" section 10).
struct CatalogueEntry {
    std::string family; ///< "wechat", "wecom", "dingtalk", "transport" ...
    std::string api; ///< "token", "send", "any" ...
    std::string code; ///< the errcode as text, or a word
    ErrorClass errorClass = ErrorClass::Unknown;
    HoldScope scope = HoldScope::None;
    std::string move; ///< whose move it is: recipient, content, template, account, wechat, network, program
    bool retryHelps = false;
    bool ambiguous = false; ///< the message may have been delivered in spite of the answer
    Seconds hold{0}; ///< how long to pause; 0: the class's default
    SuppressScope suppress = SuppressScope::None; ///< whom not to write to again (section 12, item 8)
    bool alarm = false; ///< going on would make a punishment worse (section 12, item 10)
    CatalogueWords en;
    CatalogueWords zh;
};

/// In front of a code that came from the token endpoint, where some codes mean something else (section 2.3).
inline constexpr std::string_view tokenCausePrefix = "token:";

/// The error catalogue: data, not code. Immutable after loading; may be shared between threads.
class ErrorCatalogue {
public:
    /// Reads resources/error_catalogue.json. A duplicate key, an unknown class or a missing field is an
    /// InvalidInput that names the entry.
    static Result<ErrorCatalogue> fromJson(std::string_view json);

    /// The entry for (family, api, code), else for (family, "any", code), else nothing.
    const CatalogueEntry *find(std::string_view family, std::string_view api, std::string_view code) const;
    /// The entry for a stored cause of a WeChat account: an errcode of a send, an errcode of the token
    /// endpoint behind tokenCausePrefix, or a transport word; HTTP statuses without an entry of their own
    /// fall back to "http_other".
    const CatalogueEntry *findCause(std::string_view cause) const;

    /// Classes and causes that attempts to send can end with, as Outcome names them; success, too.
    std::vector<std::pair<ErrorClass, std::string>> attemptCauses() const;

    const std::vector<CatalogueEntry> &entries() const { return m_entries; }

private:
    std::vector<CatalogueEntry> m_entries;
    std::map<std::string, std::size_t, std::less<>> m_index; ///< "family\napi\ncode" -> position
};

} // namespace songda
