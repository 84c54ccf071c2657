// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/dead_letters/replay_history.h"

#include "engine/when_done.h"
#include "ui/models/directory.h"
#include "ui/pages/dead_letters/replay_steering.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/filter_words.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QDialogButtonBox>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

struct ReplayColumns {
    Q_DECLARE_TR_FUNCTIONS(ReplayColumns)
};

/// What is still a dead letter of the list: without its turn, changed meanwhile, or not agreed to.
std::int64_t leftOf(const ReplayRun &r) { return r.size - r.released; }

} // namespace

ReplayHistory::ReplayHistory(Engine &engine, const Directory &directory, bool mayChange, QWidget *parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_directory(directory)
    , m_mayChange(mayChange)
    , m_steering(new ReplaySteering(engine, this))
    , m_rows(nullptr)
    , m_notice(new Notice)
    , m_table(new DataTable(QStringLiteral("past_replays")))
    , m_detail(plainLabel())
    , m_show(mainButton())
    , m_pause(new QPushButton)
    , m_end(dangerButton()) {
    using Row = ReplayRun;
    m_rows = new RowsModel<Row>(
        {
            numberColumn<Row>([] { return ReplayColumns::tr("No."); }, [](const Row &r) { return QString::number(r.id.value); }),
            textColumn<Row>([] { return ReplayColumns::tr("Begun"); }, [](const Row &r) { return shortTime(r.createdAt); }),
            textColumn<Row>([] { return ReplayColumns::tr("By"); }, [](const Row &r) { return q(r.createdBy); }),
            textColumn<Row>([] { return ReplayColumns::tr("Reason"); }, [](const Row &r) { return q(r.reason); }),
            chipColumn<Row>([] { return ReplayColumns::tr("State"); }, [](const Row &r) { return words::replayState(r.state); },
                [](const Row &r) { return words::tone(r.state); }),
            numberColumn<Row>([] { return ReplayColumns::tr("Messages"); }, [](const Row &r) { return number(r.size); }),
            numberColumn<Row>([] { return ReplayColumns::tr("Accepted"); }, [](const Row &r) { return number(r.accepted); }),
            numberColumn<Row>([] { return ReplayColumns::tr("Failed"); }, [](const Row &r) { return number(r.failed); }),
            numberColumn<Row>([] { return ReplayColumns::tr("Left"); }, [](const Row &r) { return number(leftOf(r)); }),
            textColumn<Row>([] { return ReplayColumns::tr("Why it stopped"); }, [this](const Row &r) { return why(r); }),
        },
        [](const Row &r) { return QString::number(r.id.value); }, this);
    setObjectName(QStringLiteral("replayHistory"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Past replays"));
    resize(1080, 560);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(wideGap);
    layout->addWidget(plainLabel(tr("What was sent again under watch, newest first, and what became of it.")));
    layout->addWidget(m_notice);
    m_table->setModel(m_rows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({52, 112, 90, 220, 92, 82, 82, 70, 70});
    m_table->setEmptyText(tr("Nothing was sent again under watch yet."));
    m_table->setAccessibleName(windowTitle());
    layout->addWidget(m_table, 1);
    m_detail->setObjectName(QStringLiteral("replayDetail"));
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_detail);
    auto *buttons = new QDialogButtonBox;
    m_show->setText(tr("Show its messages"));
    m_show->setObjectName(QStringLiteral("showReplayed"));
    m_show->setToolTip(tr("What it has sent again, in the queue"));
    buttons->addButton(m_show, QDialogButtonBox::ActionRole);
    m_pause->setObjectName(QStringLiteral("pauseChosenReplay"));
    m_end->setObjectName(QStringLiteral("endChosenReplay"));
    buttons->addButton(m_pause, QDialogButtonBox::ActionRole);
    buttons->addButton(m_end, QDialogButtonBox::ActionRole);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (const ReplayRun *run = chosen())
            m_steering->toggle(*run);
    });
    connect(m_end, &QPushButton::clicked, this, [this] {
        if (const ReplayRun *run = chosen())
            m_steering->end(*run);
    });
    connect(m_steering, &ReplaySteering::failed, this, [this](const Error &error) { m_notice->say(words::error(error), Tone::Bad); });
    connect(m_steering, &ReplaySteering::changed, this, [this](const ReplayRun &run) {
        m_notice->clear();
        put(run);
        Q_EMIT changed();
    });
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_show, &QPushButton::clicked, this, &ReplayHistory::openMessages);
    connect(m_table, &DataTable::chosen, this, &ReplayHistory::look);
    connect(m_table, &DataTable::doubleClicked, this, &ReplayHistory::openMessages);
    connect(m_table, &DataTable::activated, this, &ReplayHistory::openMessages);
    connect(m_table, &DataTable::nearEnd, this, [this] {
        if (m_more)
            ask(m_rows->rows().back().id);
    });
    m_again.setInterval(std::chrono::seconds(2));
    connect(&m_again, &QTimer::timeout, this, [this] { ask(std::nullopt); });
    m_again.start();
    look();
    ask(std::nullopt);
    m_table->setFocus();
}

