// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/acting_as.h"

#include <QObject>
#include <QThread>

namespace songda::doors {

/// The thread in which requests go on whose answers were promised: neither the one that serves connections nor the
/// journal's, which everybody waits for.
class AnswerThread {
public:
    AnswerThread() {
        m_thread.setObjectName(QStringLiteral("door answers"));
        m_context.moveToThread(&m_thread);
        m_thread.start();
    }
    /// What has not gone on by then never does.
    ~AnswerThread() {
        m_thread.quit();
        m_thread.wait();
    }

    /// For whenDone() and its like. Any thread.
    QObject *context() { return &m_context; }

private:
    class Thread : public QThread {
        void run() override {
            const ActingAs acting(ActingAs::service());
            exec();
        }
    };

    Thread m_thread;
    QObject m_context;
};

} // namespace songda::doors
