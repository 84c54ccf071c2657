// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

#include <QTimer>
#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;

namespace songda::ui {

class BatchOptions;
class BatchSource;
class CardStepper;
class DataTable;
class Notice;
class Preflight;

/// A batch from a file: choose it, map its columns, look at the first rows as cards, have every row checked, see what
/// would become of it, then queue it. Nothing is queued before the check has been seen.
class BatchForm final : public QWidget {
    Q_OBJECT
public:
    explicit BatchForm(const PageContext &context, QWidget *parent = nullptr);

    void openFile(const QString &path);
    /// Has every row checked, as the button does.
    void checkRows();
    /// Writes what the check refused, with line, column and reason, to a file.
    void saveRejects(const QString &path);
    /// What the account lets through now, for the foresight.
    void showSnapshot(const Snapshot &snapshot);
    /// Somebody else has signed in, for whom file, rows and answers are not. What is under way goes on first.
    void userChanged();

Q_SIGNALS:
    void queued(const songda::ImportReport &report);
    void showBatch(songda::BatchId batch);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    enum class Job { None, Check, SaveRejects, Import };

    QWidget *buildLeft();
    QWidget *buildRight();
    void fillCard();
    void somethingChanged();
    /// The rows have to be checked again.
    void dropCheck();
    void foresee();
    std::optional<ImportRequest> request() const;
    void start(Job job, const QString &rejectsPath = {});
    void finish(Job job, const Result<ImportReport> &report);
    void fillPreflight();
    void judge();

    PageContext m_context;
    std::optional<ImportReport> m_checked; ///< of exactly the rows that are on screen
    std::optional<ImportRequest> m_checkedFor;
    std::optional<Forecast> m_without, m_with;
    std::optional<BatchId> m_queued;
    Snapshot m_snapshot;
    Job m_job = Job::None;
    bool m_forgetAfter = false; ///< the one whose job this is has gone
    std::shared_ptr<JobControl> m_control;
    QTimer m_progressTimer;
    QTimer m_rest; ///< the foresight is asked for when the fields have come to rest
    quint64 m_forecastGeneration = 0;

    BatchSource *m_source;
    BatchOptions *m_options;
    CardStepper *m_card;
    QLabel *m_checkTitle;
    QLabel *m_checkHint;
    Notice *m_notice;
    Preflight *m_preflight;
    RowsModel<RowProblem> *m_rejects;
    DataTable *m_rejectTable;
    QLabel *m_rejectsShown;
    QPushButton *m_saveRejects;
    QProgressBar *m_progress;
    QPushButton *m_check;
    QPushButton *m_queue;
    QPushButton *m_stop;
    QPushButton *m_show;
    Texts m_texts;
};

} // namespace songda::ui
