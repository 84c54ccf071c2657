// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine_options.h"
#include "engine/model/account.h"
#include "engine/model/alert.h"
#include "engine/model/api_key.h"
#include "engine/model/archive_request.h"
#include "engine/model/attempt.h"
#include "engine/model/audit.h"
#include "engine/model/batch.h"
#include "engine/model/callback.h"
#include "engine/model/cause_words.h"
#include "engine/model/console_user.h"
#include "engine/model/csv_encodings.h"
#include "engine/model/desk_requests.h"
#include "engine/model/erasure.h"
#include "engine/model/error.h"
#include "engine/model/export_request.h"
#include "engine/model/forecast.h"
#include "engine/model/hook.h"
#include "engine/model/import_request.h"
#include "engine/model/job_control.h"
#include "engine/model/lookup.h"
#include "engine/model/message.h"
#include "engine/model/message_detail.h"
#include "engine/model/meters.h"
#include "engine/model/platform_event.h"
#include "engine/model/policy_value.h"
#include "engine/model/queries.h"
#include "engine/model/radar.h"
#include "engine/model/replay.h"
#include "engine/model/report_check.h"
#include "engine/model/row_problem.h"
#include "engine/model/send_request.h"
#include "engine/model/snapshot.h"
#include "engine/model/suppression.h"
#include "engine/model/template.h"

#include <QFuture>
#include <QObject>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace songda::log {
class Log;
}

namespace songda {

class EngineCore;

/// The engine as its users see it: commands go in as values and answer through futures, one coalesced
/// Snapshot comes out at most ten times a second. Nothing here blocks; every function may be called from
/// the thread the object lives on.
class Engine final : public QObject {
    Q_OBJECT
public:
    /// Makes a new profile: folder, settings.json, songda.db. AlreadyExists if there is one.
    static Result<void> createProfile(const std::string &dir);
    /// Opens a profile. InUse says who holds the lock when role is Engine and somebody else has it.
    static Result<std::unique_ptr<Engine>> open(EngineOptions options);
    ~Engine() override;

    EngineOptions::Role role() const;

    // Users. While none are set up, whoever opens the profile may do everything; afterwards, what the role of who has signed
    // in allows. What is not allowed answers NotAllowed, with who may.
    Session session() const;
    /// Why the present user may not do this, as a sentence; empty when they may.
    std::string whyNot(Permission permission) const;
    static std::vector<UserRole> rolesWith(Permission permission);
    QFuture<Result<UserRole>> signIn(std::string name, std::string password);
    void signOut();
    QFuture<Result<std::vector<ConsoleUser>>> users();
    QFuture<Result<void>> addUser(std::string name, UserRole role, std::string password);
    QFuture<Result<void>> setUserRole(std::string name, UserRole role);
    QFuture<Result<void>> setUserPassword(std::string name, std::string password);
    QFuture<Result<void>> unlockUser(std::string name);
    QFuture<Result<void>> removeUser(std::string name);

    // Delivery (role Engine)
    /// Starts delivering; what an earlier run left in flight is settled first. Restored when the database is older than
    /// what last ran on this profile.
    Result<void> start();
    /// What start() refuses with Restored: how many messages wait, each of which may have been sent after the backup
    /// was made. Nothing when the database is as new as what ran here.
    QFuture<Result<std::optional<std::int64_t>>> restoredWaiting();
    /// A person agrees that what waits is sent although some of it may arrive a second time. Then start() again.
    QFuture<Result<void>> acceptRestored(std::string reason);
    /// Pauses sending, or lets it go on; it stays so when the engine is started anew. Beside the process that delivers that
    /// one keeps to it, within a second. Whether it was otherwise before; false also of an engine that was not started.
    QFuture<Result<bool>> setPaused(bool paused, std::string reason = {});
    /// Ends gracefully: what is in flight may finish for up to ten seconds. `stopped` follows.
    void requestStop();
    Snapshot snapshot() const;
    /// Any thread.
    Meters meters() const;
    /// Nothing left to do but what is scheduled for later, held, or out of quota until tomorrow.
    bool isDrained() const;

