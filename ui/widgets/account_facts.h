// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/snapshot.h"

#include <QString>
#include <QStringList>

namespace songda::ui {

// What the engine found out about an account that closes no gate by itself, and still spoils the day.

/// Empty while nobody else seems to use the account's secret.
QString secretFact(const AccountSnapshot &account);
/// Empty while this computer's clock goes with WeChat's, to the minute.
QString clockFact(const AccountSnapshot &account);
/// Both, as far as they are there.
QStringList accountFacts(const AccountSnapshot &account);
/// The same in a word or two, for a cell.
QString shortFacts(const AccountSnapshot &account);

/// The circuit breaker of an account: what it is, and what that means.
QString breakerText(const AccountSnapshot &account);
QString breakerMeaning(const AccountSnapshot &account);
/// The account whose breaker is furthest from closed; nothing without accounts.
const AccountSnapshot *worstBreaker(const Snapshot &snapshot);

} // namespace songda::ui
