// SPDX-License-Identifier: GPL-3.0-or-later
//
// How messages come in: one by one, or a file of them.
#include "engine/engine.h"
#include "engine/exchange/content_builder.h"
#include "engine/exchange/csv_writer.h"
#include "engine/exchange/message_rows.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/message_maker.h"
#include "engine/model/hash.h"
#include "engine/policy/value_rules.h"
#include "engine/store/approvals.h"
#include "engine/store/audit_table.h"
#include "engine/store/batches_table.h"
#include "engine/store/erased_names.h"
#include "engine/store/intake.h"
#include "engine/store/suppressions.h"
#include "engine/store/templates_table.h"

#include <QFileInfo>
#include <future>
#include <unordered_set>

namespace songda {

namespace {

/// Rows a transaction. The two hash indexes are hit at random places, so each transaction rewrites most of
/// their pages: few large ones write far less. Beside a running delivery they are small, because its
/// commits wait for them.
constexpr std::size_t chunkRows = 20'000;
constexpr std::size_t chunkRowsWhileDelivering = 2000;
constexpr std::size_t rejectsShown = 100;

std::string delimiterName(char c) {
    switch (c) {
    case '\t': return "tab";
    case ';': return "semicolon";
    case '|': return "bar";
    default: return "comma";
    }
}

/// The first row, or why this is not a table.
Result<std::vector<std::string>> readHeader(exchange::CsvReader &reader, const std::string &path) {
    exchange::CsvRow header;
    const auto first = reader.next(header);
    if (!first)
        return tl::unexpected(first.error());
    if (!*first)
        return fail(ErrorCode::InvalidInput, path + " is empty");
    if (header.fault != exchange::CsvFault::None)
        return fail(ErrorCode::InvalidInput, path + ", line " + std::to_string(header.line) + ": " + toString(header.fault));
    return std::move(header.fields);
}

/// A chunk of rows on its way into the database, and what is needed to report on them afterwards.
struct Chunk {
    std::vector<NewMessage> messages;
    std::vector<exchange::CsvRow> rows; ///< of the messages, kept only when a rejects file is written
    std::vector<std::int64_t> lines;
    std::vector<store::Enqueued> enqueued;
    std::future<Result<void>> committed;
};

/// One import: reads on this thread while the journal writes the chunk before.
class Import {
public:
    Import(EngineCore &core, const ImportRequest &request)
        : m_core(core)
        , m_request(request)
        , m_random(Random::fromSystem()) {}

