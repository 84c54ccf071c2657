// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/dead_letters/replay_steering.h"

#include "engine/when_done.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/format.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/second_person.h"

#include <QPushButton>

namespace songda::ui {

ReplaySteering::ReplaySteering(Engine &engine, QWidget *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_parent(parent) {}

void ReplaySteering::judge(const ReplayRun *run, bool mayChange, QPushButton *pause, QPushButton *end) const {
    const bool live = run != nullptr && !isOver(run->state);
    const SecondPerson second = live ? secondPerson(run->approval, m_engine.session().user) : SecondPerson::No;
    pause->setText(live && run->state == ReplayState::Running ? tr("Pause") : second == SecondPerson::You ? tr("Agree and let it go") : tr("Go on"));
    setPlainToolTip(pause, second == SecondPerson::No ? QString() : secondPersonText(second, run->approval));
    end->setText(tr("End it…"));
    pause->setVisible(live);
    end->setVisible(live);
    pause->setEnabled(live && mayChange && second != SecondPerson::SomebodyElse);
    end->setEnabled(live && mayChange);
}

void ReplaySteering::toggle(const ReplayRun &run) {
    set(run.id, run.state == ReplayState::Running ? ReplayState::Paused : ReplayState::Running, {});
}

void ReplaySteering::end(const ReplayRun &run) {
    ActQuestion question;
    question.title = tr("End replay %1").arg(run.id.value);
    question.what = tr("%1 messages that had no turn yet stay dead letters. What has been let go stays so.").arg(number(run.size - run.position));
    question.button = tr("End it");
    question.reasonNeeded = true;
    const ReplayId id = run.id; // the row may be another one when it is answered
    const auto answer = askReason(m_parent, question);
    if (answer)
        set(id, ReplayState::Cancelled, answer->reason.toStdString());
}

void ReplaySteering::set(ReplayId id, ReplayState state, const std::string &reason) {
    whenDone(m_engine.setReplayState(id, state, reason), this, [this](const Result<ReplayRun> &run) {
        if (run)
            Q_EMIT changed(*run);
        else
            Q_EMIT failed(run.error());
    });
}

} // namespace songda::ui
