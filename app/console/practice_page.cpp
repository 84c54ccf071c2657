// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/practice_page.h"

#include "engine/when_done.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QScrollArea>
#include <QSettings>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::console {

using namespace songda::ui;

namespace {

constexpr std::chrono::milliseconds step{500};
constexpr std::size_t mostGoals = 4;
constexpr int mostAnswers = 3;
constexpr int mostActs = 500;
constexpr qsizetype mostLogged = 12;

/// Weather one may choose outside of a drill.
const char *const weathers[]{everydayWeather, R"({"mix": "", "latency": "25:35", "accepting": true})", R"({"mix": "busy=25,http500=5", "latency": "600:400", "accepting": true})",
    R"({"mix": "43004=10,43101=5", "latency": "25:35", "accepting": true})", R"({"accepting": false})"};

struct PracticeColumns {
    Q_DECLARE_TR_FUNCTIONS(PracticeColumns)
};

QString bestKey(const Drill &drill) {
    return QStringLiteral("drills/") + drill.id;
}

} // namespace

PracticePage::PracticePage(const PageContext &context, PracticeGround ground, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_ground(std::move(ground))
    , m_rows(nullptr)
    , m_title(headline())
    , m_intro(mutedLabel())
    , m_notice(new Notice)
    , m_weatherName(new QLabel)
    , m_weather(new QComboBox)
    , m_table(new DataTable(QStringLiteral("drills")))
    , m_name(headline(2))
    , m_situation(plainLabel())
    , m_task(plainLabel())
    , m_begin(mainButton())
    , m_end(new QPushButton)
    , m_time(mutedLabel())
    , m_goalsTitle(headline(2))
    , m_question(headline(2))
    , m_answers(new QButtonGroup(this))
    , m_score(new Notice)
    , m_logTitle(headline(2))
    , m_log(mutedLabel())
    , m_texts(this) {
    m_rows = new RowsModel<Drill>(
        {
            textColumn<Drill>([] { return PracticeColumns::tr("Drill"); }, [](const Drill &d) { return d.title(); }),
            textColumn<Drill>([] { return PracticeColumns::tr("Best score"); },
                [this](const Drill &d) { return best(d) < 0 ? PracticeColumns::tr("not tried yet") : PracticeColumns::tr("%1 of %2").arg(best(d)).arg(mostPoints(d)); }),
        },
        [](const Drill &d) { return d.id; }, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_weatherName);
    head->addWidget(m_weather);
    layout->addLayout(head);
    layout->addWidget(m_intro);
    layout->addWidget(m_notice);
    auto *split = new QSplitter;
    split->setChildrenCollapsible(false);
    split->setHandleWidth(2 * grid);
    split->addWidget(m_table);
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(buildDrill());
    split->addWidget(area);
    split->setSizes({360, 780});
    layout->addWidget(split, 1);
    m_table->setModel(m_rows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({190});
    m_rows->show(drills());
    m_table->selectRow(0);
    m_weather->setObjectName(QStringLiteral("weather"));
    connect(m_table, &DataTable::chosen, this, &PracticePage::look);
    connect(m_weather, &QComboBox::activated, this, &PracticePage::setWeatherChosen);
    m_tick.setInterval(step);
    connect(&m_tick, &QTimer::timeout, this, &PracticePage::tick);
    m_texts.add([this] { setTexts(); });
}

QWidget *PracticePage::buildDrill() {
    QVBoxLayout *inside = nullptr;
    QWidget *box = panel(inside);
    inside->addWidget(m_name);
    inside->addWidget(m_situation);
    inside->addWidget(m_task);
    auto *buttons = new QHBoxLayout;
    m_begin->setObjectName(QStringLiteral("beginDrill"));
    m_end->setObjectName(QStringLiteral("endDrill"));
    m_score->setObjectName(QStringLiteral("drillScore"));
    buttons->addWidget(m_begin);
    buttons->addWidget(m_end);
    buttons->addWidget(m_time, 1);
    inside->addLayout(buttons);
    inside->addWidget(m_score);
    inside->addSpacing(grid);
    inside->addWidget(m_goalsTitle);
    for (std::size_t i = 0; i < mostGoals; ++i) {
        auto *row = new QHBoxLayout;
        auto *chip = new Chip;
        auto *text = plainLabel();
        row->addWidget(chip);
        row->addWidget(text, 1);
        inside->addLayout(row);
        m_goals.emplace_back(chip, text);
    }
    inside->addSpacing(grid);
    m_question->setWordWrap(true);
    inside->addWidget(m_question);
    for (int i = 0; i < mostAnswers; ++i) {
        auto *answer = new QRadioButton;
        answer->setObjectName(QStringLiteral("answer%1").arg(i));
        m_answers->addButton(answer, i);
        inside->addWidget(answer);
    }
    inside->addSpacing(grid);
    inside->addWidget(m_logTitle);
    inside->addWidget(m_log);
    inside->addStretch();
    connect(m_begin, &QPushButton::clicked, this, &PracticePage::begin);
    connect(m_end, &QPushButton::clicked, this, &PracticePage::end);
    connect(m_answers, &QButtonGroup::idClicked, this, [this](int id) { m_facts.answer = id; });
    return box;
}

void PracticePage::setTexts() {
    m_title->setText(tr("Practice"));
    m_intro->setText(tr("Trouble that really comes, on a WeChat inside this program. Everything works as in earnest: the pages, the acts, the audit. Nobody gets a message."));
    m_weatherName->setText(tr("Weather"));
    m_weather->setAccessibleName(tr("Weather"));
    {
        const QSignalBlocker quiet(m_weather);
        const int before = qMax(0, m_weather->currentIndex());
        m_weather->clear();
        m_weather->addItems({tr("an ordinary day"), tr("everything passes"), tr("slow and busy"), tr("people have left"), tr("no connection")});
        m_weather->setCurrentIndex(before);
    }
    m_table->setAccessibleName(tr("Drills"));
    m_begin->setText(tr("Begin"));
    m_end->setText(tr("End and see the score"));
    m_goalsTitle->setText(tr("What is looked at"));
    m_logTitle->setText(tr("What happened"));
    m_rows->retranslate();
    look();
}

const Drill *PracticePage::chosen() const {
    const QList<int> rows = m_table->chosenRows();
    return rows.isEmpty() ? nullptr : m_rows->at(rows.first());
}

void PracticePage::choose(const QString &drill) {
    if (const int row = m_rows->rowOf(drill); row >= 0)
        m_table->selectRow(row);
}

int PracticePage::best(const Drill &drill) const {
    return QSettings().value(bestKey(drill), -1).toInt();
}

void PracticePage::look() {
    const Drill *drill = m_run ? m_run->drill : chosen();
    if (drill == nullptr)
        return;
    m_name->setText(drill->title());
    m_situation->setText(drill->situation());
    m_task->setText(tr("Your task: %1").arg(drill->task()));
    m_question->setText(drill->question());
    for (int i = 0; i < mostAnswers; ++i)
        m_answers->button(i)->setText(drill->answers[static_cast<std::size_t>(i)]());
    showGoalRows(m_run.has_value());
    judge();
}

void PracticePage::showGoalRows(bool judged) {
    const Drill *drill = m_run ? m_run->drill : chosen();
    for (std::size_t i = 0; i < mostGoals; ++i) {
        const bool there = i < drill->goals.size();
        m_goals[i].first->setVisible(there);
        m_goals[i].second->setVisible(there);
        if (!there)
            continue;
        const DrillGoal &goal = drill->goals[i];
        const bool met = judged && goal.met(m_facts);
        m_goals[i].first->set(met ? tr("met") : judged ? tr("not yet") : tr("%1 points").arg(goal.points), met ? Tone::Good : judged ? Tone::Warn : Tone::Neutral);
        m_goals[i].second->setText(goal.text());
    }
}

void PracticePage::log(const QString &line) {
    m_logged.prepend(QStringLiteral("%1  %2").arg(shortTime(Engine::wallNow()), line));
    while (m_logged.size() > mostLogged)
        m_logged.removeLast();
    m_log->setText(m_logged.join(QLatin1Char('\n')));
}

void PracticePage::setWeather(const std::string &control) {
    if (const auto changed = m_ground.control(control); !changed)
        m_notice->say(QString::fromStdString(changed.error()), Tone::Bad);
}

void PracticePage::setWeatherChosen(int index) {
    setWeather(weathers[qBound(0, index, static_cast<int>(std::size(weathers)) - 1)]);
    log(tr("Weather: %1").arg(m_weather->currentText()));
}

void PracticePage::begin() {
    const Drill *drill = chosen();
    if (drill == nullptr || m_run)
        return;
    m_notice->clear();
    m_score->clear();
    m_logged.clear();
    m_facts = {};
    // A group that is exclusive cannot be without a choice otherwise.
    m_answers->setExclusive(false);
    for (QAbstractButton *answer : m_answers->buttons())
        answer->setChecked(false);
    m_answers->setExclusive(true);
    m_run.emplace();
    m_run->number = ++m_runs;
    m_run->drill = &*std::find_if(drills().begin(), drills().end(), [&](const Drill &d) { return d.id == drill->id; });
    m_run->twiceBefore = m_ground.shownTwice();
    m_run->clock.start();
    judge();
    // What was done before does not count.
    whenDone(m_context.engine.audit(std::nullopt, 1), this, [this, run = m_run->number](Result<std::vector<AuditEntry>> acts) {
        if (!m_run || m_run->number != run)
            return;
        if (acts && !acts->empty())
            m_run->lastAct = acts->front().id;
        queue();
    });
}

void PracticePage::queue() {
    while (m_run->nextChange < m_run->drill->weather.size() && m_run->drill->weather[m_run->nextChange].after.count() == 0) {
        const WeatherChange &change = m_run->drill->weather[m_run->nextChange++];
        setWeather(change.control);
        if (change.said)
            log(change.said());
    }
    const QString name = QStringLiteral("%1 %2").arg(m_run->drill->title(), chinaTime(Engine::wallNow()).toString(QStringLiteral("HH:mm:ss")));
    whenDone(m_ground.send(m_run->drill->messages, name), this, [this, run = m_run->number](Result<ImportReport> report) {
        if (!m_run || m_run->number != run)
            return;
        if (!report) {
            m_notice->say(words::error(report.error()), Tone::Bad);
            m_run.reset();
            judge();
            return;
        }
        m_run->batch = report->batch;
        log(tr("%1 messages are queued.").arg(number(report->queued)));
        m_tick.start();
    });
}

void PracticePage::tick() {
    if (!m_run)
        return;
    const std::vector<WeatherChange> &weather = m_run->drill->weather;
    const auto reached = [&] { return m_hurried || m_run->clock.elapsed() >= std::chrono::milliseconds(weather[m_run->nextChange].after).count(); };
    while (m_run->nextChange < weather.size() && reached()) {
        const WeatherChange &change = weather[m_run->nextChange++];
        setWeather(change.control);
        if (change.said)
            log(change.said());
    }
    showGoals();
}

void PracticePage::showGoals() {
    m_facts.shownTwice = m_ground.shownTwice() - m_run->twiceBefore;
    m_time->setText(span(Millis(m_run->clock.elapsed())));
    const quint64 generation = ++m_generation;
    whenDone(m_context.engine.batch(m_run->batch), this, [this, generation](Result<Batch> batch) {
        if (batch && generation == m_generation && m_run) {
            m_facts.counts = batch->counts;
            showGoalRows(true);
        }
    });
    whenDone(m_context.engine.audit(std::nullopt, mostActs), this, [this, generation](Result<std::vector<AuditEntry>> acts) {
        if (!acts || generation != m_generation || !m_run)
            return;
        std::erase_if(*acts, [this](const AuditEntry &act) { return m_run->lastAct && act.id.value <= m_run->lastAct->value; });
        m_facts.acts = std::move(*acts);
        showGoalRows(true);
        judge();
    });
}

void PracticePage::end() {
    if (!m_run)
        return;
    m_tick.stop();
    const Drill &drill = *m_run->drill;
    showGoalRows(true);
    const int points = pointsOf(drill, m_facts);
    if (points > best(drill))
        QSettings().setValue(bestKey(drill), points);
    const bool right = m_facts.answer == drill.rightAnswer;
    const QString answer = right ? tr("Your answer is right.") : tr("The right answer: %1.").arg(drill.answers[static_cast<std::size_t>(drill.rightAnswer)]());
    const int most = mostPoints(drill);
    m_score->say(tr("%1 of %2 points. %3 %4").arg(points).arg(most).arg(answer, drill.lesson()), points == most ? Tone::Good : points * 2 >= most ? Tone::Warn : Tone::Bad);
    m_run.reset();
    setWeather(everydayWeather);
    m_ground.newDay();
    m_weather->setCurrentIndex(0);
    log(tr("The drill is over; the weather is that of an ordinary day."));
    m_rows->retranslate();
    judge();
}

void PracticePage::judge() {
    m_begin->setEnabled(!m_run && m_context.may(Permission::SetUp));
    m_end->setVisible(m_run.has_value());
    m_table->setEnabled(!m_run);
    m_weather->setEnabled(!m_run);
    for (QAbstractButton *answer : m_answers->buttons())
        answer->setEnabled(m_run.has_value());
}

std::vector<Command> PracticePage::commands() {
    return {commandOf(m_begin, QStringLiteral("practice.begin"), QKeySequence(QStringLiteral("Ctrl+B"))),
        commandOf(m_end, QStringLiteral("practice.end"), QKeySequence(QStringLiteral("Ctrl+Return")))};
}

} // namespace songda::console
