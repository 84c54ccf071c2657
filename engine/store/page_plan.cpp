// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/page_plan.h"

#include "engine/store/counters.h"
#include "engine/store/intake.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace songda::store {

namespace {

/// As many rows are read and put in order without anybody waiting for it.
constexpr std::int64_t fewRows = 5'000;

constexpr const char *byState = "INDEXED BY message_state";
constexpr const char *ofState = " AND m.state = ?5";
constexpr const char *byBatch = "INDEXED BY message_batch";
constexpr const char *ofBatch = " AND m.batch_id = ?4";
constexpr const char *ofStateInABatch = " AND m.state = ?5 AND +m.batch_id = ?4";
constexpr const char *byBatchAside = "INDEXED BY message_aside";
constexpr const char *ofStateAside = " AND m.batch_id = ?4 AND m.state = ?5 AND (m.state > 5 OR m.state = 0)"; // as the index has it
constexpr const char *byCause = "INDEXED BY message_cause";
constexpr const char *ofCause = " AND m.cause = ?6 AND m.state = ?5";
constexpr const char *byDiscarded = "INDEXED BY message_discarded";
constexpr const char *ofDiscarded = " AND m.state = ?5 AND m.discarded_at IS NOT NULL";
constexpr const char *byEnd = "INDEXED BY message_dead_time";
constexpr const char *ofDead = " AND m.state BETWEEN 6 AND 8";

using States = std::vector<MessageState>;

/// What ended badly or is held: message_aside has it by batch.
bool isAside(MessageState s) {
    return s == MessageState::Held || s == MessageState::Undelivered || s == MessageState::Dead || s == MessageState::Uncertain || s == MessageState::Cancelled
        || s == MessageState::Expired;
}

States statesOf(const MessageFilter &filter) {
    States states = filter.states.empty() ? States(allMessageStates.begin(), allMessageStates.end()) : filter.states;
    std::sort(states.begin(), states.end());
    states.erase(std::unique(states.begin(), states.end()), states.end());
    return states;
}

/// The ids of the blocks that may have what was taken in or ended in a time.
Result<IdRange> rangeOfTimes(Database &database, const MessageFilter &f) {
    const auto found = database.first("SELECT min(block), max(block) FROM message_span WHERE (?1 IS NULL OR created_to >= ?1) AND (?2 IS NULL OR created_from < ?2)"
                                      " AND (?3 IS NULL OR ended_to >= ?3) AND (?4 IS NULL OR ended_from < ?4)",
        [](const Statement &s) {
            return s.isNull(0) ? IdRange{1, 0} : IdRange{s.integer(0) * idsInABlock, (s.integer(1) + 1) * idsInABlock - 1};
        },
        f.createdFrom, f.createdTo, f.endedFrom, f.endedTo);
    if (!found)
        return tl::unexpected(found.error());
    return found->value_or(IdRange{});
}

/// Messages that a number stands for, as MessageFilter::number has it.
Result<std::vector<MessageId>> idsOfNumber(Database &database, const std::string &number) {
    std::vector<MessageId> ids;
    MessageId id;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), id.value);
    if (error == std::errc{} && end == number.data() + number.size())
        ids.push_back(id);
    SONGDA_TRY(database.each("SELECT id FROM message INDEXED BY message_msgid WHERE msgid = ?1",
        [&ids](const Statement &s) {
            ids.push_back(s.id<MessageId>(0));
            return true;
        },
        number));
    const auto keyed = findByKey(database, std::nullopt, number);
    if (!keyed)
        return keyed;
    ids.insert(ids.end(), keyed->begin(), keyed->end());
    return ids;
}

void keepOnly(MessageFilter &filter, std::vector<MessageId> ids) {
    if (!filter.ids.empty())
        std::erase_if(ids, [&](MessageId id) { return std::find(filter.ids.begin(), filter.ids.end(), id) == filter.ids.end(); });
    if (ids.empty())
        ids.push_back(MessageId{}); // no message has this one
    filter.ids = std::move(ids);
}

struct BatchPlace {
    BatchId id;
    IdRange range;
};

