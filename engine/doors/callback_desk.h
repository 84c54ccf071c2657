// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/channels/wechat/callback_request.h"
#include "engine/doors/router.h"
#include "engine/doors/timely_answers.h"
#include "engine/engine.h"
#include "engine/policy/replay_memory.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace songda::doors {

/// Takes in what platforms report by themselves. Any thread, but for refresh() and look().
///
/// A push is answered "success" when what it says is committed, and only then remembered; a repeat is answered the same
/// and changes nothing, whether it is remembered or not.
class CallbackDesk : public std::enable_shared_from_this<CallbackDesk> {
public:
    using Clock = std::function<Now()>;
    using Warn = std::function<void(const std::string &)>;

    /// `context`: what was promised goes on in its thread.
    CallbackDesk(Engine &engine, QObject *context, Clock clock, Warn warn);

    /// Reads anew whose platform may report; from one thread. The first time it waits for the secrets.
    void refresh();
    void look() { m_answers.look(); }

    /// With the head alone: nothing unless such a push may come.
    std::optional<Response> admit(const Request &request) const;
    Answer verify(const Request &request) const;
    Answer take(const Request &request);

    /// Events of each account with a callback by what became of them, and pushes that were refused; nothing is 0.
    using Tally = std::map<std::pair<std::string, std::string>, std::int64_t>;
    Tally tally() const;

private:
    /// One account's callback. Never changed: refresh() makes another, which takes over the memory.
    struct Line {
        std::string account;
        wechat::CallbackSecurity security;
        std::optional<wechat::CallbackKey> formerKey;
        WallTime formerUntil;
        std::string problem; ///< nothing can be believed, and why
        struct Memory {
            std::mutex mutex;
            ReplayMemory seen;
            Memory();
        };
        std::shared_ptr<Memory> memory;

        wechat::CallbackSecurity securityAt(WallTime now) const;
    };
    using LinePtr = std::shared_ptr<const Line>;

    LinePtr find(const Request &request) const;
    void setLines(const std::vector<CallbackSetup> &setups);
    /// What is known of the callbacks counts no more, and is read again in a while.
    void tryAgainLater();
    Response refuse(const Line &line, int status, const char *code, const std::string &why) const;
    void count(const std::string &account, const EventReceipt &receipt);

    Engine &m_engine;
    QObject *const m_context;
    const Clock m_clock;
    const Warn m_warn;
    TimelyAnswers m_answers;

    mutable std::mutex m_mutex;
    std::map<std::string, LinePtr, std::less<>> m_lines; ///< by path
    mutable Tally m_tally;

    // Refreshing thread only
    std::optional<std::uint64_t> m_seen; ///< data version of the last reading
    std::vector<Callback> m_known;
    std::optional<QFuture<Result<std::vector<CallbackSetup>>>> m_reading;
    bool m_readOnce = false;
    std::chrono::steady_clock::time_point m_tryAgain{};
};

void addCallbackRoutes(Router &router, const std::shared_ptr<CallbackDesk> &desk);

} // namespace songda::doors
