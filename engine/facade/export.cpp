// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"
#include "engine/exchange/report_writer.h"
#include "engine/facade/engine_core.h"
#include "engine/store/audit_table.h"
#include "engine/store/migrations.h"

namespace songda {

QFuture<Result<ExportReport>> Engine::exportReport(ExportRequest request) {
    return m_core->work<ExportReport>([core = m_core.get(), request = std::move(request)]() -> Result<ExportReport> {
        // A connection of its own: a long snapshot must not keep short queries waiting.
        auto database = store::Database::open(core->path("songda.db"), store::Database::Mode::ReadOnly, store::newestSchemaVersion());
        if (!database)
            return tl::unexpected(database.error());
        const auto control = request.control ? request.control : std::make_shared<JobControl>();
        const exchange::ReportRequest what{request.path, request.filter, request.chineseHeader, core->options.user, systemNow().wall};
        const auto result = exchange::writeReport(*database, what, [&](std::int64_t rows) { control->rows = rows; }, control->cancelled);
        if (!result)
            return tl::unexpected(result.error());
        control->rows = result->rows;
        control->share = 1.0;
        if (core->writer) {
            SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
                const auto audit = store::recordAct(session, core->actor(), "report.export",
                    request.path + " sha256:" + result->sha256, result->rows, systemNow().wall);
                if (!audit)
                    return tl::unexpected(audit.error());
                return {};
            }));
        }
        return ExportReport{result->rows, result->rowsPerState, result->sha256, result->manifestPath};
    });
}

} // namespace songda
