// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/hook.h"
#include "engine/model/random.h"
#include "engine/model/time.h"
#include "engine/net/web_client.h"
#include "engine/store/hook_deliveries.h"

#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace songda::secrets {
class SecretStore;
}

namespace songda {

class EngineCore;

/// A delivery as it goes out: signed for this try, with each of the secrets. Shared by the driver and by who makes one for a try.
Result<net::WebRequest> hookRequest(const Hook &hook, const std::vector<std::string> &secrets, const std::string &eventId, const std::string &body,
    const std::string &traceparent, WallTime now);
/// The name of a hook's secret, by its number, in the profile's secret store.
std::string hookSecretName(std::int64_t hook, std::int64_t number);
/// What it is signed with at present: its secret, and the one before while that still counts.
Result<std::vector<std::string>> hookSecrets(secrets::SecretStore &store, const Hook &hook, WallTime now);
/// For the audit: which one, and where what happens is told. Without the query, which may hold what proves who asks.
std::string hookName(const Hook &hook);

/// Tells business systems what became of messages. What is to be told stands in the database, written with the outcome
/// itself, and is deleted there when it was taken: a new engine goes on where the last one ended, and at worst tells
/// something a second time under the same id. Without a hook it does nothing.
///
/// Reading and writing happen on a worker thread, a transaction for all that has gathered; as soon as a request ends the
/// next one that was read ahead begins.
class HookDriver {
public:
    explicit HookDriver(EngineCore &core);
    ~HookDriver();

    /// Somebody else wrote, perhaps a hook. Any thread.
    void lookAgain() { m_look = true; }
    /// Ten times a second, from one thread.
    void tick(std::uint64_t dataVersion);
    /// Something is to be told now, or it is not known yet. Receivers that fail are not waited for.
    bool isBusy() const {
        // In this order: work() says the second before it leaves the first.
        return m_working || m_busy || m_again || m_look;
    }
    /// Begins nothing more. Any thread.
    void stop();
    /// After stop(), when the workers have ended: writes down what has come to an end.
    void finish();
    /// For a monitoring system; any thread.
    std::vector<Hook> hooks() const;

private:
    /// One hook at work.
    struct Line {
        Hook hook;
        std::vector<std::string> secrets; ///< the present one first, and the one before while that counts; none: they cannot be read
        std::string problem; ///< of the secrets
        std::deque<store::DueDelivery> ready; ///< read ahead
        std::set<std::int64_t> known; ///< ready, under way, or ended and not yet written down
        int underWay = 0;
        int failuresInARow = 0;
        SteadyTime restSince{}; ///< what was under way then says nothing new
        SteadyTime restUntil{};
        bool moreWaits = false; ///< there was more than could be read ahead
    };

    void work();
    Result<void> readHooks();
    Result<void> writeResults();
    Result<void> readAhead();
    Result<void> keepBounds(const std::vector<Hook> &hooks);
    /// Forgets the secret before the present one when its time is over.
    Result<void> endOverlap(Hook &hook);
    /// Under m_mutex.
    void startReady();
    void begin(Line &line, store::DueDelivery delivery);
    void onFinished(const net::WebAnswer &answer);
    void wakeUp();

    EngineCore &m_core;
    EvenTime m_calendar;
    std::atomic<bool> m_look{true};
    std::atomic<bool> m_again{false}; ///< somebody wrote, something ended, or room for more came
    std::atomic<bool> m_working{false};
    std::atomic<bool> m_busy{true};
    std::atomic<bool> m_stopping{false};
    std::atomic<bool> m_any{false}; ///< there is a hook
    std::uint64_t m_seen = 0; ///< data version; the ticking thread's
    int m_ticks = 0; ///< the ticking thread's

    std::mutex m_startMutex; ///< between stop() and work that begins
    mutable std::mutex m_mutex;
    std::map<std::int64_t, Line> m_lines; ///< guarded by m_mutex
    struct UnderWay {
        std::int64_t hook = 0;
        std::int64_t delivery = 0;
        MessageId message;
        int tries = 0;
        SteadyTime since;
    };
    std::map<std::uint64_t, UnderWay> m_underWay; ///< guarded by m_mutex
    std::uint64_t m_nextId = 1; ///< guarded by m_mutex
    std::vector<store::DeliveryResult> m_results; ///< guarded by m_mutex; not written down yet
    std::vector<std::pair<Hook, std::string>> m_toStop; ///< guarded by m_mutex; and why
    Random m_random; ///< guarded by m_mutex
    bool m_clamped = false; ///< the working thread's
    std::chrono::steady_clock::time_point m_countedAt{}; ///< the working thread's
    std::optional<SteadyTime> m_agedAt; ///< the working thread's: when what is too old was dropped last
    std::unique_ptr<net::WebClient> m_client; ///< last: its thread calls back; made with the first hook
};

} // namespace songda
