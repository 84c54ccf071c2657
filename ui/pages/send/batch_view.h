// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/send/batch_pulse.h"
#include "ui/pages/send/missed_table.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace songda::ui {

class BatchSums;
class Chip;
class DataTable;
class MessageActs;
class Notice;
class RecallPanel;

/// One batch from its first moment to the question who did not get it. Follows the directory; GUI thread.
class BatchView final : public QWidget {
    Q_OBJECT
public:
    explicit BatchView(const PageContext &context, QWidget *parent = nullptr);

    /// None: an empty page that says what this is for.
    void look(std::optional<BatchId> batch);
    std::optional<BatchId> batch() const { return m_id; }
    void saveReport(BatchId batch, const QString &path);

Q_SIGNALS:
    void showMessages(const songda::MessageFilter &filter);

private:
    void build();
    void take();
    void fill();
    void fillHead();
    void fillProgress();
    void fillSeed();
    void fillMissed();
    void judge();
    void askCauses();
    void askDue();
    void setState(BatchId batch, BatchState state, const std::string &reason);
    std::int64_t notGone() const; ///< may still be cancelled
    void cancel();
    void sendToRest();
    void open(const std::vector<MessageState> &states, const std::string &cause = {});
    const Batch *seedBatch() const;

    PageContext m_context;
    std::optional<BatchId> m_id;
    std::optional<Batch> m_batch;
    BatchPulse m_pulse;
    std::vector<CauseGroup> m_causes;
    std::optional<WallTime> m_leavesAt; ///< of a batch of which nothing has left
    quint64 m_generation = 0;
    bool m_causesAsked = false;
    bool m_causesAgain = false; ///< something came while they were asked for
    bool m_acting = false;
    bool m_saving = false;

    QLabel *m_empty;
    QWidget *m_body;
    QLabel *m_name;
    Chip *m_state;
    QLabel *m_about;
    Notice *m_notice;
    Notice *m_hold;
    RecallPanel *m_recall;
    QWidget *m_seedPanel;
    QLabel *m_seedTitle;
    QLabel *m_seedText;
    QPushButton *m_seedShow;
    QPushButton *m_seedGo;
    QProgressBar *m_bar;
    QLabel *m_speed;
    BatchSums *m_sums;
    QPushButton *m_pause;
    QPushButton *m_go;
    QPushButton *m_cancel;
    QPushButton *m_show;
    QPushButton *m_report;
    QLabel *m_missedTitle;
    QLabel *m_missedHint;
    MissedTable *m_missed;
    DataTable *m_missedTable;
    QPushButton *m_rest;
    QPushButton *m_resend;
    MessageActs *m_acts;
    Texts m_texts;
};

} // namespace songda::ui
