// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace songda::testing {

/// Tests whose full figure takes minutes show a part of it, unless SONGDA_FULL_FORM is set (ctest -L slow).
inline int inFullForm(int full, int usual) { return qEnvironmentVariableIntValue("SONGDA_FULL_FORM") > 0 ? full : usual; }

} // namespace songda::testing