    // Accounts
    /// Whether an API address may be used; InvalidInput says what is wrong with it.
    static Result<void> checkApiBase(const std::string &base);
    /// The same for where the account goes when `first` cannot be reached; empty is fine: nowhere.
    static Result<void> checkSecondBase(const std::string &second, const std::string &first);
    /// The same for the proxy that the account's requests travel by; empty is fine: none.
    static Result<void> checkProxy(const std::string &proxy);
    QFuture<Result<Account>> addAccount(NewAccount account);
    QFuture<Result<void>> changeAccount(std::string name, AccountChange change);
    QFuture<Result<void>> changeSecret(std::string name, std::string secret);
    /// In place of a hold of the engine's own; false when a person held it already. Like the three others of its kind it answers
    /// false, and leaves no mark in the audit, when nothing changed.
    QFuture<Result<bool>> holdAccount(std::string name, std::string reason);
    QFuture<Result<bool>> resumeAccount(std::string name);
    QFuture<Result<AccountTest>> testAccount(std::string name);
    QFuture<Result<std::vector<Account>>> accounts();

    // Policy
    /// A commented file with every field at its built-in value.
    static std::string examplePolicy();
    /// InvalidInput says file, line and reason.
    static Result<void> checkPolicyFile(const std::string &file);
    /// What is in force for an account.
    Result<std::vector<PolicyValue>> policyOf(const std::string &account);
    QFuture<Result<PolicyFile>> policyFile();
    /// What the file would be and mean with some fields changed. Nothing is written; comments in the file are lost.
    QFuture<Result<PolicyDraft>> draftPolicy(PolicyEdit edit);
    /// Puts a draft in force; what it replaces stays beside it as policy.json.before. Audited.
    QFuture<Result<void>> writePolicy(PolicyDraft draft, std::string reason);
    /// Where the secrets lie, without opening it: "keychain", "file", "memory", or empty while there is none; "shut out" when
    /// they lie in a file whose passphrase another process has changed since this one opened it.
    QFuture<Result<std::string>> secretsPlace();
    /// Seals the file of secrets anew under another passphrase: all or nothing, also when killed. Secret when `present` is
    /// not the one it has, InvalidInput where secrets do not lie in a file. Other processes go on with what they have read
    /// and must be started anew to read or change more. Audited.
    QFuture<Result<void>> changePassphrase(std::string present, std::string fresh);
    /// The section "doors" of the profile's settings as JSON, empty without one. What may stand there is the doors' affair.
    QFuture<Result<std::string>> doorSection();
    /// Puts another one in its place, checked by the caller. Audited; it counts from when the doors are next opened.
    QFuture<Result<void>> setDoorSection(std::string section, std::string reason);

    // Templates
    /// Ended by its control it is Cancelled and changes nothing.
    QFuture<Result<TemplateSync>> syncTemplates(std::string account, std::shared_ptr<JobControl> control = {});
    QFuture<Result<Template>> addTemplate(std::string account, Template t);
    QFuture<Result<bool>> holdTemplate(std::string account, std::string templateId, std::string reason);
    QFuture<Result<bool>> resumeTemplate(std::string account, std::string templateId, std::string reason = {});
    QFuture<Result<std::vector<Template>>> templates();
    /// What it looked like before, newest first.
    QFuture<Result<std::vector<TemplateVersion>>> templateHistory(TemplateRef id);
    /// How much each template is used since the full hour of `since`, and what waits for it now.
    QFuture<Result<std::vector<TemplateUse>>> templateUse(WallTime since);

    // Sending
    QFuture<Result<SendReport>> send(SendRequest request);
    /// The same, and answers when the message has ended, repeats included, or after `patience`. Whichever engine
    /// delivers the profile does the work: this one if it was started, or another process.
    QFuture<Result<SendOutcome>> sendAndWait(SendRequest request, Millis patience);
    /// Takes messages of a business system in, an answer for each. What comes at the same time from many callers shares
    /// one transaction. A key belongs to its client; the same key with another message is AlreadyExists, a template that is
    /// not for the client is Refused. Any thread.
    QFuture<std::vector<Result<IntakeReport>>> takeIn(std::vector<SendRequest> requests, IntakeClient client);
    /// Handed over and not yet in the database; any thread.
    std::size_t beingTakenIn() const;
    /// The message a client handed over under a key; it may be archived. Any thread.
    QFuture<Result<MessageId>> findByKey(std::string account, std::string key, std::string client);
    /// What is left of an archived message while its key is remembered; NotFound when nothing is. Any thread.
    QFuture<Result<KeptMessage>> keptMessage(MessageId id);
    QFuture<Result<ImportReport>> importCsv(ImportRequest request);
    QFuture<Result<CsvPreview>> previewCsv(std::string path, int rows, std::string encoding = {});
    /// Pauses, resumes or cancels; a cancelled batch stays so, see sendToRest(). Nothing of a paused or cancelled batch
    /// leaves any more once this has answered. Who lets a batch go that waits for a second person agrees to it, if it was not
    /// they who asked; one that a person has paused goes on standing still then, until it is resumed once more. A cancelling
    /// that its control ends on the way leaves the batch paused, with what is not cancelled yet.
    QFuture<Result<bool>> setBatchState(BatchId batch, BatchState state, std::string reason, std::shared_ptr<JobControl> control = {});
    /// Whether whoever has signed in may let a batch of this account go as it is now. From memory.
    MayLetGo mayLetGo(const Batch &batch, const std::string &account) const;
    /// Sends after all what of a batch was cancelled or ran out of time: only to those who surely did not get it.
    QFuture<Result<ResendReport>> sendToRest(BatchId batch, std::string reason, std::shared_ptr<JobControl> control = {});
    /// When what waits, and a batch that is still to come, will have gone. Nothing is sent or kept.
    QFuture<Result<Forecast>> forecast(ForecastRequest request);

