// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/pages/send/mapping_table.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

#include <QTimer>

class QCheckBox;
class QDateTimeEdit;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace songda::ui {

class AccountPicker;
class DataTable;
class Notice;
class TemplatePicker;
class WechatCard;

/// A batch from a file: choose it, map its columns, look at the first rows as cards, have every row checked, then
/// queue it. Nothing is queued before the check has been seen.
class BatchForm final : public QWidget {
    Q_OBJECT
public:
    explicit BatchForm(const PageContext &context, QWidget *parent = nullptr);

    void openFile(const QString &path);
    /// Has every row checked, as the button does.
    void checkRows();

Q_SIGNALS:
    void showMessages(const songda::MessageFilter &filter);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    enum class Job { None, Check, SaveRejects, Import };

    QWidget *buildLeft();
    QWidget *buildRight();
    void chooseFile();
    void fillMapping();
    void fillCard();
    void somethingChanged();
    std::optional<ImportRequest> request() const;
    void start(Job job, const QString &rejectsPath = {});
    void finish(Job job, const Result<ImportReport> &report);
    void fillReport();
    void judge();

    PageContext m_context;
    QString m_path;
    std::optional<CsvPreview> m_preview;
    int m_cardRow = 0;
    std::optional<ImportReport> m_checked; ///< of exactly what is on screen
    std::optional<BatchId> m_queued;
    Job m_job = Job::None;
    std::shared_ptr<JobControl> m_control;
    QTimer m_progressTimer;
    quint64 m_previewGeneration = 0;

    QPushButton *m_choose;
    QLabel *m_file;
    AccountPicker *m_account;
    TemplatePicker *m_template;
    QLineEdit *m_name;
    QCheckBox *m_later;
    QDateTimeEdit *m_at;
    QLabel *m_nameLabel;
    QLabel *m_nameHint;
    QLabel *m_accountLabel;
    QLabel *m_templateLabel;
    QLabel *m_mappingTitle;
    QLabel *m_mappingHint;
    MappingTable *m_mapping;
    QLabel *m_cardTitle;
    WechatCard *m_card;
    QLabel *m_cardTo;
    QPushButton *m_previous;
    QPushButton *m_next;
    Notice *m_notice;
    QLabel *m_numbers;
    RowsModel<RowProblem> *m_rejects;
    DataTable *m_rejectTable;
    QPushButton *m_saveRejects;
    QProgressBar *m_progress;
    QPushButton *m_check;
    QPushButton *m_queue;
    QPushButton *m_stop;
    QPushButton *m_show;
    Texts m_texts;
};

} // namespace songda::ui
