// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/queries.h"
#include "ui/models/search_text.h"
#include "ui/widgets/filter_words.h"
#include "ui/widgets/texts.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace songda::ui {

class AccountPicker;
class BatchPicker;
class Directory;
class LastWordCompleter;
class TemplatePicker;

/// What the queue shows: states, account, template, batch, and one search box. Typing is answered after a short rest,
/// so that it never stutters.
class FilterBar final : public QWidget {
    Q_OBJECT
public:
    explicit FilterBar(Directory &directory, QWidget *parent = nullptr);

    MessageFilter filter() const { return m_filter; }
    /// Sets everything at once; what the boxes cannot show stands in the search, and below as parts that can be taken off.
    void set(const MessageFilter &filter);
    void focusSearch();
    /// All that is set, as one line of search text that works in every language.
    QString searchText() const;
    /// Sets everything by such a line.
    void search(const QString &text);
    /// Takes off whom or whose order was looked for, and what was typed and is not in force.
    void forgetPerson();
    /// Asks for a name and keeps what is set under it.
    void keep();
    QPushButton *clearButton() const { return m_clear; }

Q_SIGNALS:
    void filterChanged(const songda::MessageFilter &filter);

private:
    void fillStates();
    void chooseStates(const std::vector<MessageState> &states);
    /// A press for each part of the filter that no box shows.
    void fillParts();
    /// Both at once: read when they are together.
    void put(const MessageFilter &filter, const QString &text);
    void read();
    SearchNames names() const;
    MessageFilter boxes() const;
    void fillSaved();

    Directory &m_directory;
    MessageFilter m_filter;
    MessageFilter m_given; ///< what neither a box nor the search can show, as a long list of messages
    std::vector<MessageState> m_otherStates; ///< an entry of its own in the box while no other one says it; empty: none
    QComboBox *m_states;
    AccountPicker *m_account;
    TemplatePicker *m_template;
    BatchPicker *m_batch;
    QLineEdit *m_search;
    QPushButton *m_saved;
    QPushButton *m_clear;
    QLabel *m_problem;
    QWidget *m_parts;
    std::vector<FilterPart> m_shownParts;
    QGridLayout *m_partsLayout;
    LastWordCompleter *m_completer;
    QTimer m_rest;
    bool m_setting = false;
    Texts m_texts;
};

} // namespace songda::ui
