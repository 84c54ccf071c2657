// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QPromise>
#include <QTimer>

namespace songda {

/// Looks after one message until it has ended or the caller's patience has; answers a future and is gone. Whoever
/// delivers the message, this process or another one, the database tells. On the engine object's thread.
class SendWaiter final : public QObject {
    Q_OBJECT
public:
    SendWaiter(Engine &engine, Millis patience);
    ~SendWaiter() override;

    QFuture<Result<SendOutcome>> future() const { return m_promise.future(); }
    void begin(const Result<SendReport> &report);

private:
    void look();
    /// The key was used before, and its message has been archived since.
    void lookAtKept();
    void end(Result<SendOutcome> result);

    Engine &m_engine;
    QDeadlineTimer m_deadline;
    QTimer m_tick;
    QPromise<Result<SendOutcome>> m_promise;
    SendOutcome m_outcome;
    bool m_looking = false;
    bool m_ended = false;
};

} // namespace songda
