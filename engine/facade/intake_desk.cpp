// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/intake_desk.h"

#include "engine/facade/engine_core.h"
#include "engine/facade/message_maker.h"
#include "engine/model/hash.h"
#include "engine/store/accounts_table.h"
#include "engine/store/batches_table.h"
#include "engine/store/idempotency.h"
#include "engine/store/message_pages.h"
#include "engine/store/templates_table.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace songda {

namespace {

/// Messages a transaction: as many as the journal's groups, so that deliveries do not wait behind a crowd.
constexpr std::size_t mostTogether = 512;
constexpr std::chrono::seconds directoryLife{1};
/// A name that is not known may be new; asked for again no sooner than this.
constexpr std::chrono::milliseconds directoryRest{100};

/// Of all a request asks for: with the same key only the same wish is the same message. A template is the same however it
/// was named.
std::int64_t hashOf(const SendRequest &r, const std::string &templateId) {
    std::uint64_t hash = stableHash(templateId);
    const auto add = [&](std::string_view part) {
        hash = stableHash(std::to_string(part.size()), hash);
        hash = stableHash(part, hash);
    };
    add(r.openid);
    add(r.url);
    for (const auto &[key, value] : r.data) {
        add(key);
        add(value);
    }
    add(r.at ? std::to_string(toMillis(*r.at)) : std::string());
    add(r.expiresAt ? std::to_string(toMillis(*r.expiresAt)) : std::string());
    add(std::to_string(r.priority));
    return static_cast<std::int64_t>(hash);
}

} // namespace

IntakeDesk::IntakeDesk(EngineCore &core)
    : m_core(core) {}

Result<IntakeDesk::Directory> IntakeDesk::read(store::Database &database) {
    const auto accounts = store::readAccounts(database);
    if (!accounts)
        return tl::unexpected(accounts.error());
    const auto templates = store::readTemplates(database, std::nullopt);
    if (!templates)
        return tl::unexpected(templates.error());
    Directory directory;
    std::map<AccountId, Directory::AccountEntry *> byId;
    for (const Account &a : *accounts) {
        auto &entry = directory.accounts[a.name];
        entry.id = a.id;
        byId[a.id] = &entry;
    }
    std::map<std::pair<AccountId, std::string>, int> titles;
    for (const Template &t : *templates)
        ++titles[{t.account, t.title}];
    for (const Template &t : *templates) {
        auto &known = byId[t.account]->templates;
        auto entry = std::make_shared<const Directory::Entry>(Directory::Entry{t.id, t.templateId, templateKeys(t.content)});
        if (titles[{t.account, t.title}] == 1)
            known.emplace(t.title, entry);
        known[t.templateId] = std::move(entry);
    }
    directory.readAt = std::chrono::steady_clock::now();
    return directory;
}

std::shared_ptr<const IntakeDesk::Directory> IntakeDesk::directory() const {
    const std::lock_guard lock(m_mutex);
    return m_directory;
}

void IntakeDesk::readAnew(std::function<void(const Result<void> &)> then) {
    m_core.readers->run<bool>([this, then = std::move(then)](store::Database &database) -> Result<bool> {
        auto fresh = read(database);
        Result<void> result;
        {
            const std::lock_guard lock(m_mutex);
            m_reading = false;
            if (fresh)
                m_directory = std::make_shared<const Directory>(std::move(*fresh));
            else
                result = tl::unexpected(fresh.error());
        }
        then(result);
        return true;
    });
}

QFuture<IntakeDesk::Reports> IntakeDesk::take(std::vector<SendRequest> requests, IntakeClient client) {
    auto order = std::make_shared<Order>();
    order->requests = std::move(requests);
    order->scope = client.name.empty() ? 0 : storedHash(client.name);
    order->client = std::move(client);
    order->promise.start();
    auto future = order->promise.future();
    m_waiting += order->requests.size();
    const auto known = directory();
    if (!known) {
        readAnew([this, order](const Result<void> &read) {
            if (read) {
                check(order);
                return;
            }
            order->reports.assign(order->requests.size(), tl::unexpected(read.error()));
            m_waiting -= order->requests.size();
            answer(*order);
        });
        return future;
    }
    if (std::chrono::steady_clock::now() - known->readAt > directoryLife) {
        bool first = false;
        {
            const std::lock_guard lock(m_mutex);
            first = !std::exchange(m_reading, true);
        }
        if (first)
            readAnew([](const Result<void> &) {});
    }
    check(order);
    return future;
}

