// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace songda {

/// What a person may say a file is written in; GB18030 reads GBK and GB 2312.
inline const std::array<const char *, 9> &csvEncodings() {
    static constexpr std::array<const char *, 9> names{"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE", "Big5", "Shift_JIS", "EUC-JP", "EUC-KR", "windows-1252"};
    return names;
}

} // namespace songda
