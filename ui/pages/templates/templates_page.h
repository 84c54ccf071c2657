// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/policy/template_syntax.h"
#include "ui/models/rows_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QLabel;
class QPushButton;

namespace songda::ui {

class AccountPicker;
class DataTable;
class Notice;
class WechatCard;

/// The templates as WeChat last told them: keys with types and limits, an example, and what is held or gone.
class TemplatesPage final : public Page {
    Q_OBJECT
public:
    explicit TemplatesPage(const PageContext &context, QWidget *parent = nullptr);

    void refresh() override;

private:
    void fill();
    void look();
    void sync();
    void release();

    PageContext m_context;
    RowsModel<Template> *m_rows;
    RowsModel<TemplateKey> *m_keys;
    QLabel *m_title;
    AccountPicker *m_account;
    QPushButton *m_sync;
    QPushButton *m_release;
    Notice *m_notice;
    DataTable *m_table;
    Notice *m_hold;
    QLabel *m_id;
    DataTable *m_keyTable;
    QLabel *m_exampleTitle;
    WechatCard *m_card;
    Texts m_texts;
};

} // namespace songda::ui
