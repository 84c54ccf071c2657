// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/message_feed.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QLabel;
class QPushButton;

namespace songda::ui {

class ChangeButton;
class DataTable;
class FilterBar;
class MessageActs;
class MessageInspector;
class Notice;

/// The live table of all messages, with filters above and the inspector beside it.
class QueuePage final : public Page {
    Q_OBJECT
public:
    explicit QueuePage(const PageContext &context, QWidget *parent = nullptr);

    void setFilter(const MessageFilter &filter);
    void focusSearch();
    /// The line one would type.
    void search(const QString &text);
    void refresh() override;
    void userChanged() override;
    std::vector<Command> commands() override;
    void showSnapshot(const Snapshot &snapshot) override;

private:
    MessageFilter chosen() const;
    /// Whom the chosen row, or the search, speaks of; empty: nobody in particular.
    std::optional<Person> person() const;
    /// How many match where the sums are kept: of everything, or of a batch.
    std::optional<std::int64_t> knownOf(const MessageFilter &filter) const;
    /// The same for what the list shows; nothing when that sum is behind the list.
    std::optional<std::int64_t> knownAndSeen() const;
    void fillCount();
    QString foundAs() const;
    void judgeButtons();

    PageContext m_context;
    MessageTable *m_rows;
    MessageFeed m_feed;
    FilterBar *m_filters;
    DataTable *m_table;
    MessageInspector *m_inspector;
    MessageActs *m_acts;
    Notice *m_notice;
    QLabel *m_title;
    QLabel *m_count;
    QPushButton *m_person;
    ChangeButton *m_change;
    QPushButton *m_resend;
    QPushButton *m_resendAll;
    QPushButton *m_cancel;
    QPushButton *m_cancelAll;
    StateCounts m_counts;
    Texts m_texts;
};

/// How many messages match, if the counters the engine keeps can tell: a filter by state alone, or none.
std::optional<std::int64_t> knownCount(const MessageFilter &filter, const StateCounts &counts);

} // namespace songda::ui
