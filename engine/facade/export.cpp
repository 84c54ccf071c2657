// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"
#include "engine/exchange/report_manifest.h"
#include "engine/facade/engine_core.h"
#include "engine/store/audit_chain.h"
#include "engine/store/audit_table.h"
#include "engine/store/chain_link.h"
#include "engine/store/migrations.h"

#include <charconv>

namespace songda {

namespace {

/// Puts a report behind the last one of the profile: the next number, and a link made of the link before.
Result<ReportChain> appendToChain(store::WriteSession &session, const std::string &manifest) {
    auto read = session.sql("SELECT value FROM meta WHERE key = 'report_chain'");
    if (!read)
        return tl::unexpected(read.error());
    std::string last;
    {
        const store::StatementScope scope(**read);
        const auto row = (*read)->step();
        if (!row)
            return tl::unexpected(row.error());
        if (*row)
            last = (*read)->string(0);
    }
    ReportChain chain;
    const auto [end, error] = std::from_chars(last.data(), last.data() + last.size(), chain.number);
    if (error == std::errc{} && end != last.data() + last.size())
        chain.previous = last.substr(static_cast<std::size_t>(end - last.data()) + 1);
    ++chain.number;
    chain.link = store::chainLink(chain.number, chain.previous, manifest);
    auto write = session.sql("INSERT INTO meta(key, value) VALUES('report_chain', ?1) ON CONFLICT(key) DO UPDATE SET value = excluded.value");
    if (!write)
        return tl::unexpected(write.error());
    const std::string head = std::to_string(chain.number) + " " + chain.link;
    SONGDA_TRY((*write)->bindAll(head).run());
    return chain;
}

} // namespace

QFuture<Result<ExportReport>> Engine::exportReport(ExportRequest request) {
    SONGDA_MAY(Export, ExportReport);
    return m_core->work<ExportReport>([core = m_core.get(), request = std::move(request)]() -> Result<ExportReport> {
        // A connection of its own: a long snapshot must not keep short queries waiting.
        auto database = store::Database::open(core->path("songda.db"), store::Database::Mode::ReadOnly, store::newestSchemaVersion());
        if (!database)
            return tl::unexpected(database.error());
        const auto control = request.control ? request.control : std::make_shared<JobControl>();
        exchange::ReportRequest what{request.path, request.filter, request.chineseHeader, core->session().user, systemNow().wall, core->masksPeople(), {}};
        const auto result = exchange::writeReport(*database, what, [&](std::int64_t rows) { control->rows = rows; }, control->cancelled);
        if (!result)
            return tl::unexpected(result.error());
        control->rows = result->rows;
        control->share = 1.0;
        // In the audit and the chain first: a manifest that nobody knows of could not be told from a forged one.
        std::string manifest = exchange::manifestText(what, *result);
        std::optional<ReportChain> chain;
        if (core->writer) {
            SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
                const auto head = store::auditHead(session.database());
                if (!head)
                    return tl::unexpected(head.error());
                what.audit = *head;
                manifest = exchange::manifestText(what, *result);
                auto appended = appendToChain(session, manifest);
                if (!appended)
                    return tl::unexpected(appended.error());
                chain = std::move(*appended);
                const auto audit = store::recordAct(session, core->actor(), "report.export",
                    request.path + " sha256:" + result->sha256 + " chain:" + std::to_string(chain->number) + ":" + chain->link, result->rows, systemNow().wall);
                if (!audit)
                    return tl::unexpected(audit.error());
                return {};
            }));
        }
        SONGDA_TRY(exchange::writeManifest(result->manifestPath, manifest, chain));
        return ExportReport{result->rows, result->rowsPerState, result->sha256, result->manifestPath};
    });
}

Result<std::vector<ReportCheck>> Engine::checkReports(const std::vector<std::string> &files) {
    std::vector<ReportCheck> checks;
    for (const std::string &file : files) {
        auto check = exchange::checkReport(file);
        if (!check)
            return tl::unexpected(check.error());
        checks.push_back(std::move(*check));
    }
    exchange::checkChain(checks);
    return checks;
}

QFuture<Result<std::vector<ReportCheck>>> Engine::checkReportsSoon(std::vector<std::string> files) {
    return m_core->work<std::vector<ReportCheck>>([files = std::move(files)] { return checkReports(files); });
}

} // namespace songda
