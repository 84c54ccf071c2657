// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/status_strip.h"

#include "ui/widgets/account_facts.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <algorithm>

namespace songda::ui {

const AccountSnapshot *mostTelling(const Snapshot &snapshot) {
    const auto closed = std::find_if(snapshot.accounts.begin(), snapshot.accounts.end(),
        [](const AccountSnapshot &a) { return a.gate != Gate::Open && a.gate != Gate::Idle && a.gate != Gate::Elsewhere; });
    if (closed != snapshot.accounts.end())
        return &*closed;
    return snapshot.accounts.empty() ? nullptr : &snapshot.accounts.front();
}

StatusStrip::StatusStrip(QWidget *parent)
    : QWidget(parent)
    , m_state(new Chip)
    , m_why(new QLabel)
    , m_numbers(mutedLabel())
    , m_breaker(new Chip)
    , m_still(new QPushButton)
    , m_pause(new QPushButton)
    , m_texts(this) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(wideGap, smallGap, grid, smallGap);
    layout->setSpacing(wideGap);
    m_why->setTextFormat(Qt::PlainText);
    m_why->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_numbers->setWordWrap(false);
    layout->addWidget(m_state);
    layout->addWidget(m_why, 1);
    layout->addWidget(m_breaker);
    layout->addWidget(m_numbers);
    layout->addWidget(m_still);
    layout->addWidget(m_pause);
    m_breaker->setObjectName(QStringLiteral("breaker"));
    m_still->setObjectName(QStringLiteral("letItMove"));
    m_still->setCheckable(true);
    m_pause->setObjectName(QStringLiteral("pauseEngine"));
    connect(m_still, &QPushButton::clicked, this, &StatusStrip::stillWanted);
    connect(m_pause, &QPushButton::clicked, this, [this] { Q_EMIT pauseWanted(!m_snapshot.paused); });
    m_texts.add([this] {
        setStill(m_still->isChecked());
        fill();
    });
}

void StatusStrip::setStill(bool still) {
    m_still->setChecked(still);
    m_still->setText(still ? tr("Picture held still") : tr("Hold still"));
    m_still->setToolTip(still ? tr("The engine goes on; only this picture stands. Press to let it move again (F8).")
                              : tr("Press to hold this page still and read in peace; the engine goes on (F8)."));
}

void StatusStrip::show(const Snapshot &snapshot) {
    m_snapshot = snapshot;
    fill();
}

void StatusStrip::setMayPause(bool may, const QString &why) {
    m_mayPause = may;
    m_pause->setToolTip(why);
    fill();
}

void StatusStrip::fill() {
    const Snapshot &s = m_snapshot;
    // One that looks on knows nothing before it has looked for the first time.
    const bool known = s.engineOwner || s.at != WallTime{};
    const AccountSnapshot *account = mostTelling(s);
    QString why;
    if (!s.problem.empty()) {
        m_state->set(tr("Blocked"), Tone::Bad);
        why = q(s.problem);
    } else if (!known) {
        m_state->set({}, Tone::Neutral);
    } else if (!s.running) {
        m_state->set(s.engineOwner ? tr("Stopped") : tr("Looking on"), Tone::Warn);
        if (!s.engineOwner)
            why = s.elsewhere ? tr("Another process runs the engine of this profile.") : tr("No process runs the engine of this profile: nothing is sent.");
    } else if (s.paused) {
        m_state->set(tr("Paused"), Tone::Warn);
        why = words::pausedBy(s);
    } else if (account != nullptr && account->gate != Gate::Open && account->gate != Gate::Idle) {
        const Tone tone = words::tone(account->gate);
        m_state->set(tone == Tone::Info ? tr("Waiting") : tr("Blocked"), tone);
        why = QStringLiteral("%1 · %2").arg(q(account->name), words::gateSentence(*account, m_causes));
    } else {
        m_state->set(tr("Running"), s.policyProblem.empty() ? Tone::Good : Tone::Warn);
        if (!s.policyProblem.empty())
            why = tr("The changed policy was not taken up: %1").arg(q(s.policyProblem));
    }
    m_why->setText(why);
    setPlainToolTip(m_why, why);
    if (known)
        fillNumbers(account);
    else
        m_numbers->clear();
    m_pause->setText(s.paused ? tr("Go on") : tr("Pause"));
    m_pause->setEnabled(s.running && m_mayPause);
    fillBreaker();
}

void StatusStrip::fillNumbers(const AccountSnapshot *account) {
    const Snapshot &s = m_snapshot;
    QStringList numbers{tr("%1 sent").arg(rate(s.ratePerSecond)), tr("%1 in flight").arg(number(s.inFlight)),
        tr("%1 waiting").arg(number(s.counts.waiting()))};
    if (s.oldestDue && s.counts.waiting() > 0)
        numbers.append(tr("oldest waits %1").arg(span(s.at - *s.oldestDue)));
    numbers += accountNumbers(account);
    m_numbers->setText(numbers.join(QStringLiteral("   ·   ")));
}

QStringList StatusStrip::accountNumbers(const AccountSnapshot *account) const {
    if (account == nullptr)
        return {};
    QStringList numbers;
    if (account->tokenLife)
        numbers.append(tr("token %1").arg(span(*account->tokenLife)));
    else if (m_snapshot.elsewhere)
        numbers.append(tr("token %1").arg(QStringLiteral("–")));
    numbers.append(account->quotaLimit && *account->quotaLimit > 0 ? tr("%1 of %2 today").arg(number(account->acceptedToday), number(*account->quotaLimit))
                                                                   : tr("%1 today").arg(number(account->acceptedToday)));
    // Of one account only: with several it is said which.
    if (m_snapshot.accounts.size() > 1)
        numbers.front().prepend(QStringLiteral("%1: ").arg(shown(q(account->name), 24)));
    return numbers;
}

void StatusStrip::fillBreaker() {
    const AccountSnapshot *worst = m_snapshot.running ? worstBreaker(m_snapshot) : nullptr;
    if (worst == nullptr) {
        m_breaker->set({}, Tone::Neutral);
        return;
    }
    m_breaker->set(breakerText(*worst), worst->breakerOpen ? Tone::Bad : worst->breakerProbing ? Tone::Warn : Tone::Good);
    const QString meaning = breakerMeaning(*worst);
    setPlainToolTip(m_breaker, meaning);
    m_breaker->setAccessibleDescription(meaning);
}

} // namespace songda::ui
