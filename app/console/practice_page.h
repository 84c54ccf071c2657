// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/drills.h"
#include "ui/models/rows_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

#include <QElapsedTimer>
#include <QTimer>

class QButtonGroup;
class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace songda::ui {
class Chip;
class DataTable;
class Notice;
}

namespace songda::console {

/// What a practice ground can do: change the weather, send messages, and say what people really received.
struct PracticeGround {
    std::function<tl::expected<void, std::string>(const std::string &json)> control;
    std::function<QFuture<Result<ImportReport>>(int rows, const QString &batch)> send;
    std::function<std::int64_t()> shownTwice;
    std::function<void()> newDay; ///< what a drill stopped until tomorrow goes again
};

/// Weather and drills on the built-in platform: trouble that really comes, with a task, a question and a score. Never a
/// part of a console that speaks to WeChat.
class PracticePage final : public ui::Page {
    Q_OBJECT
public:
    PracticePage(const ui::PageContext &context, PracticeGround ground, QWidget *parent = nullptr);

    std::vector<ui::Command> commands() override;
    void choose(const QString &drill);
    /// For tests: brings the next change of the weather at once instead of in its time.
    void hurry() { m_hurried = true; }

private:
    struct Run {
        int number = 0; ///< answers to one that was ended are none to the next
        const Drill *drill = nullptr;
        BatchId batch;
        std::optional<AuditId> lastAct; ///< before it began
        std::int64_t twiceBefore = 0;
        std::size_t nextChange = 0;
        QElapsedTimer clock;
    };
    QWidget *buildDrill();
    void setTexts();
    const Drill *chosen() const;
    void look();
    void begin();
    void queue();
    void end();
    void tick();
    void showGoals();
    void showGoalRows(bool judged);
    void log(const QString &line);
    void setWeather(const std::string &control);
    void setWeatherChosen(int index);
    void judge();
    int best(const Drill &drill) const;

    ui::PageContext m_context;
    PracticeGround m_ground;
    ui::RowsModel<Drill> *m_rows;
    int m_runs = 0;
    std::optional<Run> m_run;
    DrillFacts m_facts;
    bool m_hurried = false;
    quint64 m_generation = 0;
    QTimer m_tick;
    QLabel *m_title;
    QLabel *m_intro;
    ui::Notice *m_notice;
    QLabel *m_weatherName;
    QComboBox *m_weather;
    ui::DataTable *m_table;
    QLabel *m_name;
    QLabel *m_situation;
    QLabel *m_task;
    QPushButton *m_begin;
    QPushButton *m_end;
    QLabel *m_time;
    QLabel *m_goalsTitle;
    std::vector<std::pair<ui::Chip *, QLabel *>> m_goals;
    QLabel *m_question;
    QButtonGroup *m_answers;
    ui::Notice *m_score;
    QLabel *m_logTitle;
    QLabel *m_log;
    QStringList m_logged;
    ui::Texts m_texts;
};

} // namespace songda::console
