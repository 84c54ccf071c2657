// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/audit.h"

#include <QString>
#include <string>

namespace songda::ui {

/// A sentence of the engine in the present language: what a failed operation says, why the policy was refused, what a
/// hook's receiver answered. Names, numbers and paths in it stay; a sentence that is not known stays as it is. What the
/// database itself says becomes a plain sentence, and goes to the log.
QString engineWords(const std::string &english);

/// The reason of an act, in which programs have sentences of their own; what a person wrote stays as it is.
QString reasonWords(const AuditEntry &act);

} // namespace songda::ui
