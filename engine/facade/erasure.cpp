// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"
#include "engine/facade/desk_work.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/file_search.h"
#include "engine/policy/value_rules.h"
#include "engine/store/audit_table.h"
#include "engine/store/chain_link.h"
#include "engine/store/erasure.h"

#include <QDirIterator>
#include <QFileInfo>
#include <set>

namespace songda {

namespace {

constexpr std::size_t nameLetters = 16;

/// SQLite's own and the locks: the system drops what this process has locked in a file when any descriptor of it is
/// closed. What the database holds is asked of the database.
bool isInUse(const QString &name) { return name.startsWith(QLatin1String("songda.db")) && !name.contains(QLatin1String(".before-upgrade-")); }

/// The profile's files and whatever was made of it and is still there.
std::vector<std::string> filesThatHold(EngineCore &core, const std::string &openid, const std::vector<std::string> &made) {
    std::set<std::string> candidates;
    QDirIterator it(QString::fromStdString(core.options.profileDir), QDir::Files | QDir::NoSymLinks | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        it.next();
        if (!isInUse(it.fileName()) && it.fileName() != QLatin1String("engine.lock"))
            candidates.insert(QFileInfo(it.filePath()).canonicalFilePath().toStdString());
    }
    for (const std::string &file : made) {
        for (const std::string &one : {file, file + ".manifest.json"}) {
            const QFileInfo info(QString::fromStdString(one));
            if (info.isFile() && !isInUse(info.fileName()))
                candidates.insert(info.canonicalFilePath().toStdString());
        }
    }
    const auto forms = writtenForms(openid);
    std::vector<std::string> holding;
    for (const std::string &file : candidates) {
        // What cannot be read may hold it: a person shall look.
        if (const auto held = holdsAny(file, forms); !held || *held)
            holding.push_back(file);
    }
    return holding;
}

template <class T> Result<T> ask(EngineCore &core, std::function<Result<T>(store::Database &)> question) {
    return core.readers->run<T>(std::move(question)).result();
}

Result<std::int64_t> cancelWaiting(EngineCore &core, const Account &account, const ErasureRequest &request) {
    store::ActRequest act;
    act.act = store::DeskAct::Cancel;
    act.filter.openid = request.openid;
    act.filter.account = account.id;
    act.bootId = bootId();
    return workThrough(core, act, request.reason).map([](const ActTotals &totals) { return totals.done; });
}

Result<void> eraseNow(EngineCore &core, const Account &account, const ErasureRequest &request, ErasureReport &report) {
    const std::string name = std::string(erasedPrefix) + store::newSalt().substr(0, nameLetters);
    SONGDA_TRY(core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
        const auto counts = store::eraseRecipient(session, account.id, request.openid, name);
        if (!counts)
            return tl::unexpected(counts.error());
        report.counts = *counts;
        const auto audit = store::recordAct(session, core.actor(request.reason), "recipient.erase", account.name + " " + name, counts->messages, systemNow().wall);
        return audit ? Result<void>{} : tl::unexpected(audit.error());
    }));
    report.name = name;
    if (const auto done = store::rewriteFile(core.path("songda.db")); !done)
        report.notRewritten = done.error().detail;
    return {};
}

} // namespace

QFuture<Result<ErasureReport>> Engine::eraseRecipient(ErasureRequest request) {
    SONGDA_MAY(Forget, ErasureReport);
    return m_core->work<ErasureReport>([core = m_core.get(), request = std::move(request)]() -> Result<ErasureReport> {
        if (!isPlausibleOpenid(request.openid))
            return fail(ErrorCode::InvalidInput, "\"" + request.openid + "\": " + toString(ValueProblem{{}, ValueFault::BadOpenid, ValueType::Untyped}));
        if (request.reason.find(request.openid) != std::string::npos)
            return fail(ErrorCode::InvalidInput, "the reason names the openid, and would stay in the audit");
        const auto account = core->account(request.account);
        if (!account)
            return tl::unexpected(account.error());
        const auto made = ask<std::vector<std::string>>(*core, [](store::Database &db) { return store::filesMade(db); });
        if (!made)
            return tl::unexpected(made.error());
        ErasureReport report;
        if (request.confirmed) {
            if (!core->writer)
                return tl::unexpected(EngineCore::viewerOnly());
            if (request.cancelWaiting) {
                const auto cancelled = cancelWaiting(*core, *account, request);
                if (!cancelled)
                    return tl::unexpected(cancelled.error());
                report.cancelled = *cancelled;
            }
            SONGDA_TRY(eraseNow(*core, *account, request, report));
            const auto places = ask<std::vector<std::string>>(*core, [&](store::Database &db) { return store::findText(db, request.openid); });
            if (!places)
                return tl::unexpected(places.error());
            report.places = *places;
        } else {
            const auto counts = ask<ErasureCounts>(*core, [&](store::Database &db) { return store::countRecipient(db, account->id, request.openid); });
            if (!counts)
                return tl::unexpected(counts.error());
            report.counts = *counts;
        }
        report.files = filesThatHold(*core, request.openid, *made);
        return report;
    });
}

} // namespace songda