    // What the platform reports by itself
    /// Records delivery reports and consents of an account. Answers when they are safe on disk; once more is once, so
    /// after a failure the whole list can be handed in again.
    QFuture<Result<EventReceipt>> recordEvents(std::string account, std::vector<PlatformEvent> events);
    /// What was taken by WeChat since a time and not reported on; of one account, or of all for an empty name.
    QFuture<Result<std::vector<RadarReport>>> radar(std::string account, WallTime since, int first);
    /// Asks the platform whether it intercepted a message that it had accepted, which it does not report. Audited, with what
    /// it said; InvalidInput when it never accepted the message, or the person was erased.
    QFuture<Result<InterceptionLookup>> lookUpInterception(MessageId id);
    /// Asks the platform about an attempt that it refused, by the rid it gave. Audited.
    QFuture<Result<FailureLookup>> lookUpFailure(MessageId id, int attempt);
    /// Sets up where the platform of an account reports to. Answers with the secrets to enter there.
    QFuture<Result<CallbackSetup>> setCallback(CallbackWish wish);
    /// False when there was none.
    QFuture<Result<bool>> removeCallback(std::string account);
    QFuture<Result<std::vector<Callback>>> callbacks();
    /// With their secrets, which takes a look into the secret store.
    QFuture<Result<std::vector<CallbackSetup>>> callbackSetups();

    // Business systems that are told what became of messages (Standard Webhooks)
    QFuture<Result<IssuedHook>> addHook(NewHook hook);
    /// With what it was still to be told. False when there was none.
    QFuture<Result<bool>> removeHook(std::int64_t id, std::string reason);
    /// Lets a hook that stopped go on, and tries again what was given up. Answers how many of these there were.
    QFuture<Result<std::int64_t>> resumeHook(std::int64_t id);
    /// How much is kept for it; what is not named stays as it is.
    QFuture<Result<Hook>> setHookBounds(std::int64_t id, std::optional<int> keepDays, std::optional<std::int64_t> keepRows);
    /// Another secret in place of the present one, with which deliveries are signed as well for `overlap` more: none to 30 days.
    QFuture<Result<IssuedHook>> rotateHook(std::int64_t id, Seconds overlap, std::string reason);
    QFuture<Result<std::vector<Hook>>> hooks();
    /// Sends it something that it is to ignore.
    QFuture<Result<HookTest>> testHook(std::int64_t id);

    // Alerts
    /// Open ones by level, or past ones, newest first.
    QFuture<Result<std::vector<Alert>>> alerts(AlertFilter filter);
    /// Somebody sees to it: it is not told again. False when it is over, or somebody has said so before.
    QFuture<Result<bool>> acknowledgeAlert(std::int64_t id, std::string reason);
    /// What was told of an alert, to whom, and what came of it; newest first.
    QFuture<Result<std::vector<AlertTelling>>> alertTellings(std::int64_t id);
    /// As they are in force for an account; for an empty name what counts for the whole profile. From memory.
    Result<std::vector<AlertRuleInfo>> alertRules(const std::string &account, bool chinese);
    QFuture<Result<IssuedAlertSink>> addAlertSink(NewAlertSink sink);
    /// With what it was still to be told. False when there was none.
    QFuture<Result<bool>> removeAlertSink(std::int64_t id, std::string reason);
    QFuture<Result<std::vector<AlertSink>>> alertSinks();
    /// Sends it something that says that it is a test.
    QFuture<Result<HookTest>> testAlertSink(std::int64_t id);
    static AlertWords alertWords(const Alert &alert, bool chinese);
    /// One line, as a desktop shows it.
    static std::string alertNoticeTitle(const AlertNotice &notice, bool chinese);