    Result<ImportReport> run() {
        SONGDA_TRY(prepare());
        exchange::CsvRow row;
        for (;;) {
            const auto more = m_reader->next(row);
            if (!more)
                return tl::unexpected(more.error());
            if (!*more)
                break;
            ++m_report.read;
            SONGDA_TRY(takeRow(row));
            if (m_request.control && m_request.control->cancelled.load(std::memory_order_relaxed)) {
                m_report.cancelled = true;
                // What is not on its way into the database yet stays out of it: the same file again queues it.
                m_report.read -= static_cast<std::int64_t>(m_chunk.messages.size());
                m_report.doubtful -= m_chunkDoubts;
                m_chunk = {};
                break;
            }
        }
        SONGDA_TRY(submitChunk());
        SONGDA_TRY(settle());
        return finish();
    }

private:
    Result<void> prepare() {
        const auto account = m_core.account(m_request.account);
        if (!account)
            return tl::unexpected(account.error());
        m_account = account->id;
        const auto t = m_core.readers
                           ->run<Template>([&](store::Database &db) { return store::findTemplate(db, m_account, m_request.templateId); })
                           .result();
        if (!t)
            return tl::unexpected(t.error());
        m_context.templateRef = t->id;
        auto reader = exchange::CsvReader::open(m_request.path);
        if (!reader)
            return tl::unexpected(reader.error());
        m_reader.emplace(std::move(*reader));
        auto header = readHeader(*m_reader, m_request.path);
        if (!header)
            return tl::unexpected(header.error());
        m_header = std::move(*header);
        const exchange::MappingWish wish{m_request.openidColumn, m_request.keyColumn, m_request.urlColumn, m_request.keyColumns};
        auto mapping = exchange::mapColumns(m_header, templateKeys(t->content), wish);
        if (!mapping)
            return tl::unexpected(mapping.error());
        m_mapping = std::move(*mapping);
        m_report.ignoredColumns = m_mapping.ignored;
        m_report.encoding = m_reader->encoding();
        m_report.delimiter = delimiterName(m_reader->delimiter());
        m_context.batchName = m_request.batchName;
        const auto policy = m_core.policies->current();
        if (!policy)
            return tl::unexpected(policy.error());
        m_policy = *policy;
        m_approvalOver = m_core.approvalOver(**policy, m_request.account);
        m_context.words = m_policy->wordsOf(m_request.account);
        const WallTime now = systemNow().wall;
        m_context.dueAt = std::max(m_request.at.value_or(now), WallTime(now + m_request.recall));
        m_context.expiresAt = m_request.expiresAt;
        if (const Seconds useful = m_policy->set.of(m_request.account).usefulFor; !m_context.expiresAt && useful > Seconds{0})
            m_context.expiresAt = m_context.dueAt + useful;
        SONGDA_TRY(checkTimes(m_context.dueAt, m_context.expiresAt));
        const auto hashes = m_core.readers->run<std::vector<std::int64_t>>([&](store::Database &db) { return store::suppressedHashes(db, m_account, m_context.templateRef); }).result();
        if (!hashes)
            return tl::unexpected(hashes.error());
        m_suppressed = {hashes->begin(), hashes->end()};
        auto erased = m_core.readers->run<std::optional<store::ErasedNames>>([](store::Database &db) { return store::ErasedNames::read(db); }).result();
        if (!erased)
            return tl::unexpected(erased.error());
        m_erased = std::move(*erased);
        for (const std::string &openid : m_request.seeds) {
            if (!isPlausibleOpenid(openid))
                return fail(ErrorCode::InvalidInput, "seed \"" + openid + "\": " + toString(ValueProblem{{}, ValueFault::BadOpenid, ValueType::Untyped}));
        }
        m_report.batchName = m_request.batchName.empty()
            ? QFileInfo(QString::fromStdString(m_request.path)).fileName().toStdString()
            : m_request.batchName;
        if (!m_request.rejectsPath.empty()) {
            auto rejects = exchange::CsvWriter::create(m_request.rejectsPath);
            if (!rejects)
                return tl::unexpected(rejects.error());
            m_rejects = std::move(*rejects);
            m_rejects->cell("line");
            m_rejects->cell("column");
            m_rejects->cell("reason");
            for (const std::string &name : m_header)
                m_rejects->cell(name);
            SONGDA_TRY(m_rejects->endRow());
        }
        return {};
    }

    Result<void> takeRow(exchange::CsvRow &row) {
        auto message = exchange::messageFromRow(row, m_header, m_mapping, m_context, m_random);
        if (!message) {
            ++m_report.rejected;
            return reject(message.error(), row.fields);
        }
        if (mayBeSuppressed(message->openid)) {
            const auto cause = suppressionOf(message->openid);
            if (!cause)
                return tl::unexpected(cause.error());
            m_report.suppressed += *cause == "suppressed" ? 1 : 0;
            if (*cause == "opted_out") {
                ++m_report.rejected;
                ++m_report.optedOut;
                return reject({row.line, m_header[m_mapping.openid], RowFault::OptedOut, {}, "this person asked for no more messages"}, row.fields);
            }
        }
        if (auto doubt = exchange::doubtAbout(row, m_header, m_mapping)) {
            ++m_report.doubtful;
            ++m_chunkDoubts;
            if (m_report.firstDoubts.size() < rejectsShown)
                m_report.firstDoubts.push_back(std::move(*doubt));
        }
        if (m_seedContent.empty())
            m_seedContent = message->content;
        m_chunk.messages.push_back(std::move(*message));
        m_chunk.lines.push_back(row.line);
        if (m_rejects)
            m_chunk.rows.push_back(row);
        const std::size_t full = m_core.loop ? chunkRowsWhileDelivering : chunkRows;
        return m_chunk.messages.size() >= full ? submitChunk() : Result<void>{};
    }

