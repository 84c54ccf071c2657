// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/batch_feed.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QLineEdit;

namespace songda::ui {

class BatchView;
class DataTable;
class Notice;

/// The batches that run and those that ran, newest first, and one of them in full.
class BatchesPane final : public QWidget {
    Q_OBJECT
public:
    explicit BatchesPane(const PageContext &context, QWidget *parent = nullptr);

    void look(BatchId batch);
    /// Shows those that have this in their name.
    void search(const QString &text);
    BatchView *view() const { return m_view; }

Q_SIGNALS:
    void showMessages(const songda::MessageFilter &filter);

private:
    QString emptyText() const;
    void choose();

    PageContext m_context;
    BatchTable *m_rows;
    BatchFeed m_feed;
    QLineEdit *m_search;
    Notice *m_notice;
    DataTable *m_table;
    BatchView *m_view;
    bool m_failed = false; ///< the last question was not answered
    bool m_searched = false; ///< the first that is found is shown
    std::optional<BatchId> m_wanted; ///< to be chosen as soon as the list has it
    Texts m_texts;
};

} // namespace songda::ui
