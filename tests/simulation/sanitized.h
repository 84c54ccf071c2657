// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace songda::simulation {

/// Under the sanitizers everything takes ten times as long: of a disk's calls, failing one after the other, only a part.
#ifdef __SANITIZE_ADDRESS__
inline constexpr int everyNthCall = 7;
#else
inline constexpr int everyNthCall = 1;
#endif

} // namespace songda::simulation
