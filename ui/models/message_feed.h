// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/queries.h"
#include "ui/models/keyset_window.h"
#include "ui/models/rows_model.h"

#include <QFuture>
#include <QObject>
#include <functional>
#include <optional>
#include <vector>

#include "engine/model/error.h"

namespace songda::ui {

class Directory;

using MessageTable = RowsModel<MessageRow>;
/// Columns that not every page shows at first.
inline constexpr int messageDueColumn = 9;
inline constexpr int messageAccountColumn = 10;
MessageTable *makeMessageTable(const Directory &directory, QObject *parent);

/// A window over the messages that match a filter, newest first: at most `windowRows` rows are in memory, however
/// many match. Going down shifts the window by a page, going up shifts it back. Every question is asked off the GUI
/// thread; the last known rows stay until the answer is there; an older question is called off, and an answer that is under way dropped.
class MessageFeed final : public QObject {
    Q_OBJECT
public:
    static constexpr int pageRows = KeysetWindow<MessageId>::pageRows;
    static constexpr int windowRows = KeysetWindow<MessageId>::windowRows;

    using Source = std::function<QFuture<Result<songda::Page>>(PageRequest)>;

    MessageFeed(Source source, MessageTable *table, QObject *parent = nullptr);
    ~MessageFeed() override;

    const MessageFilter &filter() const { return m_filter; }
    /// Starts at the newest message again.
    void setFilter(MessageFilter filter);
    /// The data may have changed: asks for the same window again.
    void refresh();
    void goDown();
    void goUp();
    /// While the reader is looking at a row, what is new waits above the window instead of pushing that row away.
    void standStill(bool still);

    /// The newest message was on show when it was told to stand still.
    bool standsStill() const { return m_still && m_window.standsStill(); }
    /// At the newest message, taking in what is new.
    bool atTop() const { return m_window.atTop(); }
    bool hasMore() const { return m_more; }
    /// True while a first answer to the present filter is still awaited.
    bool isLoading() const { return m_loading; }
    /// The rows on show answer the present filter: not while they are awaited, nor when they could not be read.
    bool isAnswered() const { return m_answered; }

Q_SIGNALS:
    void changed(); ///< rows, position or loading
    void failed(const songda::Error &error);

private:
    void ask();
    void askAnew();
    void holdWindow();
    void take(Result<songda::Page> answer, quint64 generation);

    Source m_source;
    MessageTable *m_table;
    MessageFilter m_filter;
    KeysetWindow<MessageId> m_window;
    QFuture<Result<songda::Page>> m_question;
    bool m_still = false;
    bool m_more = false;
    bool m_loading = false;
    bool m_answered = false;
    bool m_wantsDown = false; ///< as soon as the answer is there
    bool m_asked = false; ///< a question is out
    bool m_again = false; ///< and another one waits
    quint64 m_generation = 0;
};

} // namespace songda::ui
