// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/dead_letters/replay_strip.h"

#include "engine/when_done.h"
#include "ui/models/directory.h"
#include "ui/pages/dead_letters/replay_steering.h"
#include "ui/widgets/filter_words.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/second_person.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

constexpr int mostShown = 3;
/// How long one stays to be seen after it has ended.
constexpr std::chrono::minutes shownAfterwards{2};

bool isShown(const ReplayRun &run, WallTime now) {
    return !isOver(run.state) || (run.finishedAt && now - *run.finishedAt < shownAfterwards);
}

} // namespace

ReplayStrip::ReplayStrip(Engine &engine, const Directory &directory, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_directory(directory)
    , m_steering(new ReplaySteering(engine, this))
    , m_others(mutedLabel())
    , m_layout(new QVBoxLayout(this))
    , m_texts(this) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(grid);
    setObjectName(QStringLiteral("replays"));
    m_others->setObjectName(QStringLiteral("otherReplays"));
    m_layout->addWidget(m_others);
    hide();
    connect(m_steering, &ReplaySteering::failed, this, [this](const Error &error) {
        Q_EMIT failed(error);
        refresh();
    });
    connect(m_steering, &ReplaySteering::changed, this, [this](const ReplayRun &run) {
        if (const auto row = m_rows.find(run.id); row != m_rows.end()) {
            row->second.run = run;
            fill(row->second);
        }
        refresh();
        Q_EMIT changed();
    });
    m_texts.add([this] {
        fillOthers();
        for (auto &[id, row] : m_rows)
            fill(row);
    });
}

void ReplayStrip::setMayChange(bool may) {
    if (m_mayChange == may)
        return;
    m_mayChange = may;
    for (auto &[id, row] : m_rows)
        fill(row);
}

void ReplayStrip::fillOthers() {
    m_others->setText(tr("%1 more go on or wait: see the past replays.").arg(number(static_cast<std::int64_t>(m_hidden))));
    m_others->setVisible(m_hidden > 0);
}

void ReplayStrip::refresh() {
    if (m_asked)
        return;
    m_asked = true;
    whenDone(m_engine.replays(20), this, [this](Result<std::vector<ReplayRun>> runs) {
        m_asked = false;
        if (runs)
            show(std::move(*runs));
        else
            Q_EMIT failed(runs.error());
    });
}

void ReplayStrip::show(std::vector<ReplayRun> runs) {
    const WallTime now = Engine::wallNow();
    std::erase_if(runs, [now](const ReplayRun &run) { return !isShown(run, now); });
    // What goes on before what is over; then the newest.
    std::stable_sort(runs.begin(), runs.end(), [](const ReplayRun &a, const ReplayRun &b) { return !isOver(a.state) && isOver(b.state); });
    m_hidden = 0;
    if (runs.size() > mostShown) {
        m_hidden = std::count_if(runs.begin() + mostShown, runs.end(), [](const ReplayRun &run) { return !isOver(run.state); });
        runs.resize(mostShown);
    }
    fillOthers();
    std::erase_if(m_rows, [&](auto &entry) {
        const bool gone = std::none_of(runs.begin(), runs.end(), [&](const ReplayRun &run) { return run.id == entry.first; });
        if (gone)
            entry.second.panel->deleteLater();
        return gone;
    });
    for (ReplayRun &run : runs) {
        Row &row = rowOf(run.id);
        row.run = std::move(run);
        fill(row);
    }
    setVisible(!m_rows.empty());
}

ReplayStrip::Row &ReplayStrip::rowOf(ReplayId id) {
    const auto found = m_rows.find(id);
    if (found != m_rows.end())
        return found->second;
    Row row;
    QVBoxLayout *inside = nullptr;
    row.panel = panel(inside);
    inside->setContentsMargins(2 * grid, grid, 2 * grid, grid);
    inside->setSpacing(smallGap);
    row.state = new Chip;
    row.name = new QLabel;
    row.name->setTextFormat(Qt::PlainText);
    row.words = mutedLabel();
    row.bar = new QProgressBar;
    row.bar->setTextVisible(false);
    row.bar->setMaximum(1000);
    row.bar->setFixedHeight(6);
    row.pause = new QPushButton;
    row.pause->setObjectName(QStringLiteral("pauseReplay"));
    row.cancel = dangerButton();
    row.cancel->setObjectName(QStringLiteral("cancelReplay"));
    auto *head = new QHBoxLayout;
    head->addWidget(row.state);
    head->addWidget(row.name, 1);
    head->addWidget(row.pause);
    head->addWidget(row.cancel);
    inside->addLayout(head);
    inside->addWidget(row.bar);
    inside->addWidget(row.words);
    connect(row.pause, &QPushButton::clicked, this, [this, id] { m_steering->toggle(m_rows[id].run); });
    connect(row.cancel, &QPushButton::clicked, this, [this, id] { m_steering->end(m_rows[id].run); });
    m_layout->insertWidget(0, row.panel);
    return m_rows.emplace(id, row).first->second;
}

void ReplayStrip::fill(Row &row) {
    const ReplayRun &r = row.run;
    row.state->set(words::replayState(r.state), words::tone(r.state));
    row.name->setText(tr("Replay %1: %2 of %3 · %4").arg(QString::number(r.id.value), number(r.position), number(r.size), shown(q(r.reason), 200)));
    setPlainToolTip(row.name, tr("%1\nBegun by %2 at %3\nFingerprint %4").arg(selectionWords(r.selection, m_directory), q(r.createdBy), shortTime(r.createdAt), q(r.fingerprint)));
    row.bar->setValue(r.size > 0 ? static_cast<int>(1000 * r.position / r.size) : 1000);
    row.bar->setAccessibleName(tr("Progress of replay %1").arg(r.id.value));
    QStringList parts{tr("accepted %1").arg(number(r.accepted)), tr("failed %1").arg(number(r.failed))};
    if (const std::int64_t open = r.underWay(); open > 0)
        parts.append(tr("under way %1").arg(number(open)));
    if (r.skipped > 0)
        parts.append(tr("changed since, left %1").arg(number(r.skipped)));
    if (r.needConfirmation > 0)
        parts.append(tr("may have arrived, left %1").arg(number(r.needConfirmation)));
    if (!r.ladder.steps.empty() && !isOver(r.state))
        parts.append(tr("step %1: %2 gone").arg(QString::number(r.step + 1), number(r.stepReleased)));
    if (r.pace > 0)
        parts.append(tr("at most %1 a second").arg(r.pace));
    const QString counts = parts.join(QStringLiteral(" · "));
    const QString why = r.approval.waits() && !isOver(r.state) ? secondPersonText(SecondPerson::SomebodyElse, r.approval)
                                                               : words::replayStop(r, m_directory.causeText(r.stopCause));
    row.words->setText(why.isEmpty() ? counts : QStringLiteral("%1\n%2").arg(why, counts));
    m_steering->judge(&r, m_mayChange, row.pause, row.cancel);
}

} // namespace songda::ui
