// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace songda::net {

/// Standard Webhooks (standardwebhooks.com): secrets are whsec_ and base64 of 24 to 64 bytes.
std::string webHookSecret(std::string_view bytes);
/// The webhook-signature of a body: v1 and base64 of HMAC-SHA256 over id, time and body.
Result<std::string> webHookSignature(std::string_view secret, std::string_view id, std::int64_t unixSeconds, std::string_view body);

} // namespace songda::net
