// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/outcome.h"

#include <string>

namespace songda {

/// Words of the error catalogue for a cause, in one language.
struct CauseWords {
    std::string meaning;
    std::string advice;
    std::string move; ///< whose move it is: recipient, content, template, account, wechat, network, program
    ErrorClass errorClass = ErrorClass::Unknown;
    bool retryHelps = false;
    bool known = false; ///< false: the code is not in the catalogue
};

} // namespace songda
