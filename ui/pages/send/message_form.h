// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/policy/template_syntax.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"
#include "ui/widgets/wechat_card.h"

#include <vector>

class QCheckBox;
class QDateTimeEdit;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace songda::ui {

class AccountPicker;
class Notice;
class TemplatePicker;

/// The form of one message, made from the template's keys, each value checked as it is typed.
class MessageForm final : public QWidget {
    Q_OBJECT
public:
    explicit MessageForm(const PageContext &context, QWidget *parent = nullptr);

    /// Somebody else has signed in, for whom the person and the values are not.
    void userChanged();

Q_SIGNALS:
    void showMessages(const songda::MessageFilter &filter);

private:
    struct Field {
        TemplateKey key;
        QLineEdit *edit;
        QLabel *hint;
    };

    void buildFields();
    /// Marks what is wrong; true when everything may be sent.
    bool check();
    TemplateData data() const;
    void send();

    PageContext m_context;
    AccountPicker *m_account;
    TemplatePicker *m_template;
    QLineEdit *m_openid;
    QLabel *m_openidHint;
    QLineEdit *m_url;
    QLabel *m_urlHint;
    QLineEdit *m_key;
    QCheckBox *m_later;
    QDateTimeEdit *m_at;
    QLabel *m_atHint;
    QFormLayout *m_form;
    QFormLayout *m_fieldForm;
    std::vector<Field> m_fields;
    std::optional<TemplateRef> m_built;
    std::string m_builtContent;
    WechatCard *m_card;
    QLabel *m_cardTitle;
    QPushButton *m_send;
    QPushButton *m_show;
    Notice *m_notice;
    std::optional<MessageId> m_sent;
    bool m_sending = false;
    Texts m_texts;
};

} // namespace songda::ui
