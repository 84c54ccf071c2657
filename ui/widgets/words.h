// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/account.h"
#include "engine/model/attempt.h"
#include "engine/model/batch.h"
#include "engine/model/console_user.h"
#include "engine/model/error.h"
#include "engine/model/message.h"
#include "engine/model/outcome.h"
#include "engine/model/replay.h"
#include "engine/model/report_check.h"
#include "engine/model/row_problem.h"
#include "engine/model/snapshot.h"
#include "engine/policy/value_rules.h"
#include "ui/widgets/colours.h"

#include <QString>
#include <functional>
#include <string>
#include <vector>

namespace songda::ui::words {

// The engine speaks in codes; here they become the operator's words, the same everywhere. All in the language
// that is set at the moment.

QString state(MessageState state);
Tone tone(MessageState state);
/// With the time that is left for a safe repeat: "Uncertain · 7:12".
QString stateWithClock(const MessageRow &message, WallTime now);
/// Until when a repeat cannot be a second notification; empty for what surely did not arrive.
QString safeRepeat(const MessageRow &message, WallTime now);
/// What happens to the message next, in a sentence or two; `held` is what keeps it back, see whatHolds().
QString next(const Message &message, WallTime now, const QString &held = {});

QString errorClass(ErrorClass value);
Tone tone(ErrorClass value);
/// "content" of the catalogue -> whose move that is.
QString move(const std::string &move);

QString gate(Gate gate);
/// The words for a key of the error catalogue.
using CauseNames = std::function<QString(const std::string &)>;
/// Why an account or a template is held: what a person said, or what the engine found.
QString holdReason(const Hold &hold, const CauseNames &causes);
/// One sentence: why an account sends or does not.
QString gateSentence(const AccountSnapshot &account, const CauseNames &causes);
QString gateAdvice(Gate gate);
/// "Paused by ada since 01-31 18:30:00", as far as it is known; of an engine that is paused.
QString pausedBy(const Snapshot &snapshot);
Tone tone(Gate gate);

QString environment(Environment environment);
Tone tone(Environment environment);

QString phase(AttemptPhase phase);
Tone tone(AttemptPhase phase);

QString batchState(BatchState state);
QString replayState(ReplayState state);
Tone tone(ReplayState state);
/// Why it stands still; empty while it goes on. `cause` with its words.
QString replayStop(const ReplayRun &run, const QString &cause);
/// "Sending again after this helped 31 of 40 times here."
QString odds(const RetryOdds &odds, bool retryHelps);
/// Why a batch stands still, who said so and when.
QString batchHold(const Hold &hold);
/// bulk, normal, urgent
QString priority(int priority);
/// Why somebody is on the list of people who are not written to.
QString suppressionCause(const std::string &cause);
QString role(UserRole role);
/// Why a button is grey: who may do this.
QString onlyFor(const std::vector<UserRole> &roles);
QString act(const std::string &act);
/// What is wrong with a report that is checked.
QString reportFault(const ReportProblem &problem);
/// What WeChat reported of an accepted message.
QString report(const std::string &status);

QString valueType(ValueType type);
/// What is wrong with a value, and what to do.
QString fault(ValueFault fault, ValueType type);

/// Why a row of a file was not taken.
QString rowFault(const RowProblem &problem);

/// A failed operation: what it means, and the engine's own sentence with the particulars.
QString error(const Error &error);

} // namespace songda::ui::words
