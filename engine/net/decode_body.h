// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/http.h"

#include <string_view>

namespace songda::net {

/// Unpacks the body of a whole answer as its Content-Encoding says. No encoding is ever asked for, but a relay in
/// between may do as it likes. What cannot be unpacked becomes BrokenBody, what grows past the limit TooLarge.
void decodeBody(HttpResponse &response, std::string_view contentEncoding);

} // namespace songda::net
