// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/reports/report_period.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

#include <QTimer>

class QComboBox;
class QDateEdit;
class QFormLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace songda::ui {

class AccountPicker;
class BatchPicker;
class Notice;
class TemplatePicker;

/// Audit exports: which messages of which days into one CSV file, with a manifest beside it; reports kept under a name;
/// and the check whether a report is still what it was.
class ReportsPage final : public Page {
    Q_OBJECT
public:
    explicit ReportsPage(const PageContext &context, QWidget *parent = nullptr);

    /// What the form asks for at the moment.
    MessageFilter filter() const;
    void exportTo(const QString &path);
    /// Looks whether these are as they were written, and says so.
    void check(const QStringList &paths);
    std::vector<Command> commands() override;
    /// Who has signed in may have changed.
    void refresh() override { judge(); }

private:
    void chooseAndCheck();
    void keep();
    void open(const QString &name);
    void fillSaved();
    void judgePeriod();
    void chooseAndExport();
    void judge();
    void begin(bool checking);
    void end();
    /// Whether every field can be understood.
    bool judgeFields();
    void fillStates();

    PageContext m_context;
    std::shared_ptr<JobControl> m_control;
    QTimer m_progressTimer;
    QLabel *m_title;
    QLabel *m_intro;
    QFormLayout *m_form;
    QComboBox *m_states;
    AccountPicker *m_account;
    TemplatePicker *m_template;
    BatchPicker *m_batch;
    QLineEdit *m_cause;
    QLabel *m_causeHint;
    QLineEdit *m_openid;
    QLabel *m_openidHint;
    QComboBox *m_period;
    QDateEdit *m_from;
    QDateEdit *m_to;
    QLabel *m_dayHint;
    QComboBox *m_header;
    QPushButton *m_export;
    QPushButton *m_saved;
    QPushButton *m_check;
    QPushButton *m_stop;
    QProgressBar *m_progress;
    Notice *m_notice;
    QLabel *m_result;
    bool m_busy = false;
    bool m_checking = false; ///< what it is busy with; else it exports
    bool m_headerChosen = false; ///< in words other than those of the console, perhaps
    Texts m_texts;
};

} // namespace songda::ui
