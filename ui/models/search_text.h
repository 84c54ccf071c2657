// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/queries.h"

#include <QString>
#include <functional>
#include <optional>
#include <vector>

namespace songda::ui {

/// Names to ids, for words such as `template:` and `batch:`. None: there is no such name.
struct SearchNames {
    std::function<std::optional<AccountId>(const QString &)> account;
    /// All of this title or id: of the account, or of any. One title may be that of a template of each account.
    std::function<std::vector<TemplateRef>(const QString &, std::optional<AccountId>)> templates;
    std::function<std::optional<BatchId>(const QString &)> batch;
    /// As the screen calls them; none: only the engine's own names are known.
    std::function<std::optional<MessageState>(const QString &)> state = {};
};

struct SearchResult {
    MessageFilter filter;
    QString problem; ///< empty when every word was understood; else the first word that was not
    bool ambiguous = false; ///< the problem is that several templates have this name
};

/// Reads what is typed into the search box on top of `base`: `state:dead,uncertain code:43004 template:… batch:…
/// account:… since:2h key:… openid:… trace:… id:5,6 discarded:yes`, values with blanks in quotes. A bare word is an openid, a trace id,
/// the name of a batch or an idempotency key, by its look; digits are whatever has them: a message, WeChat's msgid, a key. Pure.
SearchResult readSearch(const QString &text, MessageFilter base, const SearchNames &names, WallTime now);

/// The same line with states by the engine's own names, which are understood in every language of the screen. Pure.
QString inAnyLanguage(const QString &text, const SearchNames &names);

/// Ids to the names a search knows them by.
struct SearchWords {
    std::function<QString(AccountId)> account;
    std::function<QString(TemplateRef)> templateRef;
    std::function<QString(BatchId)> batch;
};
/// The line that readSearch() would read a filter from. Pure.
QString searchTextOf(const MessageFilter &filter, const SearchWords &words);

} // namespace songda::ui