/// The batches that a filter allows, without empty ones; nothing when it allows all there are.
Result<std::optional<std::vector<BatchPlace>>> placesOf(Database &database, const MessageFilter &f) {
    using Places = std::optional<std::vector<BatchPlace>>;
    if (!f.batch && !f.account && !f.templateRef)
        return Places{};
    const std::optional<std::int64_t> batch = f.batch ? std::optional(f.batch->value) : std::nullopt;
    const auto others = batch ? Result<std::int64_t>(1)
                              : database.number("SELECT EXISTS (SELECT 1 FROM batch WHERE account_id <> coalesce(?1, account_id) OR template_ref <> coalesce(?2, template_ref))",
                                    f.account, f.templateRef);
    if (!others)
        return tl::unexpected(others.error());
    if (*others == 0)
        return Places{};
    std::vector<BatchPlace> places;
    SONGDA_TRY(database.each("SELECT b.id, (SELECT m.id FROM message m INDEXED BY message_batch WHERE m.batch_id = b.id ORDER BY m.id LIMIT 1),"
                             " (SELECT m.id FROM message m INDEXED BY message_batch WHERE m.batch_id = b.id ORDER BY m.id DESC LIMIT 1)"
                             " FROM batch b WHERE b.id BETWEEN coalesce(?1, 0) AND coalesce(?1, 9223372036854775807)"
                             " AND (?2 IS NULL OR b.account_id = ?2) AND (?3 IS NULL OR b.template_ref = ?3)",
        [&places](const Statement &s) {
            if (!s.isNull(1))
                places.push_back({s.id<BatchId>(0), {s.integer(1), s.integer(2)}});
            return true;
        },
        batch, f.account, f.templateRef));
    return Places(std::move(places));
}

IdRange coverOf(const std::vector<BatchPlace> &places) {
    IdRange cover{INT64_MAX, 0};
    for (const BatchPlace &place : places)
        cover = {std::min(cover.first, place.range.first), std::max(cover.last, place.range.last)};
    return cover;
}

/// The dead letters that ended in a time, when they are so few that they need not be read in the order of their ids.
Result<bool> fewEnded(Database &database, const MessageFilter &f, const States &states) {
    if ((!f.endedFrom && !f.endedTo) || !std::all_of(states.begin(), states.end(), isGroupedByCause))
        return false;
    const auto ended = database.number("SELECT coalesce(sum(n), 0) FROM dead_summary WHERE hour BETWEEN ?1 AND ?2",
        f.endedFrom ? hourOf(*f.endedFrom) : INT64_MIN, f.endedTo ? hourOf(*f.endedTo) : INT64_MAX);
    if (!ended)
        return tl::unexpected(ended.error());
    return *ended <= fewRows;
}

/// How many of the states under way or well ended there are in all and in each batch. Only where to look is decided by it.
class Sums {
public:
    static Result<Sums> read(Database &database) {
        auto counts = readStateCounts(database);
        if (!counts)
            return tl::unexpected(counts.error());
        Sums sums;
        for (const auto &[batch, n] : *counts)
            sums.m_all += n;
        sums.m_batches = std::move(*counts);
        return sums;
    }

    /// Rows of other states, when a batch is read through for these.
    std::int64_t wasteInBatch(BatchId batch, const States &states) const {
        const StateCounts counts = of(batch);
        std::int64_t waste = counts.total();
        for (const MessageState s : states)
            waste -= counts[s];
        return waste;
    }
    /// Rows of other batches, when these states are read through where the batch lies.
    std::int64_t wasteInStates(const BatchPlace &place, const States &states) const {
        const StateCounts counts = of(place.id);
        std::int64_t waste = 0;
        for (const MessageState s : states)
            waste += m_all[s] - counts[s];
        return std::min(waste, place.range.last - place.range.first + 1 - counts.total());
    }

private:
    StateCounts of(BatchId batch) const {
        const auto found = m_batches.find(batch);
        return found != m_batches.end() ? found->second : StateCounts{};
    }

    std::map<BatchId, StateCounts> m_batches;
    StateCounts m_all;
};

void addBatches(const std::vector<BatchPlace> &places, IdRange range, std::vector<MessageRun> &runs) {
    for (const BatchPlace &place : places)
        runs.push_back({byBatch, ofBatch, place.range.within(range), place.id, {}, {}});
}

