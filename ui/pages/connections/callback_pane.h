// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

#include <optional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace songda::ui {

class DataTable;
class Notice;
class ToneLabel;

/// How the reports of one account's platform take.
struct Reporting {
    AccountId id;
    std::string account;
    std::optional<Callback> callback;
    std::optional<RadarReport> radar;
};

/// Where the platform reports to, account by account: what to enter on its page, whether reports arrive, and which
/// messages it took and never reported on.
class CallbackPane final : public Page {
    Q_OBJECT
public:
    explicit CallbackPane(const PageContext &context, QWidget *parent = nullptr);

    void refresh() override;
    void userChanged() override;
    std::vector<Command> commands() override;
    void setPublicUrl(const QString &url);

private:
    QWidget *buildCard();
    void setTexts();
    void ask();
    void askRadar();
    void fill();
    void look();
    void judge();
    void showSecrets(bool shown);
    /// Takes what somebody looked at or chose for one account off the card.
    void clearCard();
    void setUp();
    void renewKey();
    void removeChosen();
    void showMissing();
    void change(CallbackWish wish, const QString &well);
    const Reporting *chosen() const;
    QString address(const Callback &callback) const;

    PageContext m_context;
    RowsModel<Reporting> *m_rows;
    std::vector<Callback> m_callbacks;
    std::vector<RadarReport> m_radars;
    std::optional<WallTime> m_radarAsked;
    std::optional<CallbackSetup> m_setup; ///< with its secrets, while somebody looks at them
    QString m_publicUrl;
    quint64 m_generation = 0; ///< of who has signed in: answers to another one are dropped
    bool m_modeChosen = false; ///< by a person, and not set yet: news do not put it back
    bool m_busy = false;
    QLabel *m_intro;
    Notice *m_notice;
    DataTable *m_table;
    QLabel *m_cardTitle;
    ToneLabel *m_verdict;
    QPushButton *m_missing;
    QFormLayout *m_form;
    QLineEdit *m_url;
    QLineEdit *m_token;
    QLineEdit *m_key;
    QComboBox *m_mode;
    QLabel *m_hint;
    QCheckBox *m_show;
    QPushButton *m_set;
    QPushButton *m_renew;
    QPushButton *m_remove;
    Texts m_texts;
};

} // namespace songda::ui
