// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/message_feed.h"

#include "engine/when_done.h"
#include "ui/models/directory.h"
#include "ui/widgets/format.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <utility>

namespace songda::ui {

namespace {

struct MessageColumns {
    Q_DECLARE_TR_FUNCTIONS(MessageColumns)
};

} // namespace

MessageTable *makeMessageTable(const Directory &directory, QObject *parent) {
    using Row = MessageRow;
    std::vector<MessageTable::Column> columns{
        numberColumn<Row>([] { return MessageColumns::tr("No."); }, [](const Row &m) { return QString::number(m.id.value); }),
        chipColumn<Row>([] { return MessageColumns::tr("State"); }, [](const Row &m) { return words::stateWithClock(m, Engine::wallNow()); },
            [](const Row &m) { return words::tone(m.state); }),
        textColumn<Row>([] { return MessageColumns::tr("Recipient"); }, [](const Row &m) { return q(m.openid); }),
        textColumn<Row>([] { return MessageColumns::tr("Cause"); },
            [&directory](const Row &m) { return m.cause.empty() ? QString() : directory.causeText(m.cause); }),
        numberColumn<Row>([] { return MessageColumns::tr("Attempts"); }, [](const Row &m) { return QString::number(m.attempts); }),
        textColumn<Row>([] { return MessageColumns::tr("Template"); }, [&directory](const Row &m) { return directory.templateTitle(m.templateRef); }),
        textColumn<Row>([] { return MessageColumns::tr("Batch"); }, [](const Row &m) { return m.batchName.empty() ? MessageColumns::tr("Single messages") : q(m.batchName); }),
        textColumn<Row>([] { return MessageColumns::tr("Created"); }, [](const Row &m) { return shortTime(m.createdAt); }),
        textColumn<Row>([] { return MessageColumns::tr("Finished"); }, [](const Row &m) { return shortTime(m.finishedAt); }),
        // Only of what still has a turn to wait for.
        textColumn<Row>([] { return MessageColumns::tr("Due"); },
            [](const Row &m) { return isWaiting(m.state) || m.state == MessageState::Held ? shortTime(m.dueAt) : QString(); }),
        textColumn<Row>([] { return MessageColumns::tr("Account"); }, [&directory](const Row &m) { return directory.accountName(m.account); }),
    };
    return new MessageTable(std::move(columns), [](const Row &m) { return QString::number(m.id.value); }, parent);
}

MessageFeed::MessageFeed(Source source, MessageTable *table, QObject *parent)
    : QObject(parent)
    , m_source(std::move(source))
    , m_table(table) {}

void MessageFeed::setFilter(MessageFilter filter) {
    m_filter = std::move(filter);
    m_window.reset();
    m_wantsDown = false;
    m_loading = true;
    m_answered = false;
    askAnew();
}

MessageFeed::~MessageFeed() {
    m_question.cancel();
}

void MessageFeed::standStill(bool still) {
    if (still == std::exchange(m_still, still))
        return;
    const bool wasAtTop = m_window.atTop();
    if (still && !m_loading) // what is on show answers another question until then
        holdWindow();
    if (still ? wasAtTop && !m_window.atTop() && m_asked : m_window.goOn())
        askAnew();
    Q_EMIT changed();
}

void MessageFeed::holdWindow() {
    if (const MessageRow *first = m_table->at(0))
        m_window.standStill(MessageId{first->id.value + 1});
}

void MessageFeed::askAnew() {
    ++m_generation; // what is under way answers another question
    m_question.cancel();
    m_asked = false;
    ask();
}

void MessageFeed::refresh() {
    ask();
}

void MessageFeed::goDown() {
    if (m_asked) {
        m_wantsDown = true; // the end of the list is not reached twice
        return;
    }
    if (!m_more)
        return;
    const MessageRow *last = m_table->at(pageRows - 1);
    if (m_window.down(last != nullptr ? std::optional(last->id) : std::nullopt))
        ask();
}

void MessageFeed::goUp() {
    if (!m_asked && m_window.up())
        ask();
}

void MessageFeed::ask() {
    if (m_asked) {
        m_again = true;
        return;
    }
    m_asked = true;
    m_again = false;
    const quint64 generation = m_generation;
    m_question = m_source(PageRequest{m_filter, m_window.before(), m_window.limit()});
    whenDone(m_question, this, [this, generation](Result<songda::Page> answer) {
        take(std::move(answer), generation);
    });
}

void MessageFeed::take(Result<songda::Page> answer, quint64 generation) {
    if (generation != m_generation)
        return;
    m_asked = false;
    m_loading = false;
    if (answer) {
        m_answered = true;
        m_more = answer->more;
        m_table->show(std::move(answer->rows));
        if (m_still)
            holdWindow();
    } else {
        Q_EMIT failed(answer.error());
    }
    Q_EMIT changed();
    if (std::exchange(m_wantsDown, false))
        goDown();
    if (m_again)
        ask();
}

} // namespace songda::ui
