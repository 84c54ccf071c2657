// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/world.h"

#include "engine/store/load_profile.h"

#include <QFile>
#include <algorithm>

namespace songda::simulation {

using testing::must;

const ErrorCatalogue &catalogue() {
    static const ErrorCatalogue shipped = [] {
        QFile file(QStringLiteral(SONGDA_SOURCE_DIR "/resources/error_catalogue.json"));
        if (!file.open(QIODevice::ReadOnly))
            throw std::runtime_error("the error catalogue is missing");
        return must(ErrorCatalogue::fromJson(file.readAll().toStdString()));
    }();
    return shipped;
}

World::World(WorldOptions o)
    : options(o)
    , clock(o.start)
    , random(o.seed * 0x9e3779b97f4a7c15ULL + 1)
    , disk(o.seed + 77)
    , transport(events, clock, random, wechat, o.latencies)
    , journal(events, clock, random, disk, o.journalDelays) {
    wechat.calendar = [this](Micros) { return clock.now().wall; };
    wechat.begins = options.start;
    writer = must(openWriter());
    write([&](store::WriteSession &session) -> Result<void> {
        Account a;
        a.name = "main";
        a.appid = "wx0123456789abcdef";
        a.rate = options.rate;
        a.burst = options.burst;
        a.connections = options.connections;
        a.uncertainPolicy = options.uncertainPolicy;
        a.secondBase = options.secondBase;
        a.createdAt = clock.now().wall;
        account = must(store::insertAccount(session, a));
        return {};
    });
    templateRef = addTemplate('a');
    batch = addBatch();
}

World::~World() {
    journal.detach();
    transport.detach();
    dispatcher.reset();
}

void World::write(const store::JournalWriter::Job &job) {
    const auto before = disk.unsynced("-wal");
    must(writer->submitAndWait(job, store::JournalWriter::Isolation::None));
    if (disk.unsynced("-wal") > before)
        ++m_unsyncedAnswers;
}

Result<std::unique_ptr<store::JournalWriter>> World::openWriter() {
    return store::JournalWriter::open(
        {.path = path(), .mode = store::JournalWriter::Mode::Inline, .seed = options.seed + 1'000'000 * m_writers++});
}

store::Database World::reader() const {
    return must(store::Database::open(path(), store::Database::Mode::ReadOnly, store::newestSchemaVersion()));
}

std::vector<delivery::AccountConfig> World::accountConfigs() const {
    const FaultyVfs::Undisturbed look;
    auto database = reader();
    std::vector<delivery::AccountConfig> configs;
    for (const Account &a : must(store::readAccounts(database)))
        configs.push_back({a, secret, secret.empty() ? "there is no secret" : "", policy, must(store::readAcceptedToday(database, a.id, clock.now().wall))});
    return configs;
}

Result<void> World::tryStart() {
    if (!writer) {
        auto opened = openWriter();
        if (!opened)
            return tl::unexpected(opened.error());
        writer = std::move(*opened);
    }
    const auto begin = [&](store::WriteSession &session) -> Result<void> {
        const auto started = store::startRun(session, {"node", 1, "boot-" + std::to_string(m_boot)}, clock.now());
        if (!started)
            return tl::unexpected(started.error());
        run = *started;
        const auto report = store::recoverClaims(session, run, clock.now());
        return report ? Result<void>{} : tl::unexpected(report.error());
    };
    if (const auto begun = writer->submitAndWait(begin, store::JournalWriter::Isolation::None); !begun) {
        writer.reset();
        return begun;
    }
    const FaultyVfs::Undisturbed look;
    dispatcher = std::make_unique<delivery::Dispatcher>(
        delivery::Dispatcher::Ports{clock, transport, journal}, catalogue(), Random(random.next()), run);
    transport.attach(*dispatcher, reader(), run, [this] { m_touched = true; });
    journal.attach(*writer, *dispatcher, [this] { m_touched = true; });
    dispatcher->setAccounts(accountConfigs());
    return {};
}

void World::halt(FaultyVfs::Loss loss) {
    disk.die();
    journal.detach();
    transport.detach();
    dispatcher.reset();
    writer.reset();
    disk.revive(loss);
    m_touched = true;
}

void World::crash(FaultyVfs::Loss loss) {
    halt(loss);
    // Somebody may look and hand in work before the engine starts again.
    const FaultyVfs::Undisturbed look;
    writer = must(openWriter());
}

Result<bool> World::checkpoint() {
    auto database = store::Database::open(path(), store::Database::Mode::ReadWrite, store::newestSchemaVersion());
    return database ? database->checkpoint(store::Database::Checkpoint::Truncate) : tl::unexpected(database.error());
}

void World::crashAt(std::int64_t nth, FaultyVfs::Loss loss) {
    m_loss = loss;
    disk.dieAt(nth);
}

TemplateRef World::addTemplate(char letter) { return addTemplate(account, letter); }

TemplateRef World::addTemplate(AccountId of, char letter) {
    TemplateRef ref;
    write([&](store::WriteSession &session) -> Result<void> {
        Template t;
        t.account = of;
        t.templateId = std::string(43, letter);
        t.title = std::string("title ") + letter;
        t.content = "{{thing1.DATA}}";
        ref = must(store::putTemplate(session, t, clock.now().wall));
        return {};
    });
    return ref;
}

BatchId World::addBatch(int priority) { return addBatch(templateRef, priority); }

BatchId World::addBatch(TemplateRef with, int priority) { return addBatch(account, with, priority); }

BatchId World::addBatch(AccountId of, TemplateRef with, int priority) {
    BatchId id;
    write([&](store::WriteSession &session) -> Result<void> {
        Batch b;
        b.account = of;
        b.templateRef = with;
        b.name = "batch";
        b.priority = priority;
        b.createdAt = clock.now().wall;
        b.createdBy = "tester";
        id = must(store::insertBatch(session, b));
        return {};
    });
    return id;
}

World::Neighbour World::addNeighbour(const std::string &name, char letter, double rate, int burst) {
    Neighbour n;
    write([&](store::WriteSession &session) -> Result<void> {
        Account a;
        a.name = name;
        a.appid = "wx0123456789abcde" + std::string(1, letter);
        a.rate = rate;
        a.burst = burst;
        a.connections = options.connections;
        a.createdAt = clock.now().wall;
        n.account = must(store::insertAccount(session, a));
        return {};
    });
    n.templateRef = addTemplate(n.account, letter);
    n.batch = addBatch(n.account, n.templateRef, 1);
    m_neighbours[n.batch] = n.account;
    return n;
}

AccountId World::ownerOf(BatchId of) const {
    const auto it = m_neighbours.find(of);
    return it == m_neighbours.end() ? account : it->second;
}

void World::enqueue(BatchId to, int count, const std::string &prefix, Millis dueIn) {
    std::vector<NewMessage> messages;
    for (int i = 0; i < count; ++i) {
        NewMessage m;
        m.openid = prefix + std::to_string(i);
        m.content = R"({"data":{"thing1":{"value":"订单 )" + std::to_string(i) + R"("}},"url":"https://example.org/"})";
        m.clientMsgId = makeClientMsgId(random);
        m.dueAt = clock.now().wall + dueIn;
        messages.push_back(std::move(m));
    }
    enqueue(to, messages);
    if (dispatcher)
        dispatcher->onWorkChanged();
}

void World::enqueue(BatchId to, const std::vector<NewMessage> &messages) {
    const auto name = [&](std::set<std::string> &in) {
        for (const NewMessage &m : messages)
            in.insert(m.clientMsgId);
    };
    try {
        write([&](store::WriteSession &session) -> Result<void> {
            const auto done = store::enqueue(session, ownerOf(to), to, messages, clock.now().wall);
            return done ? Result<void>{} : tl::unexpected(done.error());
        });
    } catch (const std::runtime_error &) {
        name(m_refused);
        throw;
    }
    name(m_accepted);
}

void World::enqueueForOne(int count, const std::string &openid) {
    for (int i = 0; i < count; ++i) {
        NewMessage m;
        m.openid = openid;
        m.content = R"({"data":{"thing1":{"value":"x"}}})";
        m.clientMsgId = makeClientMsgId(random);
        m.dueAt = clock.now().wall;
        enqueue(batch, {m});
    }
    if (dispatcher)
        dispatcher->onWorkChanged();
}

void World::setBatchState(BatchId of, BatchState state) {
    write([&](store::WriteSession &session) -> Result<void> {
        const auto done = store::setBatchState(session, of, state, {"tester", "a test"}, clock.now().wall);
        return done ? Result<void>{} : tl::unexpected(done.error());
    });
    if (dispatcher)
        dispatcher->onHoldsChanged();
}

void World::releaseAccount() {
    write([&](store::WriteSession &session) -> Result<void> {
        const auto done = store::setAccountHold(session, account, std::nullopt);
        return done ? Result<void>{} : tl::unexpected(done.error());
    });
    reloadAccounts();
}

void World::releaseTemplate(TemplateRef of) {
    write([&](store::WriteSession &session) -> Result<void> {
        const auto done = store::setTemplateHold(session, of, std::nullopt);
        return done ? Result<void>{} : tl::unexpected(done.error());
    });
    if (dispatcher)
        dispatcher->onWorkChanged();
}

void World::reloadAccounts() {
    if (dispatcher)
        dispatcher->setAccounts(accountConfigs());
}

void World::changeAccount(const AccountChange &change) {
    write([&](store::WriteSession &session) { return store::updateAccount(session, account, change); });
    reloadAccounts();
}

bool World::runUntil(const std::function<bool()> &done, Micros limit) {
    const Micros end = clock.elapsed() + limit;
    m_touched = true; // by whoever did something since
    for (;;) {
        if (disk.isDead())
            crash(m_loss);
        if (done())
            return true;
        if (!step(end))
            return done();
    }
}

bool World::step(Micros end) {
    // As the engine's own loop does: asked once after the dispatcher was called, not again by and by.
    if (m_touched) {
        const auto thinking = random.unit() * static_cast<double>(options.thinkTime.count());
        clock.advanceTo(clock.elapsed() + Micros{static_cast<Micros::rep>(thinking)});
        const auto at = dispatcher ? dispatcher->nextWake() : std::nullopt;
        m_wake = at ? std::optional(clock.elapsedAt(*at)) : std::nullopt;
        m_touched = false;
    }
    const auto event = events.next();
    if ((!event || *event > end) && (!m_wake || *m_wake > end)) {
        clock.advanceTo(end);
        return false;
    }
    if (m_wake && (!event || *m_wake <= *event)) {
        // A wake that changes nothing and asks to be woken at once would spin a core.
        m_wakesInARow = *m_wake > clock.elapsed() ? 0 : m_wakesInARow + 1;
        if (m_wakesInARow > 50) {
            m_spun = true;
            m_wake = clock.elapsed() + Millis{1};
        }
        clock.advanceTo(*m_wake);
        dispatcher->onTimer();
        m_touched = true;
        return true;
    }
    m_wakesInARow = 0;
    clock.advanceTo(*event);
    events.take()();
    return true;
}

bool World::drain(Micros limit) {
    return runUntil(
        [this] {
            const StateCounts c = counts();
            return c.waiting() == 0 && c[MessageState::Sending] == 0 && transport.inFlight() == 0;
        },
        limit);
}

StateCounts World::counts() const {
    StateCounts sum;
    if (!writer)
        return sum;
    for (const auto &[id, c] : writer->counts())
        sum += c;
    return sum;
}

std::int64_t World::number(const std::string &sql) const {
    const FaultyVfs::Undisturbed look;
    auto database = reader();
    return must(database.scalar(sql.c_str())).value_or(INT64_MIN);
}

std::string World::text(const std::string &sql) const {
    const FaultyVfs::Undisturbed look;
    auto database = reader();
    auto statement = must(store::Statement::prepare(database.handle(), sql));
    std::string joined;
    while (must(statement.step()))
        joined += (joined.empty() ? "" : " ") + statement.string(0);
    return joined;
}

Snapshot World::snapshot() const {
    Snapshot s;
    dispatcher->fill(s);
    return s;
}

std::optional<Hold> World::storedHold() const { return accountConfigs().at(0).account.hold; }

std::vector<MessageFacts> World::facts() const {
    const FaultyVfs::Undisturbed look;
    auto database = reader();
    auto s = must(store::Statement::prepare(database.handle(),
        "SELECT m.id, m.openid, m.client_msg_id, m.state, coalesce(m.cause, ''), coalesce(m.msgid, ''), m.attempts, m.tries,"
        " m.life, total(a.phase IN (2, 3)), total(a.phase = 1), total(a.phase IN (0, 4))"
        " FROM message m LEFT JOIN attempt a ON a.message_id = m.id GROUP BY m.id ORDER BY m.id"));
    std::vector<MessageFacts> all;
    while (must(s.step())) {
        MessageFacts f;
        f.id = s.id<MessageId>(0);
        f.openid = s.string(1);
        f.clientMsgId = s.string(2);
        f.state = messageStateFromNumber(s.integer(3)).value();
        f.cause = s.string(4);
        f.msgid = s.string(5);
        f.attempts = static_cast<int>(s.integer(6));
        f.tries = static_cast<int>(s.integer(7));
        f.life = static_cast<int>(s.integer(8));
        f.answered = static_cast<int>(s.integer(9));
        f.notWritten = static_cast<int>(s.integer(10));
        f.open = static_cast<int>(s.integer(11));
        all.push_back(std::move(f));
    }
    return all;
}

void World::addBrokenAnswers(const std::function<void(const std::string &)> &add) const {
    if (m_unsyncedAnswers + journal.unsyncedAnswers() > 0)
        add(std::to_string(m_unsyncedAnswers + journal.unsyncedAnswers()) + " commits were acknowledged before they were synced");
    const FaultyVfs::Undisturbed look;
    auto database = reader();
    auto s = must(store::Statement::prepare(database.handle(), "SELECT phase FROM attempt WHERE message_id = ?1 AND n = ?2"));
    for (const auto &[attempt, phase] : journal.acknowledged()) {
        s.bindAll(attempt.first, attempt.second);
        const bool there = must(s.step());
        if (!there || (phase && s.integer(0) != static_cast<std::int64_t>(*phase)))
            add("message " + std::to_string(attempt.first.value) + " attempt " + std::to_string(attempt.second)
                + (there ? " has lost its end" : " is lost") + " although it was acknowledged");
    }
}

QString World::violations() const {
    QStringList list;
    const auto add = [&](const std::string &words) {
        if (list.size() < 10)
            list += QString::fromStdString(words);
    };
    for (const std::string &problem : transport.problems())
        add(problem);
    if (m_spun)
        add("the dispatcher asked again and again to be woken at once, and did nothing");
    for (const std::string &id : wechat.changedBodies())
        add("client_msg_id " + id + " came with two bodies");
    addBrokenAnswers(add);
    const FaultyVfs::Undisturbed look;
    auto database = reader();
    for (const Violation &violation : must(store::verify(database)))
        add(violation.invariant + ": " + violation.detail);
    const auto all = facts();
    std::set<std::string> lost = m_accepted;
    for (const MessageFacts &f : all) {
        if (lost.erase(f.clientMsgId) == 0 && !m_refused.contains(f.clientMsgId) && f.life == 1)
            add(f.openid + " is in the database but was never handed in");
    }
    // A later life has another client_msg_id.
    const auto renamed = std::count_if(all.begin(), all.end(), [](const MessageFacts &f) { return f.life > 1; });
    if (static_cast<std::int64_t>(lost.size()) > renamed)
        add(std::to_string(lost.size()) + " messages are lost that were acknowledged");
    std::map<std::string, int> wanted;
    for (const MessageFacts &f : all)
        ++wanted[f.openid];
    for (const MessageFacts &f : all) {
        if (f.life > 1)
            continue; // an earlier life had another id; the tests of resending look for themselves
        const int wire = wechat.wireCopiesOf(f.clientMsgId);
        if (wire < f.answered || wire > f.answered + f.open)
            add(f.openid + ": " + std::to_string(wire) + " copies on the wire, " + std::to_string(f.answered)
                + " attempts with an answer and " + std::to_string(f.open) + " without an end");
        if (f.attempts != f.answered + f.notWritten + f.open)
            add(f.openid + ": attempts do not add up");
        const int copies = wechat.userCopies(f.openid);
        if (copies > wanted[f.openid])
            add(f.openid + " was notified " + std::to_string(copies) + " times");
        const bool taken = f.state == MessageState::Accepted || f.state == MessageState::Delivered || f.state == MessageState::Undelivered;
        if (taken && !wechat.gaveMsgid(f.openid, f.msgid))
            add(f.openid + " counts as " + toString(f.state) + " with a msgid the platform never gave");
        if (taken && copies == 0)
            add(f.openid + " counts as " + toString(f.state) + " but got nothing");
    }
    return list.join(QStringLiteral("; "));
}

} // namespace songda::simulation
