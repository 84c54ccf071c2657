// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/account.h"
#include "engine/model/error.h"
#include "engine/model/http.h"
#include "engine/model/outcome.h"
#include "engine/net/lane_pool.h"

#include <atomic>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string>

namespace songda {

class EngineCore;

/// Asks the platform something on an operator's behalf, outside the delivery: one question at a time, on
/// a worker thread, through the same HTTP port with the same promises. Fetching a stable token does not
/// disturb the one the delivery uses (wechat-api.md section 2.2).
class ApiCaller {
public:
    /// `cancelled` may become true on any thread: what is asked then ends with HttpFailure::Cancelled.
    explicit ApiCaller(EngineCore &core, const std::atomic<bool> *cancelled = nullptr);
    ~ApiCaller();

    struct Token {
        std::optional<std::string> token;
        Seconds life{0};
        Outcome outcome; ///< why there is none
    };
    /// Fails only when the account or its secret cannot be had; a refusal of the platform is in `outcome`.
    Result<Token> token(const std::string &accountName);

    struct Answer {
        HttpResponse response;
        Outcome outcome;
    };
    /// Asks what needs a token. One that the platform no longer knows is fetched anew, and the question asked once more
    /// (wechat-api.md section 2.4); `held` is then the new one.
    Answer query(const std::string &accountName, std::string &held, const std::function<HttpRequest(const std::string &token)> &request);

    /// Of a refusal, as a key into the catalogue: what a token was refused for has words of its own.
    static std::string causeOf(const Outcome &outcome, bool atToken);

private:
    HttpResponse call(HttpRequest request);
    Answer askOnce(HttpRequest request, const std::string &held);

    EngineCore &m_core;
    const std::atomic<bool> *m_cancelled;
    std::mutex m_mutex;
    std::promise<HttpResponse> m_answer; ///< guarded by m_mutex
    net::ExchangeId m_lastId = 0;
    net::LanePool m_lanes; ///< last: its threads call back into the members above
};

} // namespace songda
