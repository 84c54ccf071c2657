// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/why_dialog.h"

#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

struct WhyGates {
    Q_DECLARE_TR_FUNCTIONS(Why)
};

} // namespace

std::vector<GateCheck> walkGates(const Snapshot &s) {
    std::vector<GateCheck> checks;
    const auto closed = [](const QString &text, const QString &advice) { return text.isEmpty() ? advice : QStringLiteral("%1\n%2").arg(text, advice); };
    checks.push_back({WhyGates::tr("The database can be written"), s.problem.empty(), closed(q(s.problem), words::gateAdvice(Gate::JournalBlocked))});
    checks.push_back({WhyGates::tr("The engine runs"), s.running, words::gateAdvice(Gate::EngineStopped)});
    checks.push_back({WhyGates::tr("Sending is not paused"), !s.paused, words::gateAdvice(Gate::EnginePaused)});
    checks.push_back({WhyGates::tr("There is an account"), !s.accounts.empty(), WhyGates::tr("Add an account on the Accounts page.")});
    checks.push_back({WhyGates::tr("Messages are waiting"), s.counts.waiting() + s.counts[MessageState::Sending] > 0,
        words::gateAdvice(Gate::Idle)});
    for (const AccountSnapshot &account : s.accounts) {
        const bool open = account.gate == Gate::Open || account.gate == Gate::Idle || account.gate == Gate::EnginePaused;
        checks.push_back({WhyGates::tr("%1 may send").arg(q(account.name)), open,
            QStringLiteral("%1\n%2").arg(words::gateSentence(account), words::gateAdvice(account.gate))});
    }
    const bool due = !s.oldestDue || *s.oldestDue <= s.at;
    checks.push_back({WhyGates::tr("The time of the first one has come"), due,
        due ? QString() : WhyGates::tr("The first message is due at %1 (China time).").arg(shortTime(*s.oldestDue))});
    return checks;
}

WhyDialog::WhyDialog(const Snapshot &snapshot, QWidget *parent)
    : QDialog(parent) {
    setWindowTitle(tr("Why is nothing moving?"));
    setMinimumWidth(480);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(grid);
    const std::vector<GateCheck> checks = walkGates(snapshot);
    const auto first = std::find_if(checks.begin(), checks.end(), [](const GateCheck &c) { return !c.open; });
    auto *verdict = headline(2);
    verdict->setWordWrap(true);
    verdict->setText(first == checks.end() ? tr("Every gate is open: messages are moving, at %1.").arg(rate(snapshot.ratePerSecond))
                                           : tr("This gate is closed: %1").arg(first->name));
    layout->addWidget(verdict);
    for (auto it = checks.begin(); it != checks.end(); ++it) {
        auto *row = new QHBoxLayout;
        auto *mark = new Chip;
        mark->set(it->open ? tr("open") : tr("closed"), it->open ? Tone::Good : it == first ? Tone::Bad : Tone::Warn);
        mark->setMinimumWidth(72);
        auto *words = new QVBoxLayout;
        words->addWidget(plainLabel(it->name));
        if (!it->open)
            words->addWidget(mutedLabel(it->advice));
        row->addWidget(mark, 0, Qt::AlignTop);
        row->addLayout(words, 1);
        layout->addLayout(row);
    }
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

} // namespace songda::ui
