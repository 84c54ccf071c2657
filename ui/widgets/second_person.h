// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/approval.h"

#include <QString>

namespace songda::ui {

/// Who has to agree before something goes to many people at once.
enum class SecondPerson {
    No, ///< nobody
    You, ///< whoever has signed in can
    SomebodyElse, ///< whoever has signed in asked, and so cannot
};

SecondPerson secondPerson(const Approval &approval, const std::string &user);
/// The same, as the engine judges a batch.
SecondPerson secondPerson(MayLetGo may);
/// A sentence that says so; empty for No.
QString secondPersonText(SecondPerson who, const Approval &approval);

} // namespace songda::ui
