// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/why_dialog.h"

#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

bool changesSomething(const GateAct &act) {
    using Kind = GateAct::Kind;
    return act.kind == Kind::GoOn || act.kind == Kind::ReleaseAccount || act.kind == Kind::ReleaseTemplate
        || act.kind == Kind::ResumeBatch;
}

} // namespace

WhyDialog::WhyDialog(const Snapshot &snapshot, const std::vector<GateCheck> &checks, bool mayChange, QWidget *parent)
    : QDialog(parent) {
    setObjectName(QStringLiteral("why"));
    setWindowTitle(tr("Why is nothing moving?"));
    setMinimumWidth(620);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(wideGap);
    const auto first = std::find_if(checks.begin(), checks.end(), [](const GateCheck &c) { return !c.open; });
    auto *verdict = headline(2);
    verdict->setObjectName(QStringLiteral("verdict"));
    verdict->setWordWrap(true);
    const bool moves = snapshot.inFlight > 0 || snapshot.ratePerSecond >= 0.05;
    verdict->setText(first != checks.end() ? tr("This gate is closed: %1").arg(first->name)
            : !snapshot.engineOwner        ? tr("No gate is closed that can be seen from here. Breaker, token and quota are known only where the engine runs.")
            : moves                        ? tr("Every gate is open: messages are moving, at %1.").arg(rate(snapshot.ratePerSecond))
                                           : tr("Every gate is open. Nothing has left in the last seconds; the next message goes as soon as its turn comes."));
    layout->addWidget(verdict);
    auto *inside = new QWidget;
    auto *rows = new QVBoxLayout(inside);
    rows->setContentsMargins(0, 0, grid, 0);
    rows->setSpacing(grid);
    for (auto it = checks.begin(); it != checks.end(); ++it) {
        const bool worthALook = it->open && it->look && !it->advice.isEmpty();
        auto *row = new QHBoxLayout;
        auto *mark = new Chip;
        mark->set(!it->open ? tr("closed") : worthALook ? tr("look") : tr("open"),
            it == first ? Tone::Bad : !it->open || worthALook ? Tone::Warn : Tone::Good);
        mark->setMinimumWidth(72);
        auto *words = new QVBoxLayout;
        words->addWidget(plainLabel(it->name));
        if (!it->open || worthALook)
            words->addWidget(mutedLabel(it->advice));
        row->addWidget(mark, 0, Qt::AlignTop);
        row->addLayout(words, 1);
        if ((!it->open || worthALook) && it->act.kind != GateAct::Kind::None) {
            auto *button = it == first ? mainButton() : new QPushButton;
            button->setText(it->act.button);
            button->setObjectName(it == first ? QStringLiteral("openFirstGate") : QStringLiteral("openGate"));
            button->setEnabled(mayChange || !changesSomething(it->act));
            connect(button, &QPushButton::clicked, this, [this, act = it->act] {
                m_act = act;
                accept();
            });
            row->addWidget(button, 0, Qt::AlignTop);
        }
        rows->addLayout(row);
    }
    rows->addStretch();
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(inside);
    area->setMinimumHeight(qMin(560, inside->sizeHint().height() + grid));
    layout->addWidget(area, 1);
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

} // namespace songda::ui
