// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/send_waiter.h"

#include "engine/when_done.h"

namespace songda {

namespace {
constexpr std::chrono::milliseconds lookInterval{50};
} // namespace

SendWaiter::SendWaiter(Engine &engine, Millis patience)
    : QObject(&engine)
    , m_engine(engine)
    , m_deadline(patience) {
    m_promise.start();
    connect(&m_tick, &QTimer::timeout, this, &SendWaiter::look);
}

SendWaiter::~SendWaiter() { end(fail(ErrorCode::Cancelled, "the engine was closed while the message was waited for")); }

void SendWaiter::begin(const Result<SendReport> &report) {
    if (!report) {
        end(tl::unexpected(report.error()));
        return;
    }
    m_outcome.id = report->id;
    m_outcome.duplicate = report->duplicate;
    m_tick.start(lookInterval);
    look();
}

void SendWaiter::look() {
    if (m_looking || m_ended)
        return;
    m_looking = true;
    const bool last = m_deadline.hasExpired();
    whenDone(m_engine.message(m_outcome.id), this, [this, last](const Result<MessageDetail> &detail) {
        m_looking = false;
        if (!detail && detail.error().code == ErrorCode::NotFound && m_outcome.duplicate) {
            lookAtKept();
            return;
        }
        if (!detail) {
            end(tl::unexpected(detail.error()));
            return;
        }
        const Message &message = detail->message;
        m_outcome.state = message.state;
        m_outcome.cause = message.cause;
        m_outcome.msgid = message.msgid;
        m_outcome.attempts = message.attempts;
        m_outcome.ended = isTerminal(message.state);
        if (m_outcome.ended || last)
            end(m_outcome);
    });
}

void SendWaiter::lookAtKept() {
    m_looking = true;
    whenDone(m_engine.keptMessage(m_outcome.id), this, [this](const Result<KeptMessage> &kept) {
        if (!kept) {
            end(tl::unexpected(kept.error()));
            return;
        }
        m_outcome.state = kept->state;
        m_outcome.ended = true;
        end(m_outcome);
    });
}

void SendWaiter::end(Result<SendOutcome> result) {
    if (m_ended)
        return;
    m_ended = true;
    m_tick.stop();
    m_promise.addResult(std::move(result));
    m_promise.finish();
    deleteLater();
}

} // namespace songda
