// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace songda {

struct Outcome;

/// A text without what follows the name of a secret (access_token=..., "secret": "...", Authorization: Bearer ...), and
/// without tokens that are known by their looks (JWT, whsec_...). What answers instead of the platform may repeat a request's
/// address, with the token in it.
std::string withoutNamedSecrets(std::string_view text);

/// Takes the secrets of the request out of what was answered to it, wherever they stand.
void hideSecrets(Outcome &outcome, std::initializer_list<std::string_view> secrets);

} // namespace songda