    bool mayBeSuppressed(const std::string &openid) const {
        return !m_suppressed.empty()
            && (m_suppressed.contains(storedHash(openid)) || (m_erased && m_suppressed.contains(storedHash(m_erased->of(m_account, openid)))));
    }

    Result<std::string> suppressionOf(const std::string &openid) {
        return m_core.readers
            ->run<std::string>([&](store::Database &db) { return store::suppressionOf(db, m_account, openid, m_context.templateRef, 1); })
            .result();
    }

    Result<void> reject(const RowProblem &problem, const std::vector<std::string> &fields) {
        if (m_report.firstRejects.size() < rejectsShown)
            m_report.firstRejects.push_back(problem);
        if (!m_rejects)
            return {};
        m_rejects->number(problem.line);
        m_rejects->cell(problem.column);
        m_rejects->cell(problem.reason);
        for (const std::string &field : fields)
            m_rejects->cell(field);
        return m_rejects->endRow();
    }

    Result<void> submitChunk() {
        SONGDA_TRY(settle()); // the chunk before: at most two are in memory
        if (m_chunk.messages.empty())
            return {};
        m_pending = std::make_unique<Chunk>(std::exchange(m_chunk, {}));
        m_chunkDoubts = 0;
        if (m_request.dryRun)
            return dryRun(*m_pending);
        auto promise = std::make_shared<std::promise<Result<void>>>();
        m_pending->committed = promise->get_future();
        if (!m_core.writer)
            return tl::unexpected(EngineCore::viewerOnly());
        m_core.writer->submit(
            [this, chunk = m_pending.get()](store::WriteSession &session) -> Result<void> {
                SONGDA_TRY(ensureBatch(session));
                if (m_approvalOver > 0)
                    SONGDA_TRY(store::askForBatch(session, m_report.batch, m_core.session().user, systemNow().wall));
                auto enqueued = store::enqueue(session, m_account, m_report.batch, chunk->messages, systemNow().wall);
                if (!enqueued)
                    return tl::unexpected(enqueued.error());
                chunk->enqueued = std::move(*enqueued);
                return {};
            },
            [promise](const Result<void> &result) { promise->set_value(result); }, static_cast<int>(m_pending->messages.size()),
            store::JournalWriter::Isolation::Savepoint);
        return {};
    }

    /// Writer thread; this thread waits for it before it looks at the batch.
    Result<void> ensureBatch(store::WriteSession &session) {
        if (m_report.batch)
            return {};
        const WallTime now = systemNow().wall;
        if (!m_request.batchName.empty()) {
            const auto known = store::findImportBatch(session.database(), m_account, m_context.templateRef, m_request.batchName);
            if (!known)
                return tl::unexpected(known.error());
            if (*known) {
                SONGDA_TRY(checkSeeds(session, **known));
                m_report.batch = **known;
            }
        }
        if (!m_report.batch) {
            Batch batch;
            batch.account = m_account;
            batch.templateRef = m_context.templateRef;
            batch.name = m_report.batchName;
            batch.source = QFileInfo(QString::fromStdString(m_request.path)).fileName().toStdString();
            batch.createdAt = now;
            batch.createdBy = m_core.session().user;
            batch.priority = m_request.priority;
            if (!m_request.seeds.empty()) {
                batch.state = BatchState::Paused;
                batch.hold = Hold{"operator", "waits for the seed to be looked at", m_core.session().user, now};
                SONGDA_TRY(queueSeeds(session, batch, now));
            }
            const auto id = store::insertBatch(session, batch);
            if (!id)
                return tl::unexpected(id.error());
            m_report.batch = *id;
        }
        const auto audit = store::recordAct(session, m_core.actor(), "batch.import", "batch " + std::to_string(m_report.batch.value) + " " + m_report.batchName, 0, now);
        if (!audit)
            return tl::unexpected(audit.error());
        m_audit = *audit;
        return {};
    }

