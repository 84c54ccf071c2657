// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/accounts_table.h"
#include "engine/store/batches_table.h"
#include "engine/store/claims.h"
#include "engine/store/intake.h"
#include "engine/store/journal_writer.h"
#include "engine/store/message_pages.h"
#include "engine/store/migrations.h"
#include "engine/store/recovery.h"
#include "engine/store/templates_table.h"
#include "engine/store/verify.h"
#include "tests/must.h"
#include "tests/simulation/compare.h"
#include "tests/simulation/memory_directory.h"

#include <QTemporaryDir>

namespace songda::testing {

inline WallTime chinaTime(const char *iso) { return parseIso8601(iso).value(); }

/// Ten in the morning, China time, and an hour after boot.
inline const Now morning{chinaTime("2026-03-02T10:00:00"), SteadyTime{std::chrono::hours{1}}};

/// The same moment later on both clocks.
inline Now later(Now now, Millis by) { return {now.wall + by, now.steady + by}; }

/// A journal in a directory of its own, with one account, one template and one batch. Inline mode unless
/// said otherwise: jobs run inside submit, on the test's thread.
class TestJournal {
public:
    explicit TestJournal(store::JournalWriter::Mode mode = store::JournalWriter::Mode::Inline,
        std::chrono::microseconds gathering = std::chrono::milliseconds{5}) {
        writer = must(store::JournalWriter::open({path(), mode, 512, gathering}));
        account = addAccount("main");
        templateRef = addTemplate(account, 'a');
        batch = addBatch();
        run = startRun("boot-1");
    }

    std::string path() const { return dir.filePath(QStringLiteral("songda.db")).toStdString(); }

    /// Runs one job that returns a value, in a transaction of its own.
    template <class Job> auto write(Job job) {
        using Value = typename std::invoke_result_t<Job, store::WriteSession &>::value_type;
        if constexpr (std::is_void_v<Value>) {
            must(writer->submitAndWait(job, store::JournalWriter::Isolation::None));
        } else {
            std::optional<Value> value;
            must(writer->submitAndWait(
                [&](store::WriteSession &session) -> Result<void> {
                    auto result = job(session);
                    if (!result)
                        return tl::unexpected(result.error());
                    value = std::move(*result);
                    return {};
                },
                store::JournalWriter::Isolation::None));
            return std::move(*value);
        }
    }
    /// Runs SQL as it stands: for planting damage and odd rows. The sums are the caller's business.
    void exec(const std::string &sql) {
        write([&](store::WriteSession &session) { return session.database().exec(sql.c_str()); });
    }
    store::Database reader() const {
        return must(store::Database::open(path(), store::Database::Mode::ReadOnly, store::newestSchemaVersion()));
    }
    std::int64_t number(const std::string &sql) const {
        auto database = reader();
        return must(database.scalar(sql.c_str())).value_or(INT64_MIN);
    }
    /// First column of every row, joined by blanks.
    std::string list(const std::string &sql) const {
        auto database = reader();
        auto statement = must(store::Statement::prepare(database.handle(), sql));
        std::string joined;
        while (must(statement.step()))
            joined += (joined.empty() ? "" : " ") + statement.string(0);
        return joined;
    }
    /// Names of the invariants that do not hold, joined by commas; empty when all is well.
    std::string broken() const {
        auto database = reader();
        std::string names;
        for (const Violation &violation : must(store::verify(database)))
            names += (names.empty() ? "" : ", ") + violation.invariant;
        return names;
    }

    AccountId addAccount(const std::string &name, UncertainPolicy policy = UncertainPolicy::HoldForPerson) {
        Account a;
        a.name = name;
        a.appid = "wx0123456789abcdef";
        a.uncertainPolicy = policy;
        a.createdAt = morning.wall;
        return write([&](store::WriteSession &session) { return store::insertAccount(session, a); });
    }
    TemplateRef addTemplate(AccountId of, char letter) {
        Template t;
        t.account = of;
        t.templateId = std::string(43, letter);
        t.title = std::string("title ") + letter;
        t.content = "{{thing1.DATA}}";
        return write([&](store::WriteSession &session) { return store::putTemplate(session, t, morning.wall); });
    }
    BatchId addBatch(int priority = 1, BatchKind kind = BatchKind::Import) {
        return addBatch(account, templateRef, priority, kind);
    }
    BatchId addBatch(AccountId of, TemplateRef with, int priority = 1, BatchKind kind = BatchKind::Import) {
        Batch b;
        b.account = of;
        b.templateRef = with;
        b.kind = kind;
        b.name = "batch";
        b.priority = priority;
        b.createdAt = morning.wall;
        b.createdBy = "tester";
        return write([&](store::WriteSession &session) { return store::insertBatch(session, b); });
    }
    RunId startRun(const std::string &bootId, WallTime at = morning.wall) {
        return write([&](store::WriteSession &session) {
            return store::startRun(session, {"node", 1, bootId}, {at, morning.steady + (at - morning.wall)});
        });
    }

