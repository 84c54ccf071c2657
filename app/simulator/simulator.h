// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/followers.h"
#include "app/simulator/ledger_types.h"
#include "app/simulator/options.h"
#include "app/simulator/templates.h"

#include <tl/expected.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace songda::simulator {

/// A local stand-in for api.weixin.qq.com with one account: it answers as strictly as the platform, fails on
/// demand, and keeps the truth about what every person really received. Thread-safe.
class Simulator {
public:
    /// Starts serving. The error is a finished sentence.
    static tl::expected<std::unique_ptr<Simulator>, std::string> start(Options options);
    /// Stops at once, also with connections left hanging.
    ~Simulator();
    Simulator(const Simulator &) = delete;
    Simulator &operator=(const Simulator &) = delete;

    std::uint16_t port() const;
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    std::string baseUrl() const;

    LedgerSummary ledger() const;
    /// Everything sent to one openid, a record a message, oldest first.
    std::vector<LedgerRecord> received(std::string_view openid) const;
    /// The same JSON as POST /__control takes. The error is a finished sentence.
    tl::expected<void, std::string> control(std::string_view json);
    /// The same JSON as GET /__control gives.
    std::string state() const;

    void stop();

private:
    class Private;
    explicit Simulator(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace songda::simulator
