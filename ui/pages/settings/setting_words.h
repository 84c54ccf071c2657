// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/policy_value.h"

#include <QString>

namespace songda::ui::words {

/// A field of the policy in the operator's words.
struct Setting {
    QString part; ///< of the engine it belongs to
    QString title;
    QString explanation; ///< what another value does
};
/// For a field it does not know, its own name and help.
Setting setting(const PolicyValue &value);

/// "3 min 20 s", "12.5 %", "yes": a value of the field as JSON text, for reading.
QString settingValue(const PolicyValue &field, const std::string &json);
/// What it takes, in words.
QString settingRange(const PolicyValue &field);
/// What a number of it counts; empty: just a number.
QString settingUnit(const PolicyValue &field);
/// By how much a number of it is multiplied to be shown in that unit.
double settingScale(const PolicyValue &field);

} // namespace songda::ui::words
