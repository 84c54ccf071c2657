// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QString>

namespace songda::ui {

class Directory;

/// What WeChat said of an accepted message, in sentences: intercepted or not, or why it did not say.
QString interceptionWords(const InterceptionLookup &lookup, const Directory &directory);

/// A refused attempt as WeChat remembers it, or why it did not say.
QString failureWords(const FailureLookup &lookup, const Directory &directory);

} // namespace songda::ui
