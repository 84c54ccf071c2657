// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"
#include "engine/exchange/report_manifest.h"
#include "engine/facade/engine_core.h"
#include "engine/store/audit_chain.h"
#include "engine/store/audit_table.h"
#include "engine/store/chain_link.h"
#include "engine/store/migrations.h"
#include "engine/store/report_chain.h"

namespace songda {

namespace {

/// Puts a report behind the last one of the profile: the next number, and a link made of the link before.
Result<ReportChain> appendToChain(store::WriteSession &session, const std::string &manifest) {
    auto last = store::readChainEnd(session.database());
    if (!last)
        return tl::unexpected(last.error());
    ReportChain chain{last->number + 1, std::move(last->link), {}};
    chain.link = store::chainLink(chain.number, chain.previous, manifest);
    SONGDA_TRY(store::setChainEnd(session, chain));
    return chain;
}

/// Looks at reports one by one and then at their chain; ended by either of the two, which may be missing.
Result<std::vector<ReportCheck>> checkAll(const std::vector<std::string> &files, JobControl *control, const std::atomic<bool> *closing) {
    std::vector<ReportCheck> checks;
    std::int64_t before = 0; // rows of the files that are done
    const auto goOn = [&](std::int64_t rows) {
        if (control)
            control->rows = before + rows;
        return !(control && control->cancelled) && !(closing && *closing);
    };
    for (const std::string &file : files) {
        auto check = exchange::checkReport(file, goOn);
        if (!check)
            return tl::unexpected(check.error());
        before += check->rows;
        checks.push_back(std::move(*check));
    }
    exchange::checkChain(checks);
    return checks;
}

/// What a profile knows of the reports it made.
struct MadeHere {
    ReportChain end;
    std::set<std::string> marks;
};

} // namespace

QFuture<Result<ExportReport>> Engine::exportReport(ExportRequest request) {
    SONGDA_MAY(Export, ExportReport);
    return m_core->work<ExportReport>([core = m_core.get(), request = std::move(request)]() -> Result<ExportReport> {
        // A connection of its own: a long snapshot must not keep short queries waiting.
        auto database = store::Database::open(core->path("songda.db"), store::Database::Mode::ReadOnly, store::newestSchemaVersion());
        if (!database)
            return tl::unexpected(database.error());
        database->stopWhen([core] { return core->closing.load(std::memory_order_relaxed); });
        const auto control = request.control ? request.control : std::make_shared<JobControl>();
        exchange::ReportRequest what{request.path, request.filter, request.chineseHeader, core->session().user, systemNow().wall, core->masksPeople(), {}};
        const auto result = exchange::writeReport(*database, what,
            [&](std::int64_t rows, double share) {
                control->rows = rows;
                control->share = share;
            },
            control->cancelled);
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
                    request.path + " sha256:" + result->sha256 + " " + store::chainMark(*chain), result->rows, systemNow().wall);
                if (!audit)
                    return tl::unexpected(audit.error());
                return {};
            }));
        }
        SONGDA_TRY(exchange::writeManifest(result->manifestPath, manifest, chain));
        return ExportReport{result->rows, result->rowsPerState, result->sha256, result->manifestPath};
    });
}

Result<std::vector<ReportCheck>> Engine::checkReports(const std::vector<std::string> &files, JobControl *control) {
    return checkAll(files, control, nullptr);
}

QFuture<Result<std::vector<ReportCheck>>> Engine::checkReportsSoon(std::vector<std::string> files, std::shared_ptr<JobControl> control) {
    return m_core->work<std::vector<ReportCheck>>([core = m_core.get(), files = std::move(files), control = std::move(control)]() -> Result<std::vector<ReportCheck>> {
        auto checks = checkAll(files, control.get(), &core->closing);
        if (!checks)
            return checks;
        const auto made = core->readers
                              ->run<MadeHere>([](store::Database &db) -> Result<MadeHere> {
                                  auto end = store::readChainEnd(db);
                                  auto marks = store::readChainMarks(db);
                                  if (!end || !marks)
                                      return tl::unexpected(!end ? end.error() : marks.error());
                                  return MadeHere{std::move(*end), std::move(*marks)};
                              })
                              .result();
        if (!made)
            return tl::unexpected(made.error());
        for (ReportCheck &check : *checks) {
            if (!check.chain)
                continue;
            const bool newest = check.chain->number == made->end.number && check.chain->link != made->end.link;
            if (newest || check.chain->number > made->end.number || !made->marks.contains(store::chainMark(*check.chain)))
                check.problems.push_back({ReportFault::Chain, "this profile did not write it: its record and its audit do not have the link"});
        }
        return checks;
    });
}

} // namespace songda
