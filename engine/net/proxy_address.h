// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace songda::net {

/// A proxy that an operator named for an account: what goes to the platform goes through a tunnel that it opens. It resolves
/// the platform's name.
struct ProxyAddress {
    enum class Kind { Http, Socks5 };

    Kind kind = Kind::Http; ///< Http: a tunnel by CONNECT, over TLS or not
    std::string host; ///< a name in lower case, or an address; IPv6 without brackets
    std::uint16_t port = 0;

    bool operator==(const ProxyAddress &) const = default;
};

/// Reads http://host:port, socks5h://host:port, or socks5://host:port, which means the same. This machine and private networks
/// are fine, for a person wrote it; what can be no proxy (link-local, metadata services) is not, and neither is an address in
/// another spelling than the usual. InvalidInput says what is wrong and repeats nothing of the text, which may hold a password.
Result<ProxyAddress> readProxy(std::string_view text);

/// The same as it is kept: http:// or socks5h://, host and port, and nothing else.
Result<std::string> checkedProxy(std::string_view text);

} // namespace songda::net
