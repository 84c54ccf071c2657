// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QObject>
#include <QTimer>

namespace songda::ui {

/// Snapshots for the console: the engine's own while this process runs it; where another process does, a picture
/// read from the database every two seconds. GUI thread.
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
    void take(const Snapshot &snapshot);
    void look();

    Engine &m_engine;
    Snapshot m_latest;
    QTimer m_poll;
    QTimer m_calm;
    std::uint64_t m_toldVersion = 0;
};

} // namespace songda::ui
