// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/models/message_history.h"
#include "ui/models/rows_model.h"
#include "ui/widgets/command.h"
#include "ui/widgets/texts.h"

#include <QTimer>
#include <QWidget>
#include <functional>
#include <optional>

class QFormLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace songda::ui {

class AttemptCard;
class CauseCard;
class Chip;
class DataTable;
class Directory;
class MessageActs;
class Notice;
enum class NextStep;
class StateMap;
class ToneLabel;
class WechatCard;

/// Everything about one message: where it stands and what happens next, every attempt in full, what was sent, and all
/// that happened to it in all its lives.
class MessageInspector final : public QWidget {
    Q_OBJECT
public:
    MessageInspector(Engine &engine, const Directory &directory, QWidget *parent = nullptr);

    /// None: an empty page that says what this is for.
    void look(std::optional<MessageId> id);
    /// The data may have changed.
    void refresh();
    /// How the engine stands: what keeps the message back depends on it. For the page it is on.
    void showSnapshot(const Snapshot &snapshot);
    std::optional<MessageId> message() const { return m_id; }
    /// Asks for other words for the chosen message, as soon as it is there, and sends it with them. False when it cannot be
    /// sent again.
    bool edit();
    bool mayEdit() const;
    /// Asks WeChat whether it intercepted the message that is shown.
    void askIntercepted();
    /// Asks WeChat about the chosen attempt, which it refused.
    void askFailure();
    /// With what the next step of the message's cause is taken.
    void actWith(MessageActs *acts) { m_acts = acts; }
    /// Its keys, for the page it is on.
    std::vector<Command> commands();
    /// Puts the whole message as text on the clipboard.
    void copyAsText();

Q_SIGNALS:
    /// A message was sent again from here; a sentence about it.
    void acted(const QString &text);
    void showPage(const QString &name);

private:
    void takeStep(NextStep step);
    void offerStep(const Message &message);
    void judge();
    void show(const MessageDetail &detail);
    void fillFacts(const Message &message);
    void fillContent(const MessageDetail &detail);
    void tickClock();
    void showAttempt();
    void openTab(int index);
    bool mayAsk() const;
    const Attempt *chosenAttempt() const;
    void offerQuestions();
    /// While nothing is said: no answer.
    void answer(std::function<QString()> words, Tone tone);
    QWidget *buildAttempts();

    Engine &m_engine;
    const Directory &m_directory;
    std::optional<MessageId> m_id;
    std::optional<MessageDetail> m_detail;
    Snapshot m_live;
    quint64 m_generation = 0;
    MessageActs *m_acts = nullptr;
    bool m_editSoon = false; ///< when the chosen message is there

    RowsModel<Attempt> *m_attempts;
    RowsModel<HistoryRow> *m_history;
    QLabel *m_empty;
    QWidget *m_body;
    QLabel *m_recipient;
    Chip *m_state;
    QLabel *m_next;
    ToneLabel *m_clock;
    QTimer m_second;
    QPushButton *m_edit;
    QPushButton *m_copy;
    QPushButton *m_askIntercepted;
    QPushButton *m_askFailure;
    Notice *m_answer;
    std::function<QString()> m_answerWords; ///< again when the language changes
    Tone m_answerTone = Tone::Info;
    bool m_asking = false;
    StateMap *m_map;
    CauseCard *m_cause;
    QTabWidget *m_tabs;
    DataTable *m_attemptTable;
    AttemptCard *m_attemptCard;
    DataTable *m_historyTable;
    QFormLayout *m_facts;
    std::vector<std::pair<QString, QString>> m_shownFacts;
    WechatCard *m_card;
    QPlainTextEdit *m_json;
    Notice *m_notice;
    Texts m_texts;
};

} // namespace songda::ui
