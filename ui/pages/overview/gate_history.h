// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/snapshot.h"

#include <QString>
#include <deque>
#include <optional>
#include <vector>

namespace songda::ui {

enum class BreakerBand { Unknown, Closed, HalfOpen, Open };
enum class TokenBand { Unknown, Unneeded, There, Refreshing, Missing };

BreakerBand breakerOf(const AccountSnapshot &account, bool running);
TokenBand tokenOf(const AccountSnapshot &account, bool running);

/// A state over time, as the spans in which it stayed the same.
template <class State> class Band {
public:
    struct Span {
        WallTime from;
        WallTime to;
        State state;
    };

    /// The state held from the last sample on until `at`; the first one only begins.
    void add(WallTime at, State state) {
        if (!m_spans.empty())
            m_spans.back().to = at;
        if (m_spans.empty() || m_spans.back().state != state)
            m_spans.push_back({at, at, state});
    }
    void forgetBefore(WallTime at) {
        while (!m_spans.empty() && m_spans.front().to < at)
            m_spans.pop_front();
    }
    const std::deque<Span> &spans() const { return m_spans; }
    State last() const { return m_spans.empty() ? State::Unknown : m_spans.back().state; }
    State at(WallTime when) const {
        for (const Span &span : m_spans) {
            if (when >= span.from && when <= span.to)
                return span.state;
        }
        return State::Unknown;
    }
    /// How long it was in this state since `from`.
    Millis lasted(State state, WallTime from) const {
        Millis sum{0};
        for (const Span &span : m_spans) {
            if (span.state == state && span.to > from)
                sum += span.to - std::max(span.from, from);
        }
        return sum;
    }

private:
    std::deque<Span> m_spans;
};

/// Breaker and token of each account over the last hour, from the snapshots the window sees. What it did not see is
/// unknown. GUI thread.
class GateHistory {
public:
    static constexpr std::chrono::minutes kept{60};

    struct Row {
        AccountId id;
        QString name;
        Band<BreakerBand> breaker;
        Band<TokenBand> token;
        /// Something was amiss within the hour.
        bool troubled() const;
    };

    /// Takes one sample a second; false: this one came too early.
    bool sample(const Snapshot &snapshot);
    /// Those with trouble first, else in the order of the engine.
    std::vector<const Row *> rows() const;
    std::optional<WallTime> now() const { return m_last; }

private:
    Row &rowOf(const AccountSnapshot &account);

    std::deque<Row> m_rows;
    std::optional<WallTime> m_last;
};

/// What a band shows, in words.
QString bandText(BreakerBand band);
QString bandText(TokenBand band);
/// "shop: breaker closed, open for 3 min within the hour; token there".
QString describe(const GateHistory::Row &row, WallTime now);

} // namespace songda::ui