    // Keys of business systems
    QFuture<Result<IssuedApiKey>> addApiKey(NewApiKey key);
    QFuture<Result<bool>> revokeApiKey(std::int64_t id, std::string reason);
    /// Another key for the same, in place of this one, which is taken for `overlap` more: none to 30 days.
    QFuture<Result<IssuedApiKey>> rotateApiKey(std::int64_t id, Seconds overlap, std::string reason);
    QFuture<Result<std::vector<ApiKey>>> apiKeys();

    // People who are not written to
    /// Answers how many were not on the list yet. The control counts people and messages looked at.
    QFuture<Result<std::int64_t>> suppress(SuppressRequest request, std::shared_ptr<JobControl> control = {});
    QFuture<Result<std::int64_t>> liftSuppression(std::string account, std::string openid, std::string templateId, std::string reason);
    /// The same for whom a message is for.
    QFuture<Result<std::int64_t>> liftSuppression(MessageId recipientOf, std::string templateId, std::string reason);
    /// Forgets a person: their messages keep their counts and states, and lose whom they were for and what they said; the
    /// file is written anew. Says what still holds the openid. Unconfirmed, it only looks.
    QFuture<Result<ErasureReport>> eraseRecipient(ErasureRequest request);
    /// The first column of a file; InvalidInput names a line that is no openid.
    QFuture<Result<std::vector<std::string>>> readOpenids(std::string path);
    /// What stands, newest first; for one openid also what was lifted.
    QFuture<Result<std::vector<Suppression>>> suppressions(
        std::optional<AccountId> account, std::string openid, std::optional<std::int64_t> before, int limit);
    /// What stands or stood against whom a message is for, newest first.
    QFuture<Result<std::vector<Suppression>>> suppressionsOf(MessageId recipientOf, int limit);
    /// Accounts that have messages to this person, or an entry of the list.
    QFuture<Result<std::vector<AccountId>>> accountsKnowing(std::string openid);

    // The desk: acts on everything a filter matches, audited. A control tells how far one is, and ends it between two
    // chunks of 500: what is done stays done, and the audit says how much that was.
    using Control = std::shared_ptr<JobControl>;
    QFuture<Result<ResendReport>> resend(MessageFilter filter, std::string reason, ResendOptions options, Control control = {});
    QFuture<Result<std::int64_t>> discard(MessageFilter filter, std::string reason, Control control = {});
    QFuture<Result<std::int64_t>> restore(MessageFilter filter, std::string reason, Control control = {});
    QFuture<Result<CancelReport>> cancel(MessageFilter filter, std::string reason, Control control = {});
    /// Keeps back what waits, until release(). What is claimed already still goes.
    QFuture<Result<std::int64_t>> hold(MessageFilter filter, std::string reason, Control control = {});
    QFuture<Result<std::int64_t>> release(MessageFilter filter, std::string reason, Control control = {});
    /// Makes what waits due at `at`; past: at once, whatever pause a failed try has earned it. Held ones stay held. Left as
    /// they are: what is of no use any more by then, and, for a time to come, what may have arrived: its repeat can wait for
    /// no more than the window in which it is recognised.
    QFuture<Result<std::int64_t>> reschedule(MessageFilter filter, WallTime at, std::string reason, Control control = {});
    /// Sends a message that failed with other words, checked as at its intake. All else about it stays, and so does what
    /// it said before.
    QFuture<Result<EditReport>> editAndResend(EditRequest request);
    /// Writes a note about all messages of a cause; an empty one takes it away.
    QFuture<Result<void>> setCauseNote(AccountId account, std::string cause, std::string note);

    // Replays: a frozen selection is sent again under watch, by whichever process runs the engine
    /// Freezes a selection, and says what sending it again would mean. Nothing is kept.
    QFuture<Result<ReplayPlan>> planReplay(MessageFilter filter, std::shared_ptr<JobControl> control = {});
    QFuture<Result<ReplayRun>> startReplay(ReplayPlan plan, ReplayOptions options);
    /// Running, Paused or Cancelled. What has been let go stays so.
    QFuture<Result<ReplayRun>> setReplayState(ReplayId id, ReplayState state, std::string reason);
    /// Newest first, older than `before` if given.
    QFuture<Result<std::vector<ReplayRun>>> replays(int limit, std::optional<ReplayId> before = {});

