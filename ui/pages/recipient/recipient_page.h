// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/message_feed.h"
#include "ui/pages/recipient/recipient_verdict.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

#include <QTimer>

class QLabel;
class QLineEdit;
class QPushButton;

namespace songda::ui {

class AccountPicker;
class Chip;
class DataTable;
class MessageActs;
class MessageInspector;
class Notice;
class StatTile;
class TemplatePicker;

/// One person: what was sent to them and what became of it, whether they may be written to, and whether another
/// message today is wise.
class RecipientPage final : public Page {
    Q_OBJECT
public:
    explicit RecipientPage(const PageContext &context, QWidget *parent = nullptr);

    void look(const Person &person);
    void refresh() override;
    void userChanged() override;
    void showSnapshot(const Snapshot &snapshot) override;
    std::vector<Command> commands() override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildPerson();
    void read();
    void turnTo(std::string openid, std::optional<MessageId> message);
    void findAccounts();
    void setAccount(std::optional<AccountId> account);
    bool hasPerson() const { return m_message || !m_openid.empty(); }
    QString name() const;
    QString openidHint() const;
    MessageFilter theirMessages() const;
    QString otherAccounts() const;
    void ask();
    void fill();
    void judge();
    void suppress();
    void lift();
    std::vector<Suppression> standing() const;
    const Account *account() const;
    /// Of the chosen messages those that did not get through.
    MessageFilter resendable() const;

    PageContext m_context;
    std::string m_openid;
    std::optional<MessageId> m_message; ///< the person is whom this is for; the openid is not for who has signed in
    QString m_masked; ///< what then stands in place of the openid
    std::vector<AccountId> m_known; ///< accounts that know the openid
    bool m_accountChosen = false; ///< by a person, or by what led here
    std::optional<AccountId> m_wanted; ///< as soon as the list of accounts has it
    std::optional<std::vector<Suppression>> m_suppressed; ///< lifted ones among them; nothing until they are read
    RecipientRules m_rules;
    bool m_answered = false;
    bool m_more = false;
    quint64 m_generation = 0;
    quint64 m_persons = 0; ///< looked at so far
    QTimer m_rest;

    MessageTable *m_rows;
    RowsModel<Suppression> *m_list;
    QLabel *m_title;
    QLineEdit *m_search;
    AccountPicker *m_account;
    QLabel *m_searchHint;
    Notice *m_notice;
    QWidget *m_body;
    Chip *m_advice;
    QLabel *m_question;
    QLabel *m_reasons;
    StatTile *m_sent;
    StatTile *m_accepted;
    StatTile *m_delivered;
    StatTile *m_refused;
    StatTile *m_waiting;
    QLabel *m_listTitle;
    DataTable *m_listTable;
    TemplatePicker *m_template;
    QPushButton *m_suppress;
    QPushButton *m_lift;
    QLabel *m_messagesTitle;
    DataTable *m_table;
    QPushButton *m_resend;
    QPushButton *m_show;
    MessageInspector *m_inspector;
    MessageActs *m_acts;
    Texts m_texts;
};

} // namespace songda::ui
