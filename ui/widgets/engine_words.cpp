// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/engine_words.h"

#include "engine/model/message_state.h"
#include "ui/widgets/format.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <optional>
#include <span>
#include <vector>

namespace songda::ui {

namespace {

/// The engine's sentences with places for what differs; a test looks that none is missing.
constexpr const char *sentences[]{
    // Accounts, keys, users
    QT_TRANSLATE_NOOP("EngineWords", "an account name has 1 to 64 characters"),
    QT_TRANSLATE_NOOP("EngineWords", "an account name has no control characters and no slash"),
    QT_TRANSLATE_NOOP("EngineWords", "the rate must be between 0.01 and 100000 sends a second"),
    QT_TRANSLATE_NOOP("EngineWords", "the burst must be between 1 and 100000"),
    QT_TRANSLATE_NOOP("EngineWords", "the connections must be between 1 and 480"),
    QT_TRANSLATE_NOOP("EngineWords", "the appid is empty or has blanks; it looks like wx0123456789abcdef"),
    QT_TRANSLATE_NOOP("EngineWords", "the secret is empty or has blanks; it has 32 characters"),
    QT_TRANSLATE_NOOP("EngineWords", "there is already an account named %1"),
    QT_TRANSLATE_NOOP("EngineWords", "there is no account named \"%1\"; see account list"),
    QT_TRANSLATE_NOOP("EngineWords", "there is no account \"%1\""),
    QT_TRANSLATE_NOOP("EngineWords", "the API base must be a URL such as https://api.weixin.qq.com"),
    QT_TRANSLATE_NOOP("EngineWords", "the API base must not contain a user name or password"),
    QT_TRANSLATE_NOOP("EngineWords", "the API base must begin with https://; plain http is allowed for this machine only"),
    QT_TRANSLATE_NOOP("EngineWords", "a client's name is 1 to 64 bytes of text without control characters and @"),
    QT_TRANSLATE_NOOP("EngineWords", "a key needs at least one of the scopes send, read and manage"),
    QT_TRANSLATE_NOOP("EngineWords", "the key would have expired already"),
    QT_TRANSLATE_NOOP("EngineWords", "there is no API key %1"),
    QT_TRANSLATE_NOOP("EngineWords", "a password has at least %1 characters"),
    QT_TRANSLATE_NOOP("EngineWords", "no admin would be left; the last admin can only be removed when no other user is left"),
    QT_TRANSLATE_NOOP("EngineWords", "there is no user \"%1\""),
    QT_TRANSLATE_NOOP("EngineWords", "there is a user \"%1\" already"),
    QT_TRANSLATE_NOOP("EngineWords", "too many wrong passwords: \"%1\" is locked until %2; an admin can unlock"),
    QT_TRANSLATE_NOOP("EngineWords", "wrong name or password"),
    QT_TRANSLATE_NOOP("EngineWords", "this process only looks on"),
    // What a template, a message or an openid is refused for
    QT_TRANSLATE_NOOP("EngineWords", "%1 is empty; every key of the template needs a value"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is longer than %2 characters; shorten it"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is not valid UTF-8"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 contains a line break or another control character; remove it"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 must be %2"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is missing; the template needs it"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is not a key of the template; remove it"),
    QT_TRANSLATE_NOOP("EngineWords", "the openid is empty or has characters other than letters, digits, _ and -"),
    QT_TRANSLATE_NOOP("EngineWords", "the URL must begin with http:// or https:// and be at most 1024 bytes without blanks"),
    QT_TRANSLATE_NOOP("EngineWords", "letters, digits and symbols without Chinese"),
    QT_TRANSLATE_NOOP("EngineWords", "a number such as 12 or 12.5"),
    QT_TRANSLATE_NOOP("EngineWords", "letters only"),
    QT_TRANSLATE_NOOP("EngineWords", "symbols only"),
    QT_TRANSLATE_NOOP("EngineWords", "Chinese characters only"),
    QT_TRANSLATE_NOOP("EngineWords", "a name of at most 10 characters (20 without Chinese)"),
    QT_TRANSLATE_NOOP("EngineWords", "an amount such as ¥12.50 or 12元"),
    QT_TRANSLATE_NOOP("EngineWords", "a phone number"),
    QT_TRANSLATE_NOOP("EngineWords", "a number plate"),
    QT_TRANSLATE_NOOP("EngineWords", "a time such as 15:01 or 2019-10-01 15:01"),
    QT_TRANSLATE_NOOP("EngineWords", "a date such as 2019-10-01 or 2019年10月1日"),
    QT_TRANSLATE_NOOP("EngineWords", "the value of %1 contains the sensitive word %2"),
    QT_TRANSLATE_NOOP("EngineWords", "the idempotency key is longer than 128 bytes"),
    QT_TRANSLATE_NOOP("EngineWords", "the idempotency key \"%1\" was used before, for another message (%2)"),
    QT_TRANSLATE_NOOP("EngineWords", "no message was handed over under this key"),
    QT_TRANSLATE_NOOP("EngineWords", "the messages would no longer be useful when they are due: useful until %1, due at %2"),
    QT_TRANSLATE_NOOP("EngineWords", "the template id is empty or has characters other than letters, digits, _ and -"),
    QT_TRANSLATE_NOOP("EngineWords", "the template's content is not valid UTF-8; save the file as UTF-8"),
    QT_TRANSLATE_NOOP("EngineWords", "the content has no placeholder such as {{thing1.DATA}}"),
    QT_TRANSLATE_NOOP("EngineWords", "account \"%1\" has no template \"%2\", or more than one of that title"),
    QT_TRANSLATE_NOOP("EngineWords", "several templates are titled \"%1\"; name it by its template id"),
    QT_TRANSLATE_NOOP("EngineWords", "the account has no template \"%1\"; run template sync, or template add"),
    QT_TRANSLATE_NOOP("EngineWords", "the template has no key \"%1\"; its keys are: %2"),
    // Files that are read
    QT_TRANSLATE_NOOP("EngineWords", "%1 is empty"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 cannot be read: %2"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot read %1: %2"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot read %1"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot read on in %1: %2"),
    QT_TRANSLATE_NOOP("EngineWords", "%1, line %2: %3"),
    QT_TRANSLATE_NOOP("EngineWords", "%1, line %2 cannot be read"),
    QT_TRANSLATE_NOOP("EngineWords", "%1, line %2: \"%3\" is no openid; nothing was added"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 has a header but no rows"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 was changed since it was checked; check it again, then queue it"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is no CSV file but %2; open it with its program and save the table as CSV"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is in the encoding %2, which cannot be read here; save it as UTF-8"),
    QT_TRANSLATE_NOOP("EngineWords", "the file has two columns named \"%1\"; rename one"),
    QT_TRANSLATE_NOOP("EngineWords", "the columns \"%1\" and \"%2\" differ by nothing but large and small letters; rename one"),
    QT_TRANSLATE_NOOP("EngineWords", "the column \"%1\" looks like a template key, but the template has no such key; choose the right template, or remove or rename the column"),
    QT_TRANSLATE_NOOP("EngineWords", "seed \"%1\": %2"),
    QT_TRANSLATE_NOOP("EngineWords", "batch \"%1\" runs already; pause it first, or give another name, to have a seed looked at"),
    QT_TRANSLATE_NOOP("EngineWords", "a workbook of a spreadsheet program, or another archive"),
    QT_TRANSLATE_NOOP("EngineWords", "a workbook of an older spreadsheet program"),
    QT_TRANSLATE_NOOP("EngineWords", "a compressed file"),
    QT_TRANSLATE_NOOP("EngineWords", "a PDF document"),
    QT_TRANSLATE_NOOP("EngineWords", "a database"),
    // Files that are written
    QT_TRANSLATE_NOOP("EngineWords", "cannot open %1: %2"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot open %1"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot write %1: %2"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot write %1: %2; nothing was left behind"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 cannot be written: %2"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 exists already; choose another name"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is there already; an archive is made as a new file"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot make %1"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot make the folder %1"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot read back %1"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot sync %1 to its disk"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot name the copy %1: %2"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot name the archive %1: %2"),
    QT_TRANSLATE_NOOP("EngineWords", "the copy %1 is damaged"),
    QT_TRANSLATE_NOOP("EngineWords", "the archive %1 is damaged; nothing was deleted"),
    QT_TRANSLATE_NOOP("EngineWords", "the export was cancelled; no file was left"),
    QT_TRANSLATE_NOOP("EngineWords", "the check was stopped"),
    // Messages, batches, replays, and who may
    QT_TRANSLATE_NOOP("EngineWords", "there is no message %1"),
    QT_TRANSLATE_NOOP("EngineWords", "there is no batch %1"),
    QT_TRANSLATE_NOOP("EngineWords", "there is no replay %1"),
    QT_TRANSLATE_NOOP("EngineWords", "there is no act %1"),
    QT_TRANSLATE_NOOP("EngineWords", "message %1 cannot be sent again: its recipient was erased"),
    QT_TRANSLATE_NOOP("EngineWords", "message %1 was sent again by somebody else meanwhile; look at it anew"),
    QT_TRANSLATE_NOOP("EngineWords", "message %1 is %2; only what failed or was cancelled can be sent again"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 cannot be sent again: its recipient was erased"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 was sent again by somebody else meanwhile; look at it anew"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is %2; only what failed or was cancelled can be sent again"),
    QT_TRANSLATE_NOOP("EngineWords", "message %1 was changed by a damaged disk and is not sent again; queue it anew"),
    QT_TRANSLATE_NOOP("EngineWords", "the stored content of the message cannot be read"),
    QT_TRANSLATE_NOOP("EngineWords", "the note is longer than 2000 bytes"),
    QT_TRANSLATE_NOOP("EngineWords", "batch %1 was cancelled; send its rest, or single messages of it, to go on"),
    QT_TRANSLATE_NOOP("EngineWords", "nothing matches; there is nothing to send again"),
    QT_TRANSLATE_NOOP("EngineWords", "a replay needs a reason, for the audit"),
    QT_TRANSLATE_NOOP("EngineWords", "the pace is 0.01 to 100000 messages a second"),
    QT_TRANSLATE_NOOP("EngineWords", "a ladder has up to 50 steps of 1 to 100000 messages each"),
    QT_TRANSLATE_NOOP("EngineWords", "the line of failures is a share of 0 to 1 and at least one message"),
    QT_TRANSLATE_NOOP("EngineWords", "a replay is paused, resumed or cancelled"),
    QT_TRANSLATE_NOOP("EngineWords", "replay %1 is %2 already"),
    QT_TRANSLATE_NOOP("EngineWords", "done"),
    QT_TRANSLATE_NOOP("EngineWords", "cancelled"),
    QT_TRANSLATE_NOOP("EngineWords", "the frozen list of replay %1 has a gap"),
    QT_TRANSLATE_NOOP("EngineWords", "it has %1 messages, and more than %2 need a second person: somebody other than %3 has to let it go"),
    QT_TRANSLATE_NOOP("EngineWords", "more than %1 messages at once need a second person; send them again under watch, by a replay, which waits for one"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 messages to this person wait or are being sent; cancel them, or let them end, first"),
    QT_TRANSLATE_NOOP("EngineWords", "the reason names the openid, and would stay in the audit"),
    QT_TRANSLATE_NOOP("EngineWords", "the engine was closed while the message was waited for"),
    QT_TRANSLATE_NOOP("EngineWords", "somebody reads the database, so its log could not be emptied"),
    // Policy
    QT_TRANSLATE_NOOP("EngineWords", "the policy file is no JSON object; mend it first"),
    QT_TRANSLATE_NOOP("EngineWords", "the policy file has to be mended first: %1"),
    QT_TRANSLATE_NOOP("EngineWords", "somebody changed the policy file meanwhile; look at it and try again"),
    QT_TRANSLATE_NOOP("EngineWords", "%1: \"%2\" is not a value"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is larger than 32 MB"),
    QT_TRANSLATE_NOOP("EngineWords", "the file is larger than 1 MB"),
    QT_TRANSLATE_NOOP("EngineWords", "line %1: %2"),
    QT_TRANSLATE_NOOP("EngineWords", "line %1: this is no JSON, there is a NUL byte"),
    QT_TRANSLATE_NOOP("EngineWords", "this is no JSON"),
    QT_TRANSLATE_NOOP("EngineWords", "this is no JSON, near %1"),
    QT_TRANSLATE_NOOP("EngineWords", "\"%1\" stands twice in one object"),
    QT_TRANSLATE_NOOP("EngineWords", "nested too deep"),
    QT_TRANSLATE_NOOP("EngineWords", "line %1: the word is not UTF-8"),
    QT_TRANSLATE_NOOP("EngineWords", "line %1: the word is longer than 100 characters"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is no field of a policy"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is no field of a policy; did you mean \"%2\"?"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is written with objects, one in another, instead of dots"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 must be an object"),
    QT_TRANSLATE_NOOP("EngineWords", "a policy is a JSON object"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is not known here; there are format, defaults and accounts"),
    QT_TRANSLATE_NOOP("EngineWords", "a whole number from %1 to %2"),
    QT_TRANSLATE_NOOP("EngineWords", "a number from %1 to %2"),
    QT_TRANSLATE_NOOP("EngineWords", "true or false"),
    QT_TRANSLATE_NOOP("EngineWords", "a time of day such as \"22:30\""),
    QT_TRANSLATE_NOOP("EngineWords", "the name of a file, without a folder"),
    QT_TRANSLATE_NOOP("EngineWords", "\"full\", \"equal\" or \"none\""),
    QT_TRANSLATE_NOOP("EngineWords", "%1 must not be more than %2"),
    QT_TRANSLATE_NOOP("EngineWords", "quota.kept_for_urgent and quota.kept_for_normal leave nothing for bulk messages: together at most 0.95"),
    QT_TRANSLATE_NOOP("EngineWords", "shares.bulk and shares.normal leave nothing for urgent messages: together at most 0.9"),
    // Reports from WeChat, hooks, who is told of alerts
    QT_TRANSLATE_NOOP("EngineWords", "the path has 1 to 64 letters, digits, dots, dashes and underlines"),
    QT_TRANSLATE_NOOP("EngineWords", "the Token of a callback has 3 to 32 letters and digits"),
    QT_TRANSLATE_NOOP("EngineWords", "an EncodingAESKey is 43 letters and digits; copy it from the account's page"),
    QT_TRANSLATE_NOOP("EngineWords", "the EncodingAESKey cannot be decoded"),
    QT_TRANSLATE_NOOP("EngineWords", "what is kept of the callback of account %1 is damaged; set it anew"),
    QT_TRANSLATE_NOOP("EngineWords", "a replaced EncodingAESKey can be taken on for 0 seconds to 30 days"),
    QT_TRANSLATE_NOOP("EngineWords", "%1; and the secrets from before could not be put back (%2): set the callback anew"),
    QT_TRANSLATE_NOOP("EngineWords", "a hook's address begins with https://; http is for one's own network and needs --allow-private"),
    QT_TRANSLATE_NOOP("EngineWords", "the address begins with https://; http is for one's own network and needs --allow-private"),
    QT_TRANSLATE_NOOP("EngineWords", "the address of a hook is empty, too long, or has blanks or backslashes"),
    QT_TRANSLATE_NOOP("EngineWords", "the address of a hook begins with https:// (or http:// within one's own network)"),
    QT_TRANSLATE_NOOP("EngineWords", "the address of a hook has no host"),
    QT_TRANSLATE_NOOP("EngineWords", "the address of a hook has a name or password before an @; what proves who asks is the signature"),
    QT_TRANSLATE_NOOP("EngineWords", "the address of a hook has a fragment (#), which is never sent"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is %2, an address that is %3; %4"),
    QT_TRANSLATE_NOOP("EngineWords", "if this very host is meant, say so with --allow-private"),
    QT_TRANSLATE_NOOP("EngineWords", "it cannot be called"),
    QT_TRANSLATE_NOOP("EngineWords", "public"),
    QT_TRANSLATE_NOOP("EngineWords", "this machine's own"),
    QT_TRANSLATE_NOOP("EngineWords", "of a private network"),
    QT_TRANSLATE_NOOP("EngineWords", "link-local"),
    QT_TRANSLATE_NOOP("EngineWords", "of a cloud's metadata service"),
    QT_TRANSLATE_NOOP("EngineWords", "multicast"),
    QT_TRANSLATE_NOOP("EngineWords", "reserved"),
    QT_TRANSLATE_NOOP("EngineWords", "there is no hook %1"),
    QT_TRANSLATE_NOOP("EngineWords", "what a hook is to be told is kept for 1 to %1 days"),
    QT_TRANSLATE_NOOP("EngineWords", "of what a hook is to be told %1 to %2 are kept"),
    QT_TRANSLATE_NOOP("EngineWords", "a hook is told of one or more ends of messages"),
    QT_TRANSLATE_NOOP("EngineWords", "hook %1 is being removed; hook remove ends that"),
    QT_TRANSLATE_NOOP("EngineWords", "its secret was not kept; remove it and add it again"),
    QT_TRANSLATE_NOOP("EngineWords", "a hook's secret begins with whsec_"),
    QT_TRANSLATE_NOOP("EngineWords", "a hook's secret is whsec_ and base64 of 24 to 64 bytes"),
    QT_TRANSLATE_NOOP("EngineWords", "without TLS a password would be readable on its way: leave the user away, or use TLS"),
    QT_TRANSLATE_NOOP("EngineWords", "a mail server is a name or an address, and a port from 1 to 65535"),
    QT_TRANSLATE_NOOP("EngineWords", "the mail's sender must be a plain address such as songda@example.com"),
    QT_TRANSLATE_NOOP("EngineWords", "the mail's recipients must be plain addresses such as ops@example.com, one at least"),
    QT_TRANSLATE_NOOP("EngineWords", "the user at the mail server has a line break in it"),
    QT_TRANSLATE_NOOP("EngineWords", "a command is the full path of a program, and arguments"),
    QT_TRANSLATE_NOOP("EngineWords", "a command has at most 50 arguments of at most 4000 bytes"),
    QT_TRANSLATE_NOOP("EngineWords", "there is no alert sink %1"),
    QT_TRANSLATE_NOOP("EngineWords", "there is no command"),
    QT_TRANSLATE_NOOP("EngineWords", "the command cannot be started: %1"),
    QT_TRANSLATE_NOOP("EngineWords", "the command was ended"),
    QT_TRANSLATE_NOOP("EngineWords", "the command did not end within ten seconds"),
    QT_TRANSLATE_NOOP("EngineWords", "the command crashed"),
    QT_TRANSLATE_NOOP("EngineWords", "the command ended with %1"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 belongs to another user: no command is run"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 can be written by others: no command is run (chmod go-w)"),
    QT_TRANSLATE_NOOP("EngineWords", "the stored notice cannot be read"),
    QT_TRANSLATE_NOOP("EngineWords", "HTTP %1: redirects are not followed"),
    QT_TRANSLATE_NOOP("EngineWords", "the address is not called: %1"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is public"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is this machine's own"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is of a private network"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is link-local"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is of a cloud's metadata service"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is multicast"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is reserved"),
    QT_TRANSLATE_NOOP("EngineWords", "it is no internet address"),
    QT_TRANSLATE_NOOP("EngineWords", "its name is not known"),
    QT_TRANSLATE_NOOP("EngineWords", "no connection"),
    QT_TRANSLATE_NOOP("EngineWords", "no answer in time"),
    QT_TRANSLATE_NOOP("EngineWords", "no TLS connection"),
    QT_TRANSLATE_NOOP("EngineWords", "its certificate is not trusted"),
    QT_TRANSLATE_NOOP("EngineWords", "the connection broke"),
    QT_TRANSLATE_NOOP("EngineWords", "the address cannot be read"),
    QT_TRANSLATE_NOOP("EngineWords", "the request failed (%1)"),
    QT_TRANSLATE_NOOP("EngineWords", "the name of the mail server is not known"),
    QT_TRANSLATE_NOOP("EngineWords", "no connection to the mail server"),
    QT_TRANSLATE_NOOP("EngineWords", "the mail server does not answer in time"),
    QT_TRANSLATE_NOOP("EngineWords", "the mail server offers no TLS; nothing was sent"),
    QT_TRANSLATE_NOOP("EngineWords", "no TLS connection to the mail server"),
    QT_TRANSLATE_NOOP("EngineWords", "the mail server's certificate is not trusted"),
    QT_TRANSLATE_NOOP("EngineWords", "the mail server does not take user and password"),
    QT_TRANSLATE_NOOP("EngineWords", "the mail server does not take user and password (the server answered %1)"),
    QT_TRANSLATE_NOOP("EngineWords", "ended before it was sent"),
    QT_TRANSLATE_NOOP("EngineWords", "the mail was not taken: %1"),
    QT_TRANSLATE_NOOP("EngineWords", "the mail was not taken: %1 (the server answered %2)"),
    QT_TRANSLATE_NOOP("EngineWords", "taken"),
    QT_TRANSLATE_NOOP("EngineWords", "the receiver says that it is gone (HTTP 410)"),
    QT_TRANSLATE_NOOP("EngineWords", "alert %1: no access token"),
    QT_TRANSLATE_NOOP("EngineWords", "the answer is not a template list"),
    // Secrets and passphrase
    QT_TRANSLATE_NOOP("EngineWords", "the new passphrase is empty or longer than 1024 bytes"),
    QT_TRANSLATE_NOOP("EngineWords", "the new passphrase has control characters or is no UTF-8: it could not be typed again"),
    QT_TRANSLATE_NOOP("EngineWords", "the new passphrase is the present one"),
    QT_TRANSLATE_NOOP("EngineWords", "the new passphrase counts from now on, but the audit could not record the change: %1"),
    QT_TRANSLATE_NOOP("EngineWords", "the secrets are in memory only and forgotten at the end; they have no passphrase"),
    QT_TRANSLATE_NOOP("EngineWords", "the secrets of this profile lie in the system's key store, which seals them with a key of its own; change that there, as a rule with the login password"),
    QT_TRANSLATE_NOOP("EngineWords", "no secret is kept yet, so there is no passphrase that could be changed"),
    QT_TRANSLATE_NOOP("EngineWords", "no secret is kept in %1 yet, so it has no passphrase that could be changed"),
    QT_TRANSLATE_NOOP("EngineWords", "no system key store is available here, so secrets are kept in an encrypted file: set SONGDA_PASSPHRASE"),
    QT_TRANSLATE_NOOP("EngineWords", "the passphrase of the secrets file is being asked for"),
    QT_TRANSLATE_NOOP("EngineWords", "Songda is being closed"),
    QT_TRANSLATE_NOOP("EngineWords", "the archive was ended on the way; no file was left"),
    QT_TRANSLATE_NOOP("EngineWords", "no secret is kept for %1; add it with account add"),
    QT_TRANSLATE_NOOP("EngineWords", "no secret is kept for %1"),
    QT_TRANSLATE_NOOP("EngineWords", "the system key store has no secret for %1"),
    QT_TRANSLATE_NOOP("EngineWords", "the system key store gave no answer"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is not a secrets file of this program"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is damaged"),
    QT_TRANSLATE_NOOP("EngineWords", "the passphrase of %1 was changed since this program opened it; start it anew with the new passphrase"),
    QT_TRANSLATE_NOOP("EngineWords", "the passphrase does not open %1; check SONGDA_PASSPHRASE"),
    QT_TRANSLATE_NOOP("EngineWords", "the key could not be derived from the passphrase"),
    QT_TRANSLATE_NOOP("EngineWords", "the secrets could not be encrypted"),
    QT_TRANSLATE_NOOP("EngineWords", "the system has no random bytes"),
    QT_TRANSLATE_NOOP("EngineWords", "the folder of %1 could not be synced: what was changed counts, and may be lost in a power cut"),
    QT_TRANSLATE_NOOP("EngineWords", "another process is changing the secrets and does not end: %1 is locked; nothing was changed, try again"),
    QT_TRANSLATE_NOOP("EngineWords", "a password could not be hashed: not enough memory"),
    // Profile and database
    QT_TRANSLATE_NOOP("EngineWords", "the database reported a fault; the particulars are in the log"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is not a profile; make one with: songda-cli --profile %2 init"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is a profile already"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is not a settings file of this program; it was left untouched"),
    QT_TRANSLATE_NOOP("EngineWords", "%1: \"secrets\" must be \"keychain\" or \"file\""),
    QT_TRANSLATE_NOOP("EngineWords", "%1 was written by a newer Songda (%2, this program knows %3); use that version, the file was left untouched"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 was written by a newer Songda (schema %2, this program knows %3); use that version, the file was left untouched"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is not a database; it was left untouched"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is another program's database; it was left untouched"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 does not exist"),
    QT_TRANSLATE_NOOP("EngineWords", "the database is older than what last ran on this profile, as after restoring a backup: %1 messages wait, and some of them may have been sent already; nothing is sent until somebody agrees (songda-cli restore accept --reason ...)"),
    QT_TRANSLATE_NOOP("EngineWords", "the database is as new as what last ran here; there is nothing to agree to"),
    QT_TRANSLATE_NOOP("EngineWords", "the profile %1 is in use: %2 runs its engine; stop it first, or work beside it with the other commands"),
    QT_TRANSLATE_NOOP("EngineWords", "another process"),
    QT_TRANSLATE_NOOP("EngineWords", "the profile %1 lies on a network share (%2), where machines cannot lock it from each other%3"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot lock %1: %2"),
    QT_TRANSLATE_NOOP("EngineWords", "the journal is closed"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot read the sums of the database"),
    QT_TRANSLATE_NOOP("EngineWords", "a query failed: %1"),
    QT_TRANSLATE_NOOP("EngineWords", "a job failed: %1"),
    QT_TRANSLATE_NOOP("EngineWords", "a write failed: %1"),
    QT_TRANSLATE_NOOP("EngineWords", "Qt has no SQLite driver; install the package libqt6sql6-sqlite"),
    QT_TRANSLATE_NOOP("EngineWords", "an index names message %1 as waiting, which it is not"),
    // The settings of the doors
    QT_TRANSLATE_NOOP("EngineWords", "settings.json: \"doors\" must be an object"),
    QT_TRANSLATE_NOOP("EngineWords", "settings.json, \"doors\": there is no setting \"%1\""),
    QT_TRANSLATE_NOOP("EngineWords", "settings.json, \"doors\": \"%1\" must be %2"),
    QT_TRANSLATE_NOOP("EngineWords", "settings.json, \"doors\": \"certificate\" and \"key\" go together"),
    QT_TRANSLATE_NOOP("EngineWords", "settings.json, \"doors\": \"connections_per_address\" must be no more than \"connections\""),
    QT_TRANSLATE_NOOP("EngineWords", "settings.json, \"doors\", \"jwt\": %1"),
    QT_TRANSLATE_NOOP("EngineWords", "there is no setting \"%1\""),
    QT_TRANSLATE_NOOP("EngineWords", "\"%1\" is neither an IP address nor a range such as 10.0.0.0/8"),
    QT_TRANSLATE_NOOP("EngineWords", "\"%1\": after the slash must stand a number from 0 to %2"),
    QT_TRANSLATE_NOOP("EngineWords", "\"%1\" is not an IP address to listen on"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot listen on %1 port %2: %3"),
    // What the system says
    QT_TRANSLATE_NOOP("EngineWords", "No such file or directory"),
    QT_TRANSLATE_NOOP("EngineWords", "Permission denied"),
    QT_TRANSLATE_NOOP("EngineWords", "No space left on device"),
    QT_TRANSLATE_NOOP("EngineWords", "Is a directory"),
    QT_TRANSLATE_NOOP("EngineWords", "Not a directory"),
    QT_TRANSLATE_NOOP("EngineWords", "Read-only file system"),
    QT_TRANSLATE_NOOP("EngineWords", "Input/output error"),
    QT_TRANSLATE_NOOP("EngineWords", "Address already in use"),
    QT_TRANSLATE_NOOP("EngineWords", "The bound address is already in use"),
    // Look-ups, agreements, keys that are replaced, lists
    QT_TRANSLATE_NOOP("EngineWords", "%1 cannot be asked about: its recipient was erased"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 was not accepted, so WeChat cannot have intercepted it"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 has no %2"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 of %2 has no rid; WeChat gives one only with what it refuses"),
    QT_TRANSLATE_NOOP("EngineWords", "the templates are as they were: asking for them was ended"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 messages were sent again; more of them failed meanwhile, and so many at once need a second person: send the rest again under watch, by a replay, which waits for one"),
    QT_TRANSLATE_NOOP("EngineWords", "\"%1\" is what a batch says that nobody has paused; give another reason"),
    QT_TRANSLATE_NOOP("EngineWords", "nobody has agreed to batch %1, which needs a second person; send its messages again under watch, by a replay, which waits for one"),
    QT_TRANSLATE_NOOP("EngineWords", "this key or token is not for template \"%1\""),
    QT_TRANSLATE_NOOP("EngineWords", "the secret before is signed with for 0 to 30 days more"),
    QT_TRANSLATE_NOOP("EngineWords", "hook %1 is being removed"),
    QT_TRANSLATE_NOOP("EngineWords", "somebody else gave hook %1 another secret just now"),
    QT_TRANSLATE_NOOP("EngineWords", "there is no template \"%1\" in the key's accounts, or more than one of that title"),
    QT_TRANSLATE_NOOP("EngineWords", "the key before is taken for 0 to 30 days more"),
    QT_TRANSLATE_NOOP("EngineWords", "key %1 is not taken any more, or another is in its place already; make a new one"),
    QT_TRANSLATE_NOOP("EngineWords", "key %1 was revoked meanwhile"),
    QT_TRANSLATE_NOOP("EngineWords", "the second API address is the first one again; give another, or none"),
    QT_TRANSLATE_NOOP("EngineWords", "the proxy is written as http://host:port or socks5h://host:port, with a port from 1 to 65535 and nothing behind it"),
    QT_TRANSLATE_NOOP("EngineWords", "the proxy has a name or password before an @; only proxies that ask for none can be used"),
    QT_TRANSLATE_NOOP("EngineWords", "the address of the proxy is written as four numbers, such as 192.168.1.20, or as IPv6 in brackets"),
    QT_TRANSLATE_NOOP("EngineWords", "the address of the proxy is link-local, reserved or that of a cloud's metadata service; no proxy is there"),
    QT_TRANSLATE_NOOP("EngineWords", "a user's name has 1 to %1 printable bytes, and is not \"engine\", \"doors\" or that of an API client"),
    QT_TRANSLATE_NOOP("EngineWords", "a seed goes to at most %1 people, and %2 are named"),
    QT_TRANSLATE_NOOP("EngineWords", "batch %1 was cancelled while its rows came in; the rest of them was not queued"),
    QT_TRANSLATE_NOOP("EngineWords", "nobody waits for the answer"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 waits for a second person: somebody other than %2 has to let it go"),
    QT_TRANSLATE_NOOP("EngineWords", "the check of %1 was ended"),
    QT_TRANSLATE_NOOP("EngineWords", "\"%1\" is no encoding that can be read here"),
    QT_TRANSLATE_NOOP("EngineWords", "the passphrase does not open %1"),
    QT_TRANSLATE_NOOP("EngineWords", "cannot %1 %2: %3"),
};

/// Reasons that programs write into the audit, where else stands what a person typed.
constexpr const char *reasons[]{
    QT_TRANSLATE_NOOP("EngineWords", "agreed in the console"),
    QT_TRANSLATE_NOOP("EngineWords", "taken back before it left"),
    QT_TRANSLATE_NOOP("EngineWords", "the seed was looked at"),
    QT_TRANSLATE_NOOP("EngineWords", "cancelled while it was under way"),
    QT_TRANSLATE_NOOP("EngineWords", "Songda was closed while it was under way"),
    QT_TRANSLATE_NOOP("EngineWords", "the cancelling was cut off"),
    QT_TRANSLATE_NOOP("EngineWords", "its secret could not be kept"),
    QT_TRANSLATE_NOOP("EngineWords", "a new day of practice"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 wrong passwords"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 repeated, %2 uncertain, %3 put aside"),
};

struct Sentence {
    const char *english;
    QRegularExpression form;
    qsizetype letters; ///< of its own: the more, the surer it is meant
};

std::vector<Sentence> compiled(std::span<const char *const> given) {
    static const QRegularExpression place(QStringLiteral("%[1-9]"));
    std::vector<Sentence> all;
    for (const char *english : given) {
        const QStringList own = QString::fromUtf8(english).split(place);
        QStringList parts;
        for (const QString &part : own)
            parts.append(QRegularExpression::escape(part));
        QRegularExpression form(QRegularExpression::anchoredPattern(parts.join(QStringLiteral("(.+?)"))), QRegularExpression::DotMatchesEverythingOption);
        all.push_back({english, std::move(form), own.join(QString()).size()});
    }
    std::stable_sort(all.begin(), all.end(), [](const Sentence &a, const Sentence &b) { return a.letters > b.letters; });
    return all;
}

QString inWords(const QString &text, int depth);

/// What stands in a place may be a sentence, too, or the engine's name of a state.
QString placeInWords(const QString &text, int depth) {
    if (const auto state = messageStateFromString(text.toStdString()))
        return words::state(*state);
    const QString said = inWords(text, depth);
    // What may stand in a setting of the doors has its words there.
    return said == text ? QCoreApplication::translate("DoorWords", text.toUtf8().constData()) : said;
}

std::optional<QString> matched(const std::vector<Sentence> &known, const QString &text, int depth) {
    for (const Sentence &sentence : known) {
        const auto match = sentence.form.match(text);
        if (!match.hasMatch())
            continue;
        QString said = QCoreApplication::translate("EngineWords", sentence.english);
        // By hand: what a value says is no place for the next one.
        QString whole;
        for (qsizetype i = 0; i < said.size(); ++i) {
            const int place = said[i] == QLatin1Char('%') && i + 1 < said.size() ? said[i + 1].digitValue() : -1;
            if (place < 1 || place > match.lastCapturedIndex()) {
                whole.append(said[i]);
                continue;
            }
            whole.append(placeInWords(match.captured(place), depth));
            ++i;
        }
        return whole;
    }
    return std::nullopt;
}

/// What a sentence is about often stands before it: a file, a line, a name.
QString inWords(const QString &text, int depth) {
    static const std::vector<Sentence> known = compiled(sentences);
    constexpr int deepest = 3;
    if (text.isEmpty() || depth > deepest)
        return text;
    if (const auto whole = matched(known, text, depth + 1))
        return *whole;
    static const QRegularExpression between(QStringLiteral("[:;,] "));
    for (auto it = between.globalMatch(text); it.hasNext();) {
        const auto at = it.next();
        if (const auto rest = matched(known, text.mid(at.capturedEnd()), depth + 1))
            return text.left(at.capturedEnd()) + *rest;
    }
    return text;
}

} // namespace

QString engineWords(const std::string &english) {
    constexpr std::string_view ofTheDatabase = "database: ";
    if (!english.starts_with(ofTheDatabase))
        return inWords(q(english), 0);
    // It helps those who mend programs, not those who send messages. A picture of the engine says it ten times a second.
    static std::string last;
    if (last != english)
        qWarning("%s", english.c_str());
    last = english;
    return inWords(QStringLiteral("the database reported a fault; the particulars are in the log"), 0);
}

QString reasonWords(const AuditEntry &act) {
    if (act.who == "engine")
        return engineWords(act.reason);
    static const std::vector<Sentence> known = compiled(reasons);
    constexpr int once = 3; // what a person typed is left as it is
    return matched(known, q(act.reason), once + 1).value_or(q(act.reason));
}

} // namespace songda::ui