    static NewMessage newMessage(const std::string &openid, WallTime dueAt = morning.wall) {
        static Random random(20260302);
        NewMessage m;
        m.openid = openid;
        m.content = R"({"data":{"thing1":{"value":"hello"}}})";
        m.clientMsgId = makeClientMsgId(random);
        m.dueAt = dueAt;
        return m;
    }
    MessageId add(const std::string &openid, WallTime dueAt = morning.wall) { return add(batch, newMessage(openid, dueAt)); }
    MessageId add(BatchId to, const NewMessage &message) { return add(account, to, message).id; }
    store::Enqueued add(AccountId of, BatchId to, const NewMessage &message) {
        return write([&](store::WriteSession &session) {
            return store::enqueue(session, of, to, {message}, morning.wall);
        }).front();
    }
    std::vector<MessageId> addMany(BatchId to, int count, const std::string &prefix = "o", WallTime dueAt = morning.wall) {
        std::vector<NewMessage> messages;
        for (int i = 0; i < count; ++i)
            messages.push_back(newMessage(prefix + std::to_string(i), dueAt));
        const auto added = write([&](store::WriteSession &session) {
            return store::enqueue(session, account, to, messages, morning.wall);
        });
        std::vector<MessageId> ids;
        for (const auto &one : added)
            ids.push_back(one.id);
        return ids;
    }

    ClaimReply claim(int limit = 100, Now now = morning) { return claim(ClaimRequest{account, run, limit, now}); }
    ClaimReply claim(const ClaimRequest &request) {
        return write([&](store::WriteSession &session) { return store::claimDue(session, request); });
    }
    int finish(const std::vector<AttemptResult> &results) {
        return write([&](store::WriteSession &session) { return store::finishAttempts(session, results); });
    }
    void release(const std::vector<ClaimedMessage> &claims) {
        write([&](store::WriteSession &session) { return store::releaseClaims(session, run, claims); });
    }
    store::RecoveryReport recover(RunId by, Now now) {
        return write([&](store::WriteSession &session) { return store::recoverClaims(session, by, now); });
    }
    Message message(MessageId id) const {
        auto database = reader();
        return must(store::readMessage(database, id));
    }
    std::vector<Attempt> attempts(MessageId id) const {
        auto database = reader();
        return must(store::readAttempts(database, id));
    }
    MessageState state(MessageId id) const { return message(id).state; }

    /// How an attempt ends, as the engine would report it.
    static AttemptResult result(const ClaimedMessage &claim, RunId run, MessageState next, Now now = morning) {
        AttemptResult r;
        r.id = claim.id;
        r.batch = claim.batch;
        r.run = run;
        r.attempt = claim.attempt;
        r.life = claim.life;
        r.phase = AttemptPhase::Answered;
        r.httpStatus = 200;
        r.latency = Micros{25'000};
        r.startedAt = claim.claimedAt;
        r.finishedAt = now.wall;
        r.dueAt = now.wall;
        r.next = next;
        r.ambiguous = claim.ambiguous;
        r.outcome.answered = true;
        switch (next) {
        case MessageState::Accepted:
            r.outcome.errorClass = ErrorClass::Success;
            r.outcome.errcode = 0;
            r.outcome.msgid = std::to_string(1700827132819554305 + claim.id.value * 2);
            break;
        case MessageState::Dead:
            r.outcome.errorClass = ErrorClass::Recipient;
            r.outcome.errcode = 43004;
            r.outcome.cause = "43004";
            r.outcome.errmsg = "require subscribe";
            r.counted = true;
            break;
        case MessageState::Uncertain:
            r.phase = AttemptPhase::Written;
            r.httpStatus = 0;
            r.outcome.answered = false;
            r.outcome.errorClass = ErrorClass::Transient;
            r.outcome.cause = "timeout";
            r.outcome.ambiguous = true;
            r.counted = true;
            break;
        default:
            r.outcome.errorClass = ErrorClass::Transient;
            r.outcome.errcode = -1;
            r.outcome.cause = "-1";
            r.outcome.ambiguous = true;
            r.counted = true;
            break;
        }
        if (r.outcome.ambiguous && !r.ambiguous)
            r.ambiguous = AmbiguousSince{now.wall, now.steady, run};
        return r;
    }
    int finish(const ClaimedMessage &claim, MessageState next, Now now = morning) {
        return finish({result(claim, run, next, now)});
    }
    /// A message brought to a state the ordinary way.
    MessageId addIn(MessageState state, const std::string &openid, Now now = morning) {
        const MessageId id = add(openid, now.wall);
        if (state == MessageState::Queued)
            return id;
        for (const ClaimedMessage &claim : this->claim(1000, now).messages) {
            if (claim.id != id)
                release({claim});
            else if (state != MessageState::Sending)
                finish(claim, state, now);
        }
        return id;
    }

    QTemporaryDir dir{memoryDirectory()};
    std::unique_ptr<store::JournalWriter> writer;
    AccountId account;
    TemplateRef templateRef;
    BatchId batch;
    RunId run;
};

} // namespace songda::testing
