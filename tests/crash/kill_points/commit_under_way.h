// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace songda::kill_points {

/// The commit to die at has begun and has not ended.
bool commitUnderWay();

} // namespace songda::kill_points