void IntakeDesk::check(const std::shared_ptr<Order> &order) {
    const auto known = directory();
    const auto policy = m_core.policies->current();
    auto random = Random::fromSystem();
    const WallTime now = systemNow().wall;
    order->reports.assign(order->requests.size(), IntakeReport{});
    std::vector<Item> items;
    items.reserve(order->requests.size());
    bool unknownName = false;
    for (std::size_t i = 0; i < order->requests.size(); ++i) {
        const SendRequest &request = order->requests[i];
        Result<IntakeReport> &report = order->reports[i];
        if (!policy) {
            report = tl::unexpected(policy.error());
            continue;
        }
        const auto account = known->accounts.find(request.account);
        if (account == known->accounts.end()) {
            unknownName = true;
            report = fail(ErrorCode::InvalidInput, "there is no account \"" + request.account + "\"");
            continue;
        }
        const auto found = account->second.templates.find(request.templateId);
        const bool usable = found != account->second.templates.end();
        const std::string &templateId = usable ? found->second->id : request.templateId;
        if (usable && order->client.templates && !order->client.templates->contains(templateId)) {
            report = fail(ErrorCode::Refused, "this key or token is not for template \"" + request.templateId + "\"");
            continue;
        }
        unknownName = unknownName || !usable;
        auto message = usable ? makeMessage(request, found->second->keys, **policy, now, random)
                             : fail(ErrorCode::InvalidInput,
                                 "account \"" + request.account + "\" has no template \"" + request.templateId + "\", or more than one of that title");
        Item item{order, i, account->second.id, usable ? found->second->ref : TemplateRef{}, request.priority, {}};
        if (message) {
            item.message = std::move(*message);
        } else if (request.idempotencyKey.empty() || message.error().code != ErrorCode::InvalidInput) {
            report = tl::unexpected(message.error());
            continue;
        } else {
            item.message.idempotencyKey = request.idempotencyKey;
            item.onlyRepeat = message.error();
        }
        item.message.keyScope = order->scope;
        item.message.requestHash = hashOf(request, templateId);
        if (request.templateId != templateId)
            item.message.earlierHash = hashOf(request, request.templateId);
        items.push_back(std::move(item));
    }
    if (unknownName && !order->readAnew && std::chrono::steady_clock::now() - known->readAt > directoryRest) {
        order->readAnew = true;
        readAnew([this, order](const Result<void> &) { check(order); });
        return;
    }
    m_waiting -= order->requests.size() - items.size();
    order->open = items.size();
    if (items.empty())
        answer(*order);
    else
        gather(std::move(items));
}

void IntakeDesk::gather(std::vector<Item> items) {
    int weight = 0;
    {
        const std::lock_guard lock(m_mutex);
        m_gathered.insert(m_gathered.end(), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
        if (std::exchange(m_submitted, true))
            return;
        weight = static_cast<int>(std::min(m_gathered.size(), mostTogether));
    }
    submit(weight);
}

void IntakeDesk::submit(int weight) {
    struct Round {
        std::vector<Item> items;
        Reports reports;
    };
    auto round = std::make_shared<Round>();
    m_core.writer->submit(
        [this, round](store::WriteSession &session) {
            {
                const std::lock_guard lock(m_mutex);
                const auto n = static_cast<std::ptrdiff_t>(std::min(m_gathered.size(), mostTogether));
                round->items.assign(std::make_move_iterator(m_gathered.begin()), std::make_move_iterator(m_gathered.begin() + n));
                m_gathered.erase(m_gathered.begin(), m_gathered.begin() + n);
            }
            return write(session, round->items, round->reports);
        },
        [this, round](const Result<void> &result) {
            int more = 0;
            {
                const std::lock_guard lock(m_mutex);
                if (!result && round->items.empty()) // the journal did not even begin: nobody else answers these
                    round->items = std::exchange(m_gathered, {});
                more = static_cast<int>(std::min(m_gathered.size(), mostTogether));
                m_submitted = more > 0;
            }
            if (more > 0)
                submit(more);
            for (std::size_t i = 0; i < round->items.size(); ++i) {
                const Item &item = round->items[i];
                noteTaken(*item.order, item.index, result ? round->reports[i] : Result<IntakeReport>(tl::unexpected(result.error())));
                item.order->reports[item.index] = result ? round->reports[i] : Result<IntakeReport>(tl::unexpected(result.error()));
                --m_waiting;
                if (--item.order->open == 0)
                    answer(*item.order);
            }
            if (result)
                m_core.workChanged();
        },
        weight, store::JournalWriter::Isolation::Savepoint);
}

void IntakeDesk::noteTaken(const Order &order, std::size_t index, const Result<IntakeReport> &report) const {
    const auto level = report ? log::Level::Debug : log::Level::Info;
    if (!m_core.log || !m_core.log->wants(log::Category::Intake, level))
        return;
    // The sender's trace and ours, side by side.
    const std::string &parent = order.requests[index].traceparent;
    if (report)
        m_core.log->write(log::Category::Intake, level, report->duplicate ? "message.known" : "message.queued",
            {{"trace", store::traceIdOf(m_core.nonce, report->id)}, {"message", report->id.value}, {"client", order.client.name}, {"traceparent", parent}});
    else
        m_core.log->write(log::Category::Intake, level, "message.refused",
            {{"cause", toString(report.error().code)}, {"client", order.client.name}, {"traceparent", parent}});
}

Result<void> IntakeDesk::write(store::WriteSession &session, std::vector<Item> &items, Reports &reports) {
    const WallTime now = systemNow().wall;
    reports.assign(items.size(), IntakeReport{});
    // Of some under one key the first is the message, whichever batch it goes to: the others come when it is stored.
    std::vector<std::size_t> firsts;
    std::vector<std::size_t> others;
    {
        std::set<std::tuple<AccountId, std::int64_t, std::string_view>> keys;
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (items[i].onlyRepeat)
                continue;
            const NewMessage &m = items[i].message;
            const bool known = !m.idempotencyKey.empty() && !keys.emplace(items[i].account, m.keyScope, m.idempotencyKey).second;
            (known ? others : firsts).push_back(i);
        }
    }
    SONGDA_TRY(writeSome(session, items, firsts, now, reports));
    SONGDA_TRY(writeSome(session, items, others, now, reports));
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].onlyRepeat)
            SONGDA_TRY(findRepeat(session.database(), items[i], reports[i]));
    }
    return {};
}