void ReplayHistory::ask(std::optional<ReplayId> before) {
    if (m_asked)
        return;
    m_asked = true;
    whenDone(m_engine.replays(pageRows, before), this, [this, before](Result<std::vector<ReplayRun>> runs) {
        m_asked = false;
        if (runs)
            take(std::move(*runs), before);
        else
            m_notice->say(words::error(runs.error()), Tone::Bad);
    });
}

void ReplayHistory::take(std::vector<ReplayRun> runs, std::optional<ReplayId> before) {
    std::vector<ReplayRun> all = m_rows->rows();
    const bool full = runs.size() == pageRows;
    if (before) {
        m_more = full;
    } else {
        // The newest page is asked for again and again; what lies below it does not change any more.
        if (all.size() <= runs.size())
            m_more = full;
        const ReplayId last = runs.empty() ? ReplayId{} : runs.back().id;
        std::erase_if(all, [&](const ReplayRun &run) { return !(run.id < last); });
        std::swap(all, runs);
    }
    all.insert(all.end(), std::make_move_iterator(runs.begin()), std::make_move_iterator(runs.end()));
    m_rows->show(std::move(all));
    if (m_table->chosenRows().isEmpty() && m_rows->rowCount() > 0)
        m_table->selectRow(0);
    look();
}

QString ReplayHistory::why(const ReplayRun &run) const {
    if (run.state == ReplayState::Cancelled)
        return tr("Ended by %1 at %2.").arg(q(run.changedBy), shortTime(run.changedAt));
    return words::replayStop(run, m_directory.causeText(run.stopCause));
}

const ReplayRun *ReplayHistory::chosen() const {
    const QList<int> rows = m_table->chosenRows();
    return rows.isEmpty() ? nullptr : m_rows->at(rows.first());
}

void ReplayHistory::put(const ReplayRun &run) {
    std::vector<ReplayRun> all = m_rows->rows();
    std::replace_if(all.begin(), all.end(), [&](const ReplayRun &old) { return old.id == run.id; }, run);
    m_rows->show(std::move(all));
    look();
}

void ReplayHistory::look() {
    const ReplayRun *run = chosen();
    m_steering->judge(run, m_mayChange, m_pause, m_end);
    m_show->setEnabled(run != nullptr && run->released > 0);
    if (run == nullptr) {
        m_detail->clear();
        return;
    }
    QStringList how;
    QStringList steps;
    for (const int size : run->ladder.steps)
        steps.append(number(size));
    how.append(steps.isEmpty() ? tr("one after the other") : tr("in steps of %1").arg(steps.join(tr(", "))));
    if (run->pace > 0)
        how.append(tr("at most %1 a second").arg(run->pace));
    if (run->finishedAt)
        how.append(tr("ended at %1").arg(shortTime(*run->finishedAt)));
    QStringList lines{tr("What: %1").arg(selectionWords(run->selection, m_directory)), how.join(QStringLiteral(" · ")), tr("Fingerprint: %1").arg(q(run->fingerprint))};
    if (const QString stopped = why(*run); !stopped.isEmpty())
        lines.append(stopped);
    m_detail->setText(shown(lines.join(QLatin1Char('\n')), 6000));
}

void ReplayHistory::openMessages() {
    const ReplayRun *run = chosen();
    if (run == nullptr || run->released == 0)
        return;
    MessageFilter filter;
    filter.replay = run->id;
    accept();
    Q_EMIT showMessages(filter);
}

} // namespace songda::ui
