// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/gate_history.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

namespace songda::ui {

namespace {

constexpr std::chrono::seconds step{1};
constexpr std::chrono::seconds unseen{15}; ///< longer without a sample: the window slept, or looked at nothing

struct GateWords {
    Q_DECLARE_TR_FUNCTIONS(GateWords)
};

template <class State> bool wasOther(const Band<State> &band, State good) {
    return std::any_of(band.spans().begin(), band.spans().end(), [good](const auto &span) { return span.state != good && span.state != State::Unknown; });
}

} // namespace

BreakerBand breakerOf(const AccountSnapshot &account, bool running) {
    if (!running)
        return BreakerBand::Unknown;
    return account.breakerOpen ? BreakerBand::Open : account.breakerProbing ? BreakerBand::HalfOpen : BreakerBand::Closed;
}

TokenBand tokenOf(const AccountSnapshot &account, bool running) {
    if (!running)
        return TokenBand::Unknown;
    if (account.tokenBeingFetched)
        return TokenBand::Refreshing;
    if (account.tokenLife && account.tokenLife->count() > 0)
        return TokenBand::There;
    // One is fetched when there is something to send.
    return account.gate == Gate::NoToken ? TokenBand::Missing : TokenBand::Unneeded;
}

bool GateHistory::Row::troubled() const {
    return wasOther(breaker, BreakerBand::Closed)
        || std::any_of(token.spans().begin(), token.spans().end(), [](const auto &span) { return span.state == TokenBand::Missing; });
}

GateHistory::Row &GateHistory::rowOf(const AccountSnapshot &account) {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.id == account.id; });
    if (found != m_rows.end())
        return *found;
    m_rows.push_back({account.id, {}, {}, {}});
    return m_rows.back();
}

bool GateHistory::sample(const Snapshot &s) {
    if (m_last && s.at < *m_last) {
        m_rows.clear(); // the calendar was set back
        m_last.reset();
    }
    if (m_last && s.at - *m_last < step)
        return false;
    const bool missed = m_last && s.at - *m_last > unseen;
    for (const AccountSnapshot &account : s.accounts) {
        Row &row = rowOf(account);
        row.name = q(account.name);
        if (missed) {
            row.breaker.add(*m_last + step, BreakerBand::Unknown);
            row.token.add(*m_last + step, TokenBand::Unknown);
        }
        row.breaker.add(s.at, breakerOf(account, s.running));
        row.token.add(s.at, tokenOf(account, s.running));
    }
    for (Row &row : m_rows) {
        row.breaker.forgetBefore(s.at - kept);
        row.token.forgetBefore(s.at - kept);
    }
    m_rows.erase(std::remove_if(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.breaker.spans().empty(); }), m_rows.end());
    m_last = s.at;
    return true;
}

std::vector<const GateHistory::Row *> GateHistory::rows() const {
    std::vector<const Row *> rows;
    for (const Row &row : m_rows)
        rows.push_back(&row);
    std::stable_partition(rows.begin(), rows.end(), [](const Row *row) { return row->troubled(); });
    return rows;
}

QString bandText(BreakerBand band) {
    switch (band) {
    case BreakerBand::Unknown: return GateWords::tr("breaker not known");
    case BreakerBand::Closed: return GateWords::tr("breaker closed");
    case BreakerBand::HalfOpen: return GateWords::tr("breaker half open");
    case BreakerBand::Open: return GateWords::tr("breaker open");
    }
    return {};
}

QString bandText(TokenBand band) {
    switch (band) {
    case TokenBand::Unknown: return GateWords::tr("token not known");
    case TokenBand::Unneeded: return GateWords::tr("no token needed yet");
    case TokenBand::There: return GateWords::tr("token there");
    case TokenBand::Refreshing: return GateWords::tr("token being fetched");
    case TokenBand::Missing: return GateWords::tr("no token");
    }
    return {};
}

QString describe(const GateHistory::Row &row, WallTime now) {
    const WallTime from = now - GateHistory::kept;
    QStringList parts{bandText(row.breaker.last()), bandText(row.token.last())};
    const auto add = [&](const QString &name, Millis lasted) {
        if (lasted.count() >= 1000)
            parts.append(GateWords::tr("%1 for %2 within the hour").arg(name, span(lasted)));
    };
    for (const BreakerBand band : {BreakerBand::Open, BreakerBand::HalfOpen})
        add(bandText(band), row.breaker.lasted(band, from));
    add(bandText(TokenBand::Missing), row.token.lasted(TokenBand::Missing, from));
    return GateWords::tr("%1: %2").arg(row.name, parts.join(GateWords::tr(", ")));
}

} // namespace songda::ui
