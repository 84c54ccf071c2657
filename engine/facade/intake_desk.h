// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "engine/facade/policy_store.h"
#include "engine/policy/template_syntax.h"
#include "engine/store/intake.h"
#include "engine/store/write_session.h"

#include <QPromise>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <vector>

namespace songda {

class EngineCore;

/// Takes messages of business systems in. Requests are checked on the caller's thread against a recent reading of
/// accounts and templates; whatever has gathered while the last commit was under way goes into the next one together, so
/// that many small requests cost one sync. Any thread.
class IntakeDesk {
public:
    using Reports = std::vector<Result<IntakeReport>>;

    explicit IntakeDesk(EngineCore &core);
    QFuture<Reports> take(std::vector<SendRequest> requests, IntakeClient client);
    std::size_t waiting() const { return m_waiting; }

private:
    /// Accounts and templates by their names.
    struct Directory {
        struct Entry {
            TemplateRef ref;
            std::string id;
            std::vector<TemplateKey> keys;
        };
        struct AccountEntry {
            AccountId id;
            std::map<std::string, std::shared_ptr<const Entry>, std::less<>> templates; ///< by id and by unique title
        };
        std::map<std::string, AccountEntry, std::less<>> accounts;
        std::chrono::steady_clock::time_point readAt;
    };
    /// What one caller handed over.
    struct Order {
        std::vector<SendRequest> requests;
        IntakeClient client;
        std::int64_t scope = 0;
        Reports reports;
        QPromise<Reports> promise;
        std::size_t open = 0; ///< messages that are not answered yet
        bool readAnew = false; ///< after a name that was not known
    };
    /// One sound message of an order, or one that may only be a repeat.
    struct Item {
        std::shared_ptr<Order> order;
        std::size_t index = 0;
        AccountId account;
        TemplateRef templateRef;
        int priority = 1;
        NewMessage message;
        /// Why it is no new message: the time is over, the rules or the template are others by now. What was taken in under its
        /// key before still answers.
        std::optional<Error> onlyRepeat = std::nullopt;
    };

    static Result<Directory> read(store::Database &database);
    void readAnew(std::function<void(const Result<void> &)> then);
    std::shared_ptr<const Directory> directory() const;
    void check(const std::shared_ptr<Order> &order);
    void gather(std::vector<Item> items);
    void submit(int weight);
    void noteTaken(const Order &order, std::size_t index, const Result<IntakeReport> &report) const;
    static Result<void> write(store::WriteSession &session, std::vector<Item> &items, Reports &reports);
    /// The answer to what can only be a repeat: the message that has its key, or why it is none.
    static Result<void> findRepeat(store::Database &database, const Item &item, Result<IntakeReport> &report);
    /// The `chosen` of the items, batch by batch.
    static Result<void> writeSome(
        store::WriteSession &session, std::vector<Item> &items, const std::vector<std::size_t> &chosen, WallTime now, Reports &reports);
    static void answer(Order &order);

    EngineCore &m_core;
    mutable std::mutex m_mutex;
    std::shared_ptr<const Directory> m_directory;
    bool m_reading = false;
    std::vector<Item> m_gathered;
    bool m_submitted = false; ///< a job of ours is with the journal and will take what has gathered
    std::atomic<std::size_t> m_waiting{0};
};

} // namespace songda
