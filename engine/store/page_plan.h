// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/queries.h"
#include "engine/store/database.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace songda::store {

/// Ids from `first` to `last`.
struct IdRange {
    std::int64_t first = 1;
    std::int64_t last = INT64_MAX;

    bool isAll() const { return first <= 1 && last == INT64_MAX; }
    IdRange within(IdRange other) const { return {std::max(first, other.first), std::min(last, other.last)}; }
};

/// A filter with what the small tables know of it: which messages have a key, and between which ids the rest can be found.
/// It selects the same messages.
struct NarrowFilter {
    MessageFilter filter;
    IdRange range;
};
Result<NarrowFilter> narrow(Database &database, MessageFilter filter);

/// Messages that one index has in the order of their ids. A page is put together from a few of these, which have no message
/// in common.
struct MessageRun {
    const char *index; ///< SQL behind `message m`
    const char *where; ///< SQL with the values below; ids, from ?3 to ?1, are said beside it
    IdRange range;
    std::optional<BatchId> batch; ///< ?4
    std::optional<MessageState> state; ///< ?5
    std::optional<std::string> cause; ///< ?6
};

/// The runs that have all messages of a filter, and not many more; lists of acts and of failed attempts are not its business.
Result<std::vector<MessageRun>> planRuns(Database &database, const NarrowFilter &narrow);
/// Where the batches of a filter lie: what batch, template and account make of the range.
Result<IdRange> rangeOfBatches(Database &database, const NarrowFilter &narrow);

/// One snapshot for several statements; inside a transaction that is there already it changes nothing.
class ReadSnapshot {
public:
    explicit ReadSnapshot(Database &database)
        : m_database(database) {}
    Result<void> begin() { return m_database.exec("SAVEPOINT pages"); }
    ~ReadSnapshot() { static_cast<void>(m_database.exec("RELEASE pages")); }
    ReadSnapshot(const ReadSnapshot &) = delete;
    ReadSnapshot &operator=(const ReadSnapshot &) = delete;

private:
    Database &m_database;
};

/// The causes of MessageFilter::cause, each once.
std::vector<std::string> causesOf(const std::string &list);

} // namespace songda::store
