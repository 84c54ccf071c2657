// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a file of messages comes in.
#include "engine/engine.h"
#include "engine/exchange/content_builder.h"
#include "engine/exchange/csv_writer.h"
#include "engine/exchange/message_rows.h"
#include "engine/exchange/reject_words.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/import_batch.h"
#include "engine/facade/message_maker.h"
#include "engine/model/hash.h"
#include "engine/store/erased_names.h"
#include "engine/store/intake.h"
#include "engine/store/suppressions.h"
#include "engine/store/templates_table.h"

#include <QFileInfo>
#include <algorithm>
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
    std::int64_t suppressed = 0; ///< of the rows: to people on the list
    std::int64_t doubts = 0; ///< of the rows: counted as doubtful
    std::size_t doubtsBefore = 0; ///< listed by the chunks before
    std::vector<store::Enqueued> enqueued;
    std::future<Result<void>> committed;
};

/// One import: reads on this thread while the journal writes the chunk before.
class Import {
public:
    Import(EngineCore &core, const ImportRequest &request)
        : m_core(core)
        , m_request(request)
        , m_random(Random::fromSystem())
        , m_batch(core, request) {}
    /// However it ended: nothing of it is under way any more, and its batch stands still only for what it has to wait for.
    ~Import() {
        try {
            const auto last = landed();
            static_cast<void>(m_batch.close(m_report.queued));
        } catch (const std::exception &) {
            // Without memory; the engine looks after such batches when it starts.
        }
    }
    Import(const Import &) = delete;
    Import &operator=(const Import &) = delete;

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
            if (m_core.closing || (m_request.control && m_request.control->cancelled.load(std::memory_order_relaxed))) {
                m_report.cancelled = true;
                // What is not on its way into the database yet stays out of it: the same file again queues it.
                m_report.read -= static_cast<std::int64_t>(m_chunk.messages.size());
                m_report.doubtful -= m_chunk.doubts;
                m_report.suppressed -= m_chunk.suppressed;
                m_report.firstDoubts.resize(m_chunk.doubtsBefore);
                m_chunk = {};
                break;
            }
        }
        if (!m_report.cancelled) {
            m_report.fileDigest = m_reader->digest();
            SONGDA_TRY(checkDigest(m_report.fileDigest));
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
        auto reader = exchange::CsvReader::open(m_request.path, m_request.encoding);
        if (!reader)
            return tl::unexpected(reader.error());
        m_reader.emplace(std::move(*reader));
        if (!m_request.expectedDigest.empty()) {
            const auto digest = m_reader->digestOfAll();
            if (!digest)
                return tl::unexpected(digest.error());
            SONGDA_TRY(checkDigest(*digest));
        }
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
        m_report.batchName = m_request.batchName.empty()
            ? QFileInfo(QString::fromStdString(m_request.path)).fileName().toStdString()
            : m_request.batchName;
        SONGDA_TRY(m_batch.prepare(m_account, t->id, m_report.batchName, m_context.expiresAt, m_core.approvalOver(**policy, m_request.account)));
        if (!m_request.rejectsPath.empty()) {
            auto rejects = exchange::CsvWriter::create(m_request.rejectsPath);
            if (!rejects)
                return tl::unexpected(rejects.error());
            m_rejects = std::move(*rejects);
            for (const char *name : exchange::rejectColumns(m_request.chineseRejects))
                m_rejects->cell(name);
            for (const std::string &name : m_header)
                m_rejects->cell(name);
            SONGDA_TRY(m_rejects->endRow());
        }
        return {};
    }

    /// Before the first row, and once more for what was written into the file while it was read: then what is not on its way
    /// into the database yet stays out of it.
    Result<void> checkDigest(const std::string &digest) const {
        if (!m_request.expectedDigest.empty() && m_request.expectedDigest != digest)
            return fail(ErrorCode::InvalidInput, m_request.path + " was changed since it was checked; check it again, then queue it");
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
            if (*cause == "suppressed") {
                ++m_report.suppressed;
                ++m_chunk.suppressed;
            }
            if (*cause == "opted_out") {
                ++m_report.rejected;
                ++m_report.optedOut;
                return reject({row.line, m_header[m_mapping.openid], RowFault::OptedOut, {}, "this person asked for no more messages"}, row.fields);
            }
        }
        if (auto doubt = exchange::doubtAbout(row, m_header, m_mapping)) {
            ++m_report.doubtful;
            ++m_chunk.doubts;
            if (m_report.firstDoubts.size() < rejectsShown)
                m_report.firstDoubts.push_back(std::move(*doubt));
        }
        m_batch.setSeedContent(message->content);
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
        m_rejects->cell(exchange::rejectReason(problem, m_request.chineseRejects));
        for (const std::string &field : fields)
            m_rejects->cell(field);
        return m_rejects->endRow();
    }

    Result<void> submitChunk() {
        SONGDA_TRY(settle()); // the chunk before: at most two are in memory
        if (m_chunk.messages.empty())
            return {};
        if (!m_request.dryRun && !m_core.writer)
            return tl::unexpected(EngineCore::viewerOnly());
        m_pending = std::make_unique<Chunk>(std::exchange(m_chunk, {}));
        m_chunk.doubtsBefore = m_report.firstDoubts.size();
        if (m_request.dryRun)
            return dryRun(*m_pending);
        auto promise = std::make_shared<std::promise<Result<void>>>();
        m_pending->committed = promise->get_future();
        m_core.writer->submit(
            [this, chunk = m_pending.get(), by = m_core.session()](store::WriteSession &session) -> Result<void> {
                const ActingAs acting(by);
                const auto batch = m_batch.open(session);
                if (!batch)
                    return tl::unexpected(batch.error());
                auto enqueued = store::enqueue(session, m_account, *batch, chunk->messages, systemNow().wall);
                if (!enqueued)
                    return tl::unexpected(enqueued.error());
                chunk->enqueued = std::move(*enqueued);
                return {};
            },
            [promise](const Result<void> &result) { promise->set_value(result); }, static_cast<int>(m_pending->messages.size()),
            store::JournalWriter::Isolation::Savepoint);
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

    /// Waits for the pending chunk and counts what was queued; nothing when there is none.
    Result<std::unique_ptr<Chunk>> landed() {
        std::unique_ptr<Chunk> chunk = std::move(m_pending);
        if (chunk && chunk->committed.valid()) {
            if (const auto committed = chunk->committed.get(); !committed)
                return tl::unexpected(committed.error());
            m_batch.isThere();
        }
        if (chunk)
            m_report.queued += std::count_if(chunk->enqueued.begin(), chunk->enqueued.end(), [](const store::Enqueued &e) { return !e.duplicate; });
        return chunk;
    }

    /// The same, and reports on its rows.
    Result<void> settle() {
        const auto done = landed();
        if (!done)
            return tl::unexpected(done.error());
        const Chunk *chunk = done->get();
        if (chunk == nullptr)
            return {};
        for (std::size_t i = 0; i < chunk->enqueued.size(); ++i) {
            const store::Enqueued &e = chunk->enqueued[i];
            if (!e.duplicate)
                continue;
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
        SONGDA_TRY(m_batch.close(m_report.queued));
        m_report.batch = m_batch.id();
        m_report.seedBatch = m_batch.seedBatch();
        m_report.waitsForSecond = m_batch.waitsForSecond();
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
    std::unordered_set<std::int64_t> m_suppressed; ///< hashes; the list itself decides
    std::optional<store::ErasedNames> m_erased; ///< of people who are on the list and were erased
    ImportBatch m_batch;
    Chunk m_chunk;
    std::unique_ptr<Chunk> m_pending; ///< the writer thread works on it and on m_batch until it is committed
    std::unordered_set<std::string> m_seen; ///< dry run only: nothing is written that could be looked up
    ImportReport m_report;
};

} // namespace

QFuture<Result<ImportReport>> Engine::importCsv(ImportRequest request) {
    SONGDA_MAY(Send, ImportReport);
    return m_core->work<ImportReport>([core = m_core.get(), request = std::move(request)] { return Import(*core, request).run(); });
}

QFuture<Result<CsvPreview>> Engine::previewCsv(std::string path, int rows, std::string encoding) {
    return m_core->work<CsvPreview>([path = std::move(path), rows, encoding = std::move(encoding)]() -> Result<CsvPreview> {
        auto reader = exchange::CsvReader::open(path, encoding);
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

} // namespace songda