Result<void> IntakeDesk::findRepeat(store::Database &database, const Item &item, Result<IntakeReport> &report) {
    const NewMessage &m = item.message;
    const auto holder = store::keyHolder(database, store::KeyName{item.account, m.keyScope, m.idempotencyKey});
    if (!holder)
        return tl::unexpected(holder.error());
    if (*holder && store::isSameRequest(**holder, m))
        report = IntakeReport{(*holder)->id, (*holder)->batch, true};
    else
        report = tl::unexpected(*item.onlyRepeat);
    return {};
}

Result<void> IntakeDesk::writeSome(
    store::WriteSession &session, std::vector<Item> &items, const std::vector<std::size_t> &chosen, WallTime now, Reports &reports) {
    std::map<std::tuple<AccountId, TemplateRef, int, std::string, std::string>, std::vector<std::size_t>> groups;
    for (const std::size_t i : chosen) {
        const IntakeClient &client = items[i].order->client;
        groups[{items[i].account, items[i].templateRef, items[i].priority, client.name, client.batch}].push_back(i);
    }
    for (const auto &[group, members] : groups) {
        Batch wanted;
        std::string client;
        std::tie(wanted.account, wanted.templateRef, wanted.priority, client, wanted.name) = group;
        wanted.createdBy = "api:" + client;
        wanted.createdAt = now;
        const auto batch = store::intakeBatch(session, wanted, client);
        if (!batch)
            return tl::unexpected(batch.error());
        std::vector<NewMessage> messages;
        messages.reserve(members.size());
        for (const std::size_t i : members)
            messages.push_back(std::move(items[i].message));
        const auto enqueued = store::enqueue(session, wanted.account, batch->id, messages, now, wanted.createdBy);
        if (!enqueued)
            return tl::unexpected(enqueued.error());
        const bool nothingNew = std::ranges::all_of(*enqueued, [](const store::Enqueued &e) { return e.duplicate; });
        if (batch->fresh && nothingNew)
            SONGDA_TRY(store::deleteFreshBatch(session, batch->id));
        for (std::size_t n = 0; n < members.size(); ++n) {
            const store::Enqueued &e = (*enqueued)[n];
            if (e.sameRequest)
                reports[members[n]] = IntakeReport{e.id, e.batch, e.duplicate};
            else
                reports[members[n]] = fail(ErrorCode::AlreadyExists,
                    "the idempotency key \"" + messages[n].idempotencyKey + "\" was used before, for another message (" + std::to_string(e.id.value) + ")");
        }
    }
    return {};
}

void IntakeDesk::answer(Order &order) {
    order.promise.addResult(std::move(order.reports));
    order.promise.finish();
}

} // namespace songda