    /// Rows added to a batch that runs would leave before anybody has looked at a seed.
    Result<void> checkSeeds(store::WriteSession &session, BatchId known) {
        const auto state = store::batchState(session.database(), known);
        if (!state)
            return tl::unexpected(state.error());
        if (!m_request.seeds.empty() && *state == BatchState::Active)
            return fail(ErrorCode::InvalidInput,
                "batch \"" + m_request.batchName + "\" runs already; pause it first, or give another name, to have a seed looked at");
        return {};
    }

    /// The first row's message to people of the house, as a batch of its own, before anybody else gets one.
    Result<void> queueSeeds(store::WriteSession &session, Batch batch, WallTime now) {
        batch.name += " (seed)";
        batch.state = BatchState::Active;
        batch.hold.reset();
        const auto id = store::insertBatch(session, batch);
        if (!id)
            return tl::unexpected(id.error());
        std::vector<NewMessage> messages;
        for (const std::string &openid : m_request.seeds)
            messages.push_back({openid, m_seedContent, makeClientMsgId(session.random()), {}, now, m_context.expiresAt});
        const auto queued = store::enqueue(session, m_account, *id, messages, now);
        if (!queued)
            return tl::unexpected(queued.error());
        m_report.seedBatch = *id;
        return {};
    }

    Result<void> dryRun(Chunk &chunk) {
        const auto checked = m_core.readers
                                 ->run<bool>([&](store::Database &db) -> Result<bool> {
                                     for (const NewMessage &message : chunk.messages) {
                                         const auto known = store::findByKey(db, m_account, message.idempotencyKey);
                                         if (!known)
                                             return tl::unexpected(known.error());
                                         const bool again = !m_seen.insert(message.idempotencyKey).second;
                                         chunk.enqueued.push_back({known->value_or(MessageId{}), known->has_value() || again});
                                     }
                                     return true;
                                 })
                                 .result();
        if (!checked)
            return tl::unexpected(checked.error());
        return {};
    }

    /// Waits for the pending chunk and reports on its rows.
    Result<void> settle() {
        if (!m_pending)
            return {};
        const std::unique_ptr<Chunk> chunk = std::move(m_pending);
        if (chunk->committed.valid()) {
            if (const auto committed = chunk->committed.get(); !committed)
                return committed;
        }
        for (std::size_t i = 0; i < chunk->enqueued.size(); ++i) {
            const store::Enqueued &e = chunk->enqueued[i];
            if (!e.duplicate) {
                ++m_report.queued;
                continue;
            }
            ++m_report.duplicates;
            const std::string reason = e.id ? "duplicate: the same message is there already, message " + std::to_string(e.id.value)
                                            : std::string("duplicate: the same message stands further up in the file");
            static const std::vector<std::string> none;
            SONGDA_TRY(reject({chunk->lines[i], {}, RowFault::Duplicate, {}, reason}, m_rejects ? chunk->rows[i].fields : none));
        }
        if (m_request.control) {
            m_request.control->rows = m_report.read;
            m_request.control->share = m_reader->progress();
        }
        m_core.workChanged();
        return {};
    }

    Result<ImportReport> finish() {
        if (m_rejects)
            SONGDA_TRY(m_rejects->commit());
        if (m_report.read == 0 && !m_report.cancelled)
            return fail(ErrorCode::InvalidInput, m_request.path + " has a header but no rows");
        if (m_audit) {
            SONGDA_TRY(m_core.writeAndWait([this](store::WriteSession &session) -> Result<void> {
                if (m_approvalOver > 0) {
                    const auto waits = store::settleBatch(session, m_report.batch, m_approvalOver);
                    if (!waits)
                        return tl::unexpected(waits.error());
                    m_report.waitsForSecond = *waits;
                }
                return store::setActCount(session, m_audit, m_report.queued);
            }));
            if (m_approvalOver > 0)
                m_core.workChanged();
        }
        return m_report;
    }

