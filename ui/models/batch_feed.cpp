// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/batch_feed.h"

#include "engine/when_done.h"

#include <utility>

namespace songda::ui {

BatchFeed::BatchFeed(Source source, BatchTable *table, QObject *parent)
    : QObject(parent)
    , m_source(std::move(source))
    , m_table(table) {
    m_rest.setSingleShot(true);
    m_rest.setInterval(std::chrono::milliseconds(200));
    connect(&m_rest, &QTimer::timeout, this, &BatchFeed::begin);
}

void BatchFeed::setText(const QString &text) {
    m_wanted = text.trimmed();
    m_rest.start();
}

void BatchFeed::begin() {
    if (m_text == m_wanted.toStdString())
        return;
    m_text = m_wanted.toStdString();
    m_window.reset();
    m_wantsDown = false;
    m_loading = true;
    ++m_generation;
    m_asked = false;
    ask();
}

void BatchFeed::goDown() {
    if (m_asked) {
        m_wantsDown = true; // the end of the list is not reached twice
        return;
    }
    if (!m_more)
        return;
    const Batch *last = m_table->at(m_window.pageRows - 1);
    if (m_window.down(last != nullptr ? std::optional(last->id) : std::nullopt))
        ask();
}

void BatchFeed::goUp() {
    if (!m_asked && m_window.up())
        ask();
}

void BatchFeed::ask() {
    if (m_asked) {
        m_again = true;
        return;
    }
    m_asked = true;
    m_again = false;
    BatchSearch search;
    search.text = m_text;
    search.before = m_window.before();
    search.limit = m_window.limit() + 1; // one more tells whether there is more
    whenDone(m_source(search), this, [this, generation = m_generation, shown = m_window.limit()](Result<std::vector<Batch>> batches) {
        if (generation != m_generation)
            return;
        m_asked = false;
        m_loading = false;
        if (batches) {
            m_more = static_cast<int>(batches->size()) > shown;
            if (m_more)
                batches->pop_back();
            m_table->show(std::move(*batches));
        } else {
            Q_EMIT failed(batches.error());
        }
        Q_EMIT changed();
        if (std::exchange(m_wantsDown, false))
            goDown();
        if (m_again)
            ask();
    });
}

} // namespace songda::ui
