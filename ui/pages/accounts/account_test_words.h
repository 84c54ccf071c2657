// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QString>

namespace songda::ui {

class Directory;

/// What a test of the connection found, in sentences: token, templates and quota; or what is wrong, whose move it is, and
/// which address of ours to enter where.
QString accountTestWords(const AccountTest &test, const Directory &directory);

} // namespace songda::ui
