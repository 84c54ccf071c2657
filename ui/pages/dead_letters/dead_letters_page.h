// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/message_feed.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

#include <QTimer>

class QLabel;
class QPushButton;
class QSplitter;

namespace songda::ui {

class CauseCard;
class DataTable;
class MessageActs;
class MessageInspector;
class Notice;
class ReplayStrip;
enum class NextStep;

/// The states of a dead letter: died, reported as not arrived, or of unknown fate.
inline const std::vector<MessageState> &deadLetterStates() {
    static const std::vector<MessageState> states{MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain};
    return states;
}

/// The messages behind a group of causes.
MessageFilter filterOf(const CauseGroup &group);

/// What failed for good, grouped by why: the place to mend, to send again under watch, or to give up with a reason.
class DeadLettersPage final : public Page {
    Q_OBJECT
public:
    explicit DeadLettersPage(const PageContext &context, QWidget *parent = nullptr);

    void refresh() override;
    void userChanged() override;
    void showSnapshot(const Snapshot &snapshot) override;
    std::vector<Command> commands() override;

private:
    QWidget *buildGroups();
    QWidget *buildMessages();
    void buildActs();
    void setTexts();
    void showGroup(const CauseGroup *group);
    void showGroups(std::vector<CauseGroup> groups);
    void showDiscarded(bool discarded);
    void judgeButtons();
    void fillCount();
    void takeStep(NextStep step);
    void editChosen();
    void replay();
    void showPast();
    void writeNote();
    void discardGroup();
    void resendSelection();
    void discardSelection();
    void restoreSelection();
    void tickClocks();
    MessageFilter chosen() const;
    bool uncertainChosen() const;

    PageContext m_context;
    RowsModel<CauseGroup> *m_groups;
    MessageTable *m_rows;
    MessageFeed m_feed;
    std::optional<CauseGroup> m_group;
    std::int64_t m_total = 0;
    WallTime m_lastAt; ///< when the last of these died
    WallTime m_countedAt; ///< when the groups on screen were asked for
    bool m_asked = false;
    bool m_discardedShown = false;
    bool m_editFirst = false; ///< as soon as the messages of the group are there
    QTimer m_second;
    ReplayStrip *m_replays;
    DataTable *m_groupTable;
    DataTable *m_table;
    CauseCard *m_cause;
    MessageInspector *m_inspector;
    MessageActs *m_acts;
    Notice *m_notice;
    QLabel *m_title;
    QLabel *m_count;
    QPushButton *m_resend;
    QPushButton *m_resendGroup;
    QPushButton *m_discard;
    QPushButton *m_discardGroup;
    QPushButton *m_note;
    QPushButton *m_past;
    QPushButton *m_showDiscarded;
    QPushButton *m_restore;
    QPushButton *m_restoreAll;
    Texts m_texts;
};

} // namespace songda::ui