Result<void> addStatesOfBatches(
    Database &database, const std::vector<BatchPlace> &places, const States &states, IdRange range, std::vector<MessageRun> &runs) {
    States crowd = states;
    std::erase_if(crowd, isAside);
    auto sums = crowd.empty() ? Result<Sums>(Sums{}) : Sums::read(database);
    if (!sums)
        return tl::unexpected(sums.error());
    for (const BatchPlace &place : places) {
        const IdRange there = place.range.within(range);
        if (!crowd.empty() && sums->wasteInBatch(place.id, states) <= sums->wasteInStates(place, crowd)) {
            runs.push_back({byBatch, ofBatch, there, place.id, {}, {}});
            continue;
        }
        for (const MessageState s : states)
            runs.push_back(isAside(s) ? MessageRun{byBatchAside, ofStateAside, there, place.id, s, {}} : MessageRun{byState, ofStateInABatch, there, place.id, s, {}});
    }
    return {};
}

} // namespace

std::vector<std::string> causesOf(const std::string &list) {
    std::vector<std::string> causes;
    for (std::size_t at = 0; at <= list.size();) {
        const std::size_t end = std::min(list.find(',', at), list.size());
        std::string cause = list.substr(at, end - at);
        if (!cause.empty() && std::find(causes.begin(), causes.end(), cause) == causes.end())
            causes.push_back(std::move(cause));
        at = end + 1;
    }
    return causes;
}

Result<NarrowFilter> narrow(Database &database, MessageFilter filter) {
    NarrowFilter narrowed{std::move(filter), {}};
    MessageFilter &f = narrowed.filter;
    if (!f.number.empty()) {
        auto ids = idsOfNumber(database, f.number);
        if (!ids)
            return tl::unexpected(ids.error());
        keepOnly(f, std::move(*ids));
    }
    if (!f.idempotencyKey.empty()) {
        auto ids = findByKey(database, f.account, f.idempotencyKey);
        if (!ids)
            return tl::unexpected(ids.error());
        keepOnly(f, std::move(*ids));
    }
    if (f.createdFrom || f.createdTo || f.endedFrom || f.endedTo) {
        const auto range = rangeOfTimes(database, f);
        if (!range)
            return tl::unexpected(range.error());
        narrowed.range = *range;
    }
    return narrowed;
}

Result<IdRange> rangeOfBatches(Database &database, const NarrowFilter &narrow) {
    const auto places = placesOf(database, narrow.filter);
    if (!places)
        return tl::unexpected(places.error());
    return *places ? narrow.range.within(coverOf(**places)) : narrow.range;
}

Result<std::vector<MessageRun>> planRuns(Database &database, const NarrowFilter &narrow) {
    const MessageFilter &f = narrow.filter;
    const IdRange range = narrow.range;
    if (!f.ids.empty() || !f.traceId.empty() || f.act || f.replay)
        return std::vector{MessageRun{"NOT INDEXED", "", range, {}, {}, {}}};
    if (!f.msgid.empty())
        return std::vector{MessageRun{"INDEXED BY message_msgid", "", range, {}, {}, {}}};
    if (!f.openid.empty() || f.recipientOf)
        return std::vector{MessageRun{"INDEXED BY message_recipient", "", range, {}, {}, {}}};

    const States states = statesOf(f);
    const auto few = fewEnded(database, f, states);
    if (!few)
        return tl::unexpected(few.error());
    if (*few)
        return std::vector{MessageRun{byEnd, ofDead, range, {}, {}, {}}};

    const auto places = placesOf(database, f);
    if (!places)
        return tl::unexpected(places.error());
    const IdRange there = *places ? range.within(coverOf(**places)) : range;
    std::vector<MessageRun> runs;
    if (!f.cause.empty()) {
        for (const std::string &cause : causesOf(f.cause)) {
            for (const MessageState s : states)
                runs.push_back({byCause, ofCause, there, {}, s, cause});
        }
    } else if (f.discarded) {
        for (const MessageState s : states)
            runs.push_back({byDiscarded, ofDiscarded, there, {}, s, {}});
    } else if (*places && f.states.empty()) {
        addBatches(**places, range, runs);
    } else if (*places) {
        SONGDA_TRY(addStatesOfBatches(database, **places, states, range, runs));
    } else if (!f.states.empty()) {
        for (const MessageState s : states)
            runs.push_back({byState, ofState, range, {}, s, {}});
    } else {
        runs.push_back({"NOT INDEXED", "", range, {}, {}, {}});
    }
    return runs;
}

} // namespace songda::store
