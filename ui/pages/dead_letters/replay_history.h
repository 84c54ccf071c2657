// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/models/rows_model.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QPushButton;

namespace songda::ui {

class DataTable;
class Directory;
class Notice;
class ReplaySteering;

/// All replays there ever were, newest first, older ones as one scrolls down: who, when, why, what became of them, and why
/// they stopped. Leads to the messages of one, and steers those that are not over.
class ReplayHistory final : public QDialog {
    Q_OBJECT
public:
    static constexpr int pageRows = 100;

    ReplayHistory(Engine &engine, const Directory &directory, bool mayChange, QWidget *parent = nullptr);

Q_SIGNALS:
    void showMessages(const songda::MessageFilter &filter);
    void changed(); ///< one was paused, went on or was ended

private:
    void ask(std::optional<ReplayId> before);
    void take(std::vector<ReplayRun> runs, std::optional<ReplayId> before);
    void look();
    void openMessages();
    const ReplayRun *chosen() const;
    void put(const ReplayRun &run);
    QString why(const ReplayRun &run) const;

    Engine &m_engine;
    const Directory &m_directory;
    const bool m_mayChange;
    ReplaySteering *m_steering;
    RowsModel<ReplayRun> *m_rows;
    bool m_asked = false;
    bool m_more = false;
    QTimer m_again;
    Notice *m_notice;
    DataTable *m_table;
    QLabel *m_detail;
    QPushButton *m_show;
    QPushButton *m_pause;
    QPushButton *m_end;
};

} // namespace songda::ui
