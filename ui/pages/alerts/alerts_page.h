// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/pages/alerts/alert_words.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace songda::ui {

class DataTable;
class Notice;

/// What is wrong, since when and who sees to it: grouped by what is watched, with the step that leads there.
class AlertsPage final : public Page {
    Q_OBJECT
public:
    static constexpr int mostPast = 500;

    explicit AlertsPage(const PageContext &context, QWidget *parent = nullptr);

    void showSnapshot(const Snapshot &snapshot) override;
    void refresh() override;
    std::vector<Command> commands() override;

private:
    QWidget *buildRight();
    void take(std::vector<Alert> alerts);
    void fillRows();
    void look();
    void lookAtTellings();
    void follow();
    void acknowledge();
    void openSinks();
    const Alert *chosen() const;

    PageContext m_context;
    std::vector<Alert> m_alerts;
    RowsModel<AlertGroup> *m_groups;
    RowsModel<Alert> *m_rows;
    quint64 m_generation = 0;
    AlertCounts m_counts{};
    WallTime m_now;
    QLabel *m_title;
    QCheckBox *m_past;
    QPushButton *m_sinks;
    QLabel *m_intro;
    Notice *m_notice;
    DataTable *m_groupTable;
    DataTable *m_table;
    QLabel *m_cardTitle;
    QLabel *m_sentence;
    QLabel *m_advice;
    QLabel *m_seen;
    QLabel *m_told;
    QPushButton *m_step;
    QPushButton *m_acknowledge;
    Texts m_texts;
};

} // namespace songda::ui