    // Looking
    QFuture<Result<Page>> page(PageRequest request);
    QFuture<Result<MessageDetail>> message(MessageId id);
    QFuture<Result<std::vector<Batch>>> batches(int limit);
    QFuture<Result<std::vector<Batch>>> findBatches(BatchSearch search);
    /// The newest of this name, whatever its case.
    QFuture<Result<std::optional<BatchId>>> batchNamed(std::string name);
    QFuture<Result<std::vector<CauseGroup>>> causeGroups();
    /// The dead letters of one batch.
    QFuture<Result<std::vector<CauseGroup>>> causeGroups(BatchId batch);
    QFuture<Result<std::vector<BreakdownRow>>> breakdown(WallTime since, BreakdownBy by);
    /// Attempts by the hour.
    QFuture<Result<std::vector<HourlyCount>>> hourly(WallTime since);
    /// Dead letters by the hour in which they ended.
    QFuture<Result<std::vector<HourlyCount>>> hourlyDead(WallTime since);
    QFuture<Result<std::vector<AuditEntry>>> audit(std::optional<AuditId> before, int limit);
    /// Looks a bounded way back for acts; see AuditFound::next.
    QFuture<Result<AuditFound>> findAudit(AuditSearch search);
    /// Walks along the chain of acts; `noted` is a head that was written down at another time.
    QFuture<Result<AuditCheck>> checkAudit(std::optional<AuditHead> noted = {});
    QFuture<Result<StateCounts>> counts();
    /// What can be known of an engine that another process runs.
    QFuture<Result<LookOn>> lookOn();
    /// Where messages stand now, for those that exist; any thread.
    QFuture<Result<std::map<MessageId, MessageState>>> states(std::vector<MessageId> ids);
    QFuture<Result<Batch>> batch(BatchId id);
    QFuture<Result<std::vector<Violation>>> verify();
    QFuture<Result<ExportReport>> exportReport(ExportRequest request);
    /// Looks whether reports are what they were when they were written, each by its manifest and all by their chain.
    /// Needs no profile; reads the files, so not on the GUI thread.
    static Result<std::vector<ReportCheck>> checkReports(const std::vector<std::string> &files, JobControl *control = nullptr);
    /// The same, and whether this profile wrote them. The control counts rows; ended by it, it is Cancelled.
    QFuture<Result<std::vector<ReportCheck>>> checkReportsSoon(std::vector<std::string> files, std::shared_ptr<JobControl> control = {});

    // Upkeep
    /// What is damaged in the database, in SQLite's words; empty when it is sound. Reads all of it, seconds a gigabyte,
    /// while it is in use.
    QFuture<Result<std::vector<std::string>>> checkIntegrity();
    /// Copies the database to a new file while it is in use; answers its bytes.
    QFuture<Result<std::int64_t>> backup(std::string file);
    /// Writes what ended before a time to a file and, when that is safe on disk, deletes it here in small steps.
    QFuture<Result<ArchiveReport>> archive(ArchiveRequest request);

    // The log: lines of JSON in the profile's songda.log, written by the process that delivers
    /// Nothing where nothing is logged.
    std::shared_ptr<log::Log> log() const;
    /// Under which the log tells of a message, from its intake to its report; any thread. Only where something is logged.
    std::string traceIdOf(MessageId id) const;
    /// "engine=info,delivery=debug,...": from which level on each category is written.
    QFuture<Result<std::string>> logLevels();
    /// In force within seconds, also in another process that delivers. Audited.
    QFuture<Result<std::string>> setLogLevels(std::string levels);

    /// From memory; any thread.
    CauseWords causeWords(const std::string &cause, bool chinese) const;
    static WallTime wallNow();
    /// From here on a crash of this process leaves no core file, in which every secret would stand. SONGDA_CORE_FILES=1 in the
    /// environment leaves it as the system has it. First thing in main().
    static void keepNoCoreFiles();

Q_SIGNALS:
    void snapshotChanged(const songda::Snapshot &snapshot);
    void alertTold(const songda::AlertNotice &notice);
    void stopped();

private:
    explicit Engine(std::unique_ptr<EngineCore> core);

    std::unique_ptr<EngineCore> m_core;
};

} // namespace songda
