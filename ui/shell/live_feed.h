// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QObject>
#include <QTimer>
#include <deque>

namespace songda::ui {

/// Snapshots for the console: the engine's own while this process runs it; where another process does, a picture
/// read from the database every two seconds, in which what only that process knows is not known. What the engine names by
/// its own words has the operator's here. GUI thread.
class LiveFeed final : public QObject {
    Q_OBJECT
public:
    explicit LiveFeed(Engine &engine, QObject *parent = nullptr);

    const Snapshot &latest() const { return m_latest; }

Q_SIGNALS:
    void snapshot(const songda::Snapshot &snapshot);
    /// The database changed: at most once a second, so that tables do not flicker.
    void dataChanged();

private:
    /// The sums of one look, by account in the order they came.
    struct Look {
        WallTime at;
        std::vector<LookOn::OfAccount> accounts;
    };

    void take(const Snapshot &snapshot);
    void look();
    /// The last picture stays, with what is amiss.
    void say(const Error &problem);
    void fill(const std::vector<Account> &accounts, const LookOn &seen);
    /// Answered sends a second since the first of the kept looks; not a number while there are not two.
    double rateOf(AccountId account) const;

    Engine &m_engine;
    Snapshot m_latest;
    std::deque<Look> m_looks; ///< of the last seconds, oldest first
    std::int64_t m_accepted = 0; ///< seen since this console began to look
    std::int64_t m_failed = 0;
    QTimer m_poll;
    QTimer m_calm;
    std::uint64_t m_toldVersion = 0;
};

} // namespace songda::ui
