// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_list.h"

#include <QShortcut>
#include <QWidget>

namespace songda::ui {

CommandList::CommandList(QObject *parent)
    : QObject(parent) {}

void CommandList::add(QWidget *scope, const std::function<QString()> &section, Command command) {
    if (!command.key.isEmpty()) {
        // Qt passes over the keys of what is not visible, so pages may use the same ones.
        auto *shortcut = new QShortcut(command.key, scope);
        const std::size_t index = m_entries.size();
        connect(shortcut, &QShortcut::activated, this, [this, index] {
            const Entry &entry = m_entries[index];
            if (offered(entry))
                entry.command.run();
        });
    }
    m_entries.push_back({std::move(command), section, scope});
}

bool CommandList::offered(const Entry &entry) {
    return entry.scope->isVisible() && entry.command.offered();
}

} // namespace songda::ui