    EngineCore &m_core;
    const ImportRequest &m_request;
    Random m_random;
    AccountId m_account;
    std::optional<exchange::CsvReader> m_reader;
    std::vector<std::string> m_header;
    exchange::ColumnMapping m_mapping;
    exchange::RowContext m_context;
    std::unique_ptr<exchange::CsvWriter> m_rejects;
    std::shared_ptr<const LoadedPolicy> m_policy;
    std::int64_t m_approvalOver = 0; ///< 0: nobody else has to agree
    std::unordered_set<std::int64_t> m_suppressed; ///< hashes; the list itself decides
    std::optional<store::ErasedNames> m_erased; ///< of people who are on the list and were erased
    std::string m_seedContent;
    Chunk m_chunk;
    std::int64_t m_chunkDoubts = 0; ///< rows of m_chunk that are counted as doubtful
    std::unique_ptr<Chunk> m_pending;
    std::unordered_set<std::string> m_seen; ///< dry run only: nothing is written that could be looked up
    AuditId m_audit;
    ImportReport m_report;
};

} // namespace

QFuture<Result<ImportReport>> Engine::importCsv(ImportRequest request) {
    SONGDA_MAY(Send, ImportReport);
    return m_core->work<ImportReport>([core = m_core.get(), request = std::move(request)] { return Import(*core, request).run(); });
}

QFuture<Result<CsvPreview>> Engine::previewCsv(std::string path, int rows) {
    return m_core->work<CsvPreview>([path = std::move(path), rows]() -> Result<CsvPreview> {
        auto reader = exchange::CsvReader::open(path);
        if (!reader)
            return tl::unexpected(reader.error());
        CsvPreview preview;
        preview.encoding = reader->encoding();
        preview.delimiter = delimiterName(reader->delimiter());
        auto header = readHeader(*reader, path);
        if (!header)
            return tl::unexpected(header.error());
        preview.header = std::move(*header);
        exchange::CsvRow row;
        for (int i = 0; i < rows; ++i) {
            const auto more = reader->next(row);
            if (!more)
                return tl::unexpected(more.error());
            if (!*more)
                break;
            preview.rows.push_back(row.fields);
        }
        return preview;
    });
}

QFuture<Result<SendReport>> Engine::send(SendRequest request) {
    SONGDA_MAY(Send, SendReport);
    return m_core->work<SendReport>([core = m_core.get(), request = std::move(request)]() -> Result<SendReport> {
        const auto account = core->account(request.account);
        if (!account)
            return tl::unexpected(account.error());
        const auto t = core->readers
                           ->run<Template>([&](store::Database &db) { return store::findTemplate(db, account->id, request.templateId); })
                           .result();
        if (!t)
            return tl::unexpected(t.error());
        const auto policy = core->policies->current();
        if (!policy)
            return tl::unexpected(policy.error());
        auto random = Random::fromSystem();
        const WallTime now = systemNow().wall;
        const auto message = makeMessage(request, templateKeys(t->content), **policy, now, random);
        if (!message)
            return tl::unexpected(message.error());
        SendReport report;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto batch = store::streamBatch(session, account->id, t->id, request.priority, now);
            if (!batch)
                return tl::unexpected(batch.error());
            const auto enqueued = store::enqueue(session, account->id, *batch, {*message}, now, core->session().user);
            if (!enqueued)
                return tl::unexpected(enqueued.error());
            report = {enqueued->front().id, enqueued->front().duplicate};
            if (report.duplicate)
                return {};
            const auto audit = store::recordAct(
                session, core->actor(), "message.send", "message " + std::to_string(report.id.value), 1, now);
            if (!audit)
                return tl::unexpected(audit.error());
            return store::recordTouched(session, *audit, report.id, MessageState::Queued);
        }));
        core->workChanged();
        return report;
    });
}

} // namespace songda
