// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QObject>

class QPushButton;
class QWidget;

namespace songda::ui {

/// Pause, go on and end of a replay, the same wherever one is shown: what the buttons say, who may press them, what they do.
class ReplaySteering final : public QObject {
    Q_OBJECT
public:
    /// `parent` carries the dialogs.
    ReplaySteering(Engine &engine, QWidget *parent);

    /// Nothing: no replay to steer.
    void judge(const ReplayRun *run, bool mayChange, QPushButton *pause, QPushButton *end) const;
    /// Pauses what runs, and lets what stands go on.
    void toggle(const ReplayRun &run);
    /// Asks for the reason first.
    void end(const ReplayRun &run);

Q_SIGNALS:
    void changed(const songda::ReplayRun &run);
    void failed(const songda::Error &error);

private:
    void set(ReplayId id, ReplayState state, const std::string &reason);

    Engine &m_engine;
    QWidget *m_parent;
};

} // namespace songda::ui
