// SPDX-License-Identifier: GPL-3.0-or-later
//
// What somebody did, as the audit has it, in the operator's words.
#include "ui/widgets/format.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <algorithm>
#include <iterator>
#include <utility>

namespace songda::ui::words {

namespace {

constexpr std::pair<const char *, const char *> acts[]{
    {"message.resend", QT_TRANSLATE_NOOP("Words", "Resent")},
    {"message.edit", QT_TRANSLATE_NOOP("Words", "Edited and resent")},
    {"message.intercepted", QT_TRANSLATE_NOOP("Words", "Accepted, but intercepted by the platform")},
    {"message.not_intercepted", QT_TRANSLATE_NOOP("Words", "Asked WeChat: not intercepted")},
    {"message.ask", QT_TRANSLATE_NOOP("Words", "Asked WeChat whether it was intercepted, without an answer")},
    {"attempt.ask", QT_TRANSLATE_NOOP("Words", "Asked WeChat about a refused attempt")},
    {"replay.pause", QT_TRANSLATE_NOOP("Words", "Paused a replay")},
    {"replay.resume", QT_TRANSLATE_NOOP("Words", "Let a replay go on")},
    {"replay.cancel", QT_TRANSLATE_NOOP("Words", "Ended a replay")},
    {"replay.stop", QT_TRANSLATE_NOOP("Words", "A replay stopped by itself")},
    {"cause.note", QT_TRANSLATE_NOOP("Words", "Wrote a note")},
    {"message.discard", QT_TRANSLATE_NOOP("Words", "Discarded")},
    {"message.restore", QT_TRANSLATE_NOOP("Words", "Restored")},
    {"message.cancel", QT_TRANSLATE_NOOP("Words", "Cancelled messages")},
    {"message.hold", QT_TRANSLATE_NOOP("Words", "Held messages")},
    {"message.release", QT_TRANSLATE_NOOP("Words", "Released messages")},
    {"message.due", QT_TRANSLATE_NOOP("Words", "Gave messages another time")},
    {"message.cut_short", QT_TRANSLATE_NOOP("Words", "Ended an act on the way")},
    {"message.send", QT_TRANSLATE_NOOP("Words", "Sent one message")},
    {"batch.import", QT_TRANSLATE_NOOP("Words", "Imported a file")},
    {"batch.pause", QT_TRANSLATE_NOOP("Words", "Paused a batch")},
    {"batch.resume", QT_TRANSLATE_NOOP("Words", "Let a batch go on")},
    {"batch.cancel", QT_TRANSLATE_NOOP("Words", "Cancelled a batch")},
    {"account.add", QT_TRANSLATE_NOOP("Words", "Added an account")},
    {"account.change", QT_TRANSLATE_NOOP("Words", "Changed an account")},
    {"account.secret", QT_TRANSLATE_NOOP("Words", "Changed a secret")},
    {"secrets.rekey_begin", QT_TRANSLATE_NOOP("Words", "Began to change the passphrase of the secrets")},
    {"secrets.rekey", QT_TRANSLATE_NOOP("Words", "Changed the passphrase of the secrets")},
    {"account.hold", QT_TRANSLATE_NOOP("Words", "Held an account")},
    {"account.resume", QT_TRANSLATE_NOOP("Words", "Released an account")},
    {"template.sync", QT_TRANSLATE_NOOP("Words", "Fetched the templates")},
    {"template.add", QT_TRANSLATE_NOOP("Words", "Added a template")},
    {"template.hold", QT_TRANSLATE_NOOP("Words", "Held a template")},
    {"template.resume", QT_TRANSLATE_NOOP("Words", "Released a template")},
    {"recipient.suppress", QT_TRANSLATE_NOOP("Words", "Put people on the list of those not written to")},
    {"recipient.lift", QT_TRANSLATE_NOOP("Words", "Took somebody off the list of those not written to")},
    {"recipient.erase", QT_TRANSLATE_NOOP("Words", "Erased a person")},
    {"user.add", QT_TRANSLATE_NOOP("Words", "Added a user")},
    {"user.role", QT_TRANSLATE_NOOP("Words", "Gave a user another role")},
    {"user.password", QT_TRANSLATE_NOOP("Words", "Gave a user another password")},
    {"user.remove", QT_TRANSLATE_NOOP("Words", "Removed a user")},
    {"user.lock", QT_TRANSLATE_NOOP("Words", "Locked a user after wrong passwords")},
    {"user.unlock", QT_TRANSLATE_NOOP("Words", "Unlocked a user")},
    {"user.sign_in", QT_TRANSLATE_NOOP("Words", "Signed in")},
    {"log.levels", QT_TRANSLATE_NOOP("Words", "Changed what is logged")},
    {"report.export", QT_TRANSLATE_NOOP("Words", "Exported a report")},
    {"alert.acknowledge", QT_TRANSLATE_NOOP("Words", "Acknowledged an alert")},
    {"alert.sink_add", QT_TRANSLATE_NOOP("Words", "Set up who is told of alerts")},
    {"alert.sink_remove", QT_TRANSLATE_NOOP("Words", "Removed one who was told of alerts")},
    {"account.failover", QT_TRANSLATE_NOOP("Words", "Changed over to the other API address")},
    {"account.slow_down", QT_TRANSLATE_NOOP("Words", "Lowered the rate")},
    {"account.full_speed", QT_TRANSLATE_NOOP("Words", "Let the full rate go again")},
    {"account.refresh_token", QT_TRANSLATE_NOOP("Words", "Fetched a token at once")},
    {"engine.pause", QT_TRANSLATE_NOOP("Words", "Paused sending")},
    {"engine.resume", QT_TRANSLATE_NOOP("Words", "Let sending go on")},
    {"engine.recover", QT_TRANSLATE_NOOP("Words", "Settled what an earlier run left in flight")},
    {"policy.load", QT_TRANSLATE_NOOP("Words", "A changed policy came into force")},
    {"policy.refuse", QT_TRANSLATE_NOOP("Words", "A changed policy was refused")},
    {"doors.change", QT_TRANSLATE_NOOP("Words", "Changed the settings of the doors")},
    {"policy.change", QT_TRANSLATE_NOOP("Words", "Changed the policy")},
    {"hook.add", QT_TRANSLATE_NOOP("Words", "Set up who is told of outcomes")},
    {"hook.set", QT_TRANSLATE_NOOP("Words", "Changed how much is kept for whom is told of outcomes")},
    {"hook.rotate", QT_TRANSLATE_NOOP("Words", "Gave a hook another secret")},
    {"hook.resume", QT_TRANSLATE_NOOP("Words", "Let a hook go on")},
    {"hook.stop", QT_TRANSLATE_NOOP("Words", "A hook was left alone after many failures")},
    {"hook.remove", QT_TRANSLATE_NOOP("Words", "Removed a hook")},
    {"callback.set", QT_TRANSLATE_NOOP("Words", "Set up where WeChat reports to")},
    {"callback.remove", QT_TRANSLATE_NOOP("Words", "Removed where WeChat reports to")},
    {"key.add", QT_TRANSLATE_NOOP("Words", "Made a key for a business system")},
    {"key.rotate", QT_TRANSLATE_NOOP("Words", "Replaced a key of a business system")},
    {"key.revoke", QT_TRANSLATE_NOOP("Words", "Withdrew a key of a business system")},
    {"restore.accept", QT_TRANSLATE_NOOP("Words", "Agreed to send from a restored backup")},
    {"backup", QT_TRANSLATE_NOOP("Words", "Made a backup")},
    {"archive", QT_TRANSLATE_NOOP("Words", "Archived old messages")},
};

} // namespace

QString act(const std::string &act) {
    const auto known = std::find_if(std::begin(acts), std::end(acts), [&act](const auto &one) { return act == one.first; });
    return known == std::end(acts) ? q(act) : QCoreApplication::translate("Words", known->second);
}

} // namespace songda::ui::words
