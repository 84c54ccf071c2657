// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/queries.h"

#include <functional>

class QString;
class QWidget;

namespace songda {
class Engine;
}

namespace songda::ui {

/// Asks what is to be written down about all messages of a cause, and writes it; `cause`: it in words. `said` is called
/// with what came of it as long as `page` lives, which carries the dialog.
void editCauseNote(Engine &engine, const CauseGroup &group, const QString &cause, QWidget *page, std::function<void(const QString &text, bool good)> said);

} // namespace songda::ui
