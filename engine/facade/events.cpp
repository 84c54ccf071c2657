// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the platform reports by itself: what became of messages, who left and who came back.
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/store/accounts_table.h"
#include "engine/store/consent_events.h"
#include "engine/store/message_pages.h"
#include "engine/store/reports.h"

#include <algorithm>
#include <mutex>

namespace songda {

namespace {

/// One commit's worth: other writers are not kept waiting behind a long list.
constexpr std::size_t eventsPerJob = 256;

std::optional<WallTime> happenedAt(const PlatformEvent &event) {
    return std::visit([](const auto &e) { return e.happenedAt; }, event);
}

/// A list under way: answers when the last part is committed, with the first failure if there was one.
struct Recording {
    QPromise<Result<EventReceipt>> promise;
    std::vector<PlatformEvent> events;
    std::vector<store::ReportMatch> matches; ///< of the same places; each part writes its own
    std::mutex mutex; // parts end on the writer thread, or where they were handed in once that has stopped
    std::size_t partsLeft = 0;
    Result<EventReceipt> total = EventReceipt{};

    void end(const Result<EventReceipt> &part) {
        const std::lock_guard lock(mutex);
        if (!part && total)
            total = part;
        else if (total)
            *total += *part;
        if (--partsLeft > 0)
            return;
        promise.addResult(total);
        promise.finish();
    }
};

Result<void> recordOne(
    store::WriteSession &session, AccountId account, const PlatformEvent &event, WallTime receivedAt, EventReceipt &receipt, store::ReportMatch &match) {
    if (const auto *report = std::get_if<DeliveryReport>(&event))
        return store::recordReport(session, account, *report, receivedAt, receipt, &match);
    return store::recordConsent(session, account, std::get<ConsentEvent>(event), receivedAt, receipt);
}

/// Each report as it came, with the message it was about and what became of that.
void noteReport(log::Log &log, std::int64_t nonce, const std::string &account, const DeliveryReport &report, const store::ReportMatch &match) {
    if (!match.message) {
        log.write(log::Category::Reports, log::Level::Debug, "report", {{"account", account}, {"msgid", report.msgid}, {"status", report.status}});
        return;
    }
    log.write(log::Category::Reports, log::Level::Debug, "report",
        {{"trace", store::traceIdOf(nonce, *match.message)}, {"message", match.message->value}, {"account", account}, {"msgid", report.msgid},
            {"status", report.status}, {"state", match.moved ? toString(*match.moved) : "as it was"}});
}

} // namespace

QFuture<Result<EventReceipt>> Engine::recordEvents(std::string account, std::vector<PlatformEvent> events) {
    if (!m_core->writer)
        return readyFuture<EventReceipt>(tl::unexpected(EngineCore::viewerOnly()));
    const WallTime receivedAt = systemNow().wall;
    // The first verdict on a message stands: within one list that is the earliest, wherever it stands.
    std::stable_sort(events.begin(), events.end(), [receivedAt](const PlatformEvent &a, const PlatformEvent &b) {
        return eventTime(happenedAt(a), receivedAt) < eventTime(happenedAt(b), receivedAt);
    });
    auto all = std::make_shared<Recording>();
    all->events = std::move(events);
    all->matches.resize(all->events.size());
    all->partsLeft = std::max<std::size_t>(1, (all->events.size() + eventsPerJob - 1) / eventsPerJob);
    all->promise.start();
    auto future = all->promise.future();
    std::size_t first = 0;
    do {
        const std::size_t last = std::min(all->events.size(), first + eventsPerJob);
        auto receipt = std::make_shared<Result<EventReceipt>>();
        m_core->writer->submit(
            [all, receipt, account, first, last, receivedAt](store::WriteSession &session) -> Result<void> {
                const auto of = store::findAccount(session.database(), account);
                if (!of) {
                    *receipt = tl::unexpected(of.error()); // nothing was written: no reason to undo what others wrote
                    return {};
                }
                for (std::size_t i = first; i < last; ++i)
                    SONGDA_TRY(recordOne(session, of->id, all->events[i], receivedAt, **receipt, all->matches[i]));
                return {};
            },
            [all, receipt, account, first, last, log = m_core->log, nonce = m_core->nonce](const Result<void> &done) {
                for (std::size_t i = first; i < last && log && log->wants(log::Category::Reports, log::Level::Debug); ++i) {
                    if (const auto *report = std::get_if<DeliveryReport>(&all->events[i]))
                        noteReport(*log, nonce, account, *report, done ? all->matches[i] : store::ReportMatch{});
                }
                all->end(done ? *receipt : Result<EventReceipt>(tl::unexpected(done.error())));
            },
            static_cast<int>(last - first));
        first = last;
    } while (first < all->events.size());
    return future;
}

} // namespace songda
