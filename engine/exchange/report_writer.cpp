// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/report_writer.h"

#include "engine/exchange/csv_writer.h"
#include "engine/policy/masking.h"
#include "engine/store/export_cursor.h"

#include <array>

namespace songda::exchange {

namespace {

constexpr std::int64_t progressEvery = 10'000;

/// The contract's columns, in order: English name, Chinese name.
constexpr std::array<std::pair<const char *, const char *>, 20> columns{{
    {"message_id", "消息ID"},
    {"account", "账号"},
    {"batch", "批次"},
    {"template_id", "模板ID"},
    {"openid", "OpenID"},
    {"state", "状态"},
    {"attempts", "尝试次数"},
    {"errcode", "错误码"},
    {"error_class", "错误类别"},
    {"msgid", "微信消息ID"},
    {"client_msg_id", "去重ID"},
    {"trace_id", "追踪ID"},
    {"idempotency_key", "幂等键"},
    {"created_at", "创建时间"},
    {"due_at", "计划时间"},
    {"first_sent_at", "首次发送时间"},
    {"finished_at", "结束时间"},
    {"report_status", "回执状态"},
    {"reported_at", "回执时间"},
    {"created_by", "创建人"},
}};

/// What an error class says of an accepted message is "success"; of one that never failed, nothing.
std::string_view errorClassText(const store::ExportRow &row) {
    return row.errorClass ? toString(*row.errorClass) : std::string_view{};
}

} // namespace

Result<ReportResult> writeReport(store::Database &database, const ReportRequest &request,
    const std::function<void(std::int64_t rows, double share)> &progress, const std::atomic<bool> &cancelled) {
    auto file = CsvWriter::create(request.path);
    if (!file)
        return tl::unexpected(file.error());
    CsvWriter &csv = **file;
    for (const auto &[english, chinese] : columns)
        csv.cell(request.chineseHeader ? chinese : english);
    SONGDA_TRY(csv.endRow());

    auto cursor = store::ExportCursor::open(database, request.filter);
    if (!cursor)
        return tl::unexpected(cursor.error());
    const auto newest = database.scalar("SELECT max(id) FROM message");
    if (!newest)
        return tl::unexpected(newest.error());
    std::int64_t first = 0;
    ReportResult result;
    std::array<std::int64_t, allMessageStates.size()> perState{};
    store::ExportRow row;
    const auto time = [&](const std::optional<WallTime> &t) { t ? csv.cell(toIso8601(*t)) : csv.empty(); };
    for (;;) {
        const auto more = cursor->next(row);
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
        if (cancelled.load(std::memory_order_relaxed))
            return fail(ErrorCode::Cancelled, "the export was cancelled; no file was left");
        csv.number(row.id.value);
        csv.cell(row.account);
        csv.cell(row.batch);
        csv.cell(row.templateId);
        csv.cell(request.masked ? maskedOpenid(row.openid) : row.openid);
        csv.cell(toString(row.state));
        csv.number(row.attempts);
        row.errcode ? csv.number(*row.errcode) : csv.empty();
        csv.cell(errorClassText(row));
        csv.cell(row.msgid);
        csv.cell(row.clientMsgId);
        csv.cell(store::traceIdOf(cursor->profileNonce(), row.id));
        csv.cell(request.masked ? std::string() : row.idempotencyKey);
        time(row.createdAt);
        time(row.dueAt);
        time(row.firstSentAt);
        time(row.finishedAt);
        csv.cell(row.reportStatus);
        time(row.reportedAt);
        csv.cell(row.createdBy);
        SONGDA_TRY(csv.endRow());
        ++perState[static_cast<std::size_t>(row.state)];
        // They come in the order of their numbers, from the first that fits.
        first = result.rows == 0 ? row.id.value : first;
        if (++result.rows % progressEvery == 0 && progress)
            progress(result.rows, static_cast<double>(row.id.value - first) / static_cast<double>(std::max<std::int64_t>(1, newest->value_or(0) - first)));
    }
    SONGDA_TRY(csv.commit());
    result.sha256 = csv.sha256();
    result.manifestPath = request.path + ".manifest.json";
    for (const MessageState s : allMessageStates) {
        if (perState[static_cast<std::size_t>(s)] > 0)
            result.rowsPerState[toString(s)] = perState[static_cast<std::size_t>(s)];
    }
    return result;
}

} // namespace songda::exchange
