// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/queue/change_button.h"

#include "ui/widgets/message_acts.h"

#include <QMenu>

namespace songda::ui {

ChangeButton::ChangeButton(MessageActs *acts, Targets chosen, Targets matching, QWidget *parent)
    : QPushButton(parent)
    , m_acts(acts)
    , m_chosen(std::move(chosen))
    , m_matching(std::move(matching))
    , m_texts(this) {
    setObjectName(QStringLiteral("changeWaiting"));
    setMenu(new QMenu(this));
    connect(menu(), &QMenu::aboutToShow, this, &ChangeButton::fill);
    m_texts.add([this] {
        setText(tr("Change…"));
        setToolTip(tr("Hold, release, or give another time to send"));
    });
}

QString ChangeButton::nameOf(Change change) const {
    switch (change) {
    case Change::Hold: return tr("Hold");
    case Change::Release: return tr("Release");
    case Change::Now: return tr("Send now");
    case Change::Due: return tr("Send at another time…");
    }
    return {};
}

bool ChangeButton::offers(Change change, const Target &target) const {
    switch (change) {
    case Change::Hold: return target.waiting;
    case Change::Release: return target.held;
    case Change::Now:
    case Change::Due: return target.waiting || target.held;
    }
    return false;
}

void ChangeButton::apply(Change change, const Target &target) {
    switch (change) {
    case Change::Hold: m_acts->hold(target.filter, target.count); break;
    case Change::Release: m_acts->release(target.filter, target.count); break;
    case Change::Now: m_acts->sendNow(target.filter, target.count); break;
    case Change::Due: m_acts->reschedule(target.filter, target.count); break;
    }
}

void ChangeButton::fill() {
    menu()->clear();
    const auto add = [this](const QString &title, const Targets &targets) {
        menu()->addSection(title);
        const Target target = targets();
        for (const Change change : {Change::Hold, Change::Release, Change::Now, Change::Due}) {
            QAction *action = menu()->addAction(nameOf(change));
            action->setEnabled(offers(change, target));
            // Asked again: the list goes on while the menu is open.
            connect(action, &QAction::triggered, this, [this, change, targets] { apply(change, targets()); });
        }
    };
    add(tr("The chosen messages"), m_chosen);
    add(tr("Everything that matches"), m_matching);
}

std::vector<Command> ChangeButton::commands() {
    const auto command = [this](Change change, const char *id, const char *key) {
        return Command{QLatin1String(id), [this, change] { return nameOf(change).remove(QChar(0x2026)); }, QKeySequence(QLatin1String(key)),
            [this, change] { apply(change, m_chosen()); }, [this, change] { return isVisible() && isEnabled() && offers(change, m_chosen()); }};
    };
    return {command(Change::Hold, "queue.hold", "Ctrl+Shift+H"), command(Change::Release, "queue.release", "Ctrl+Shift+U"),
        command(Change::Now, "queue.now", "Ctrl+Shift+N"), command(Change::Due, "queue.due", "Ctrl+Shift+D"),
        {QStringLiteral("queue.change"), [this] { return commandName(*this); }, {}, [this] { click(); }, [this] { return isVisible() && isEnabled(); }, this}};
}

} // namespace songda::ui
