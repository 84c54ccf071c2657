// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/time.h"

#include <optional>
#include <cstdint>
#include <string>

namespace songda {

/// Why an account or a template does not send, and who or what decided so.
struct Hold {
    std::string cause; ///< key into the error catalogue, or "operator"
    std::string detail; ///< what to tell the operator, e.g. WeChat's words or the IP it saw
    std::string by; ///< "engine" or a user name
    WallTime since;

    bool operator==(const Hold &) const = default;
};

/// Which WeChat an account speaks to; shown as an unmistakable badge.
enum class Environment { Production, TestAccount, Practice };
const char *toString(Environment environment);

/// What happens to a message whose fate is unknown when its safe window has passed.
enum class UncertainPolicy { HoldForPerson = 0, Resend = 1 };

/// How an account's requests travel: network managers, libcurl's multi interface, or whichever its rate and what
/// answers take call for.
enum class TransportChoice { Auto = 0, Standard = 1, Bulk = 2 };
const char *toString(TransportChoice choice);

/// One Official Account. Its AppSecret is not here: secrets live in the secret store under the name.
struct Account {
    AccountId id;
    std::string name; ///< unique on this profile
    std::string appid;
    std::string apiBase = "https://api.weixin.qq.com";
    std::string secondBase; ///< where the same platform answers when apiBase cannot be reached; empty: nowhere
    std::string proxy; ///< http:// or socks5h://, host and port: by which its requests travel, to either base; empty: none
    double rate = 20; ///< sends per second, 0.01 .. 100000 (default guess of wechat-api.md section 12)
    int burst = 20; ///< tokens the bucket holds, 1 .. 100000
    int connections = 10; ///< requests in flight, 1 .. 480
    bool testAccount = false;
    UncertainPolicy uncertainPolicy = UncertainPolicy::HoldForPerson;
    TransportChoice transport = TransportChoice::Auto;
    std::optional<Hold> hold;
    WallTime createdAt;
    std::optional<WallTime> secondSince; ///< secondBase is the one in use since; nothing: apiBase

    bool operator==(const Account &) const = default;
};

/// Where the account's requests go at present.
inline const std::string &baseInUse(const Account &account) {
    return account.secondSince && !account.secondBase.empty() ? account.secondBase : account.apiBase;
}

/// Practice when the API base is this machine; a WeChat test account is what its owner said is one.
Environment environmentOf(const Account &account);

/// What an operator may change on an account; absent fields stay.
struct AccountChange {
    std::optional<std::string> apiBase;
    std::optional<std::string> secondBase; ///< empty: none any more
    std::optional<std::string> proxy; ///< empty: none any more
    std::optional<double> rate;
    std::optional<int> burst;
    std::optional<int> connections;
    std::optional<bool> testAccount;
    std::optional<UncertainPolicy> uncertainPolicy;
    std::optional<TransportChoice> transport;
};

struct NewAccount {
    Account account; ///< id, hold and createdAt are ignored
    std::string secret;
};

/// What `account test` found out.
struct AccountTest {
    bool token = false;
    Seconds tokenLife{0};
    int templates = 0;
    std::optional<std::int64_t> quota; ///< sends a day, and
    std::int64_t quotaUsed = 0; ///< how many of them are used up today, both as WeChat counts
    std::string cause; ///< first failure, key into the catalogue; empty when all is well
    std::string detail; ///< WeChat's words
    std::string address; ///< ours, as WeChat named it when it is not in its whitelist
};

} // namespace songda
