// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/policy/template_syntax.h"
#include "ui/models/rows_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QLabel;
class QPushButton;
class QTabWidget;

namespace songda::ui {

class AccountPicker;
class ActProgress;
class DataTable;
class Notice;
class WechatCard;

/// A template and how much it is used.
struct TemplateLine : Template {
    TemplateUse use;

    bool operator==(const TemplateLine &) const = default;
};

/// What it was, and what came after it.
struct TemplateChange {
    TemplateVersion before;
    std::string title;
    std::string content;

    bool operator==(const TemplateChange &) const = default;
};

/// The templates as WeChat last told them: keys with types and limits, an example, how much each is used and fails, what
/// changed, and what is held or gone.
class TemplatesPage final : public Page {
    Q_OBJECT
public:
    explicit TemplatesPage(const PageContext &context, QWidget *parent = nullptr);

    void refresh() override;

private:
    const TemplateLine *chosen() const;
    void fill();
    void look();
    void askHistory();
    void fillDrift();
    void sync();
    void hold();
    void release();
    void told(const Result<bool> &done);

    PageContext m_context;
    std::vector<TemplateUse> m_uses;
    std::optional<TemplateRef> m_shown; ///< whose history is on screen
    std::string m_shownContent;
    quint64 m_generation = 0;
    RowsModel<TemplateLine> *m_rows;
    RowsModel<TemplateKey> *m_keys;
    RowsModel<TemplateChange> *m_history;
    QLabel *m_title;
    AccountPicker *m_account;
    QPushButton *m_sync;
    QPushButton *m_holdButton;
    QPushButton *m_release;
    QPushButton *m_failed;
    Notice *m_notice;
    ActProgress *m_progress;
    bool m_asking = false; ///< WeChat, for the templates
    DataTable *m_table;
    Notice *m_hold;
    Notice *m_drift;
    QLabel *m_id;
    DataTable *m_keyTable;
    DataTable *m_historyTable;
    QTabWidget *m_tabs;
    QLabel *m_exampleTitle;
    WechatCard *m_card;
    Texts m_texts;
};

} // namespace songda::ui
