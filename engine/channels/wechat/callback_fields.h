// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace songda::wechat {

/// One element of an XML body, or one member of a JSON body: both formats say the same things (wechat-api.md section 4).
/// A JSON array is as many children of one name, just as XML repeats an element.
struct CallbackField {
    std::string name;
    std::string text; ///< of a leaf, blanks around it cut off; a JSON number digit for digit
    std::vector<CallbackField> children;

    /// The child of this name, in any case of letters; nullptr when there is none. Refused when there are several: nobody
    /// can tell which of them counts.
    Result<const CallbackField *> only(std::string_view childName) const;
    /// Its text; empty when there is none.
    Result<std::string> textOf(std::string_view childName) const;
};

/// Bounds of a body; the platform sends a few hundred bytes.
inline constexpr std::size_t callbackBytes = 1 << 20;
inline constexpr int callbackDepth = 8;
inline constexpr int callbackFields = 1 << 16;

/// Reads a body, XML or JSON by its first character. Refused: what is not UTF-8, too large, too deep, or has a document
/// type, so that no entity can be declared.
Result<CallbackField> readCallbackFields(std::string_view body);

/// ASCII letters in any case.
bool sameName(std::string_view a, std::string_view b);

} // namespace songda::wechat
