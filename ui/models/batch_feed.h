// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/batch.h"
#include "engine/model/error.h"
#include "ui/models/batch_table.h"
#include "ui/models/keyset_window.h"

#include <QFuture>
#include <QObject>
#include <QTimer>
#include <functional>

namespace songda::ui {

/// A window over all batches that match a search, newest first, however many there are. Asked off the GUI thread; what one
/// types is looked for after a short rest; an answer to an older question is dropped.
class BatchFeed final : public QObject {
    Q_OBJECT
public:
    using Source = std::function<QFuture<Result<std::vector<Batch>>>(BatchSearch)>;

    BatchFeed(Source source, BatchTable *table, QObject *parent = nullptr);

    /// Looks for this when nothing more has been typed for a moment.
    void setText(const QString &text);
    void refresh() { ask(); }
    void goDown();
    void goUp();
    /// No answer to what is looked for is there yet.
    bool isLoading() const { return m_loading; }

Q_SIGNALS:
    void changed();
    void failed(const songda::Error &error);

private:
    void begin();
    void ask();

    Source m_source;
    BatchTable *m_table;
    QString m_wanted;
    std::string m_text;
    KeysetWindow<BatchId> m_window;
    bool m_more = false;
    bool m_loading = true;
    bool m_wantsDown = false; ///< as soon as the answer is there
    bool m_asked = false;
    bool m_again = false;
    quint64 m_generation = 0;
    QTimer m_rest;
};

} // namespace songda::ui
