// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "engine/policy/template_syntax.h"
#include "ui/widgets/wechat_card.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace songda::ui {

class Directory;
class Notice;

/// A message that failed, with its words to be changed. All else about it stays; the change is recorded.
class EditDialog final : public QDialog {
    Q_OBJECT
public:
    EditDialog(Engine &engine, const Directory &directory, const MessageDetail &detail, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Queued again, with a sentence about it.
    void sent(const QString &text);

private:
    struct Field {
        TemplateKey key;
        QString before; ///< empty also where it is not shown
        QLineEdit *edit = nullptr;
        QLabel *hint = nullptr;
    };
    void check();
    void send();
    TemplateData data() const;

    Engine &m_engine;
    std::optional<Template> m_template; ///< a copy: the directory reads its own anew
    MessageId m_id;
    int m_life;
    bool m_masked; ///< values are not for who has signed in: an empty field is kept as it is
    QString m_urlBefore;
    std::vector<Field> m_fields;
    QLineEdit *m_url;
    QLabel *m_urlHint;
    QLineEdit *m_reason;
    QCheckBox *m_twice = nullptr; ///< only for what may have arrived
    QLabel *m_changes;
    WechatCard *m_card;
    Notice *m_notice;
    QPushButton *m_send;
    bool m_sending = false;
};

} // namespace songda::ui
