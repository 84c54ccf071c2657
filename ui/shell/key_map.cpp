// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/key_map.h"

#include "ui/shell/command_list.h"
#include "ui/widgets/parts.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <vector>

namespace songda::ui {

KeyMap::KeyMap(const CommandList &commands, QWidget *parent)
    : QDialog(parent) {
    setObjectName(QStringLiteral("keyMap"));
    setWindowTitle(tr("Keys"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    resize(920, 680);
    // Sections in the order in which they come, each once.
    struct Section {
        QString name;
        QList<std::pair<QString, QString>> keys;
    };
    std::vector<Section> sections;
    const auto add = [&sections](const QString &section, const QString &key, const QString &name) {
        auto found = std::find_if(sections.begin(), sections.end(), [&](const Section &s) { return s.name == section; });
        if (found == sections.end())
            found = sections.insert(sections.end(), Section{section, {}});
        found->keys.append({key, name});
    };
    // What counts everywhere comes first.
    for (const CommandList::Entry &entry : commands.entries()) {
        if (entry.scope == parent)
            add(entry.section(), {}, {});
    }
    std::reverse(sections.begin(), sections.end());
    for (Section &section : sections)
        section.keys.clear();
    for (const CommandList::Entry &entry : commands.entries()) {
        // One name, two keys: told once.
        if (!entry.command.key.isEmpty() && entry.command.id != QLatin1String("keys ?"))
            add(entry.section(), entry.command.id == QLatin1String("keys") ? QStringLiteral("F1, ?") : entry.command.key.toString(QKeySequence::NativeText), entry.command.name());
    }
    const QString tables = tr("In tables");
    add(tables, tr("Up, Down, Page Up, Page Down"), tr("Go through the rows; older ones are fetched as one goes"));
    add(tables, tr("Shift+Up, Shift+Down, Ctrl+A"), tr("Choose several rows"));
    add(tables, tr("Tab, Shift+Tab"), tr("Leave the table"));
    add(tables, tr("Right click on the head"), tr("Choose which columns are shown; drag a head to move a column"));

    // Two columns of about the same length, so that most is seen at once.
    auto *inside = new QWidget;
    auto *sides = new QHBoxLayout(inside);
    sides->setContentsMargins(grid, 0, 2 * grid, grid);
    sides->setSpacing(4 * grid);
    qsizetype lines = 0;
    for (const Section &section : sections)
        lines += section.keys.size() + 2;
    QVBoxLayout *column = nullptr;
    qsizetype used = 0;
    int side = -1;
    for (const Section &section : sections) {
        if (column == nullptr || (side == 0 && used + section.keys.size() / 2 > lines / 2)) {
            column = new QVBoxLayout;
            column->setSpacing(smallGap);
            sides->addLayout(column, 1);
            ++side;
        }
        used += section.keys.size() + 2;
        auto *title = headline(2);
        title->setText(section.name);
        column->addWidget(title);
        auto *rows = new QGridLayout;
        rows->setHorizontalSpacing(2 * grid);
        rows->setVerticalSpacing(smallGap);
        rows->setColumnMinimumWidth(0, 130);
        rows->setColumnStretch(1, 1);
        int row = 0;
        for (const auto &[key, name] : section.keys) {
            rows->addWidget(mutedLabel(key), row, 0, Qt::AlignTop);
            rows->addWidget(plainLabel(name), row++, 1, Qt::AlignTop);
        }
        column->addLayout(rows);
        column->addSpacing(2 * grid);
    }
    for (int i = 0; i <= side; ++i)
        qobject_cast<QVBoxLayout *>(sides->itemAt(i)->layout())->addStretch();
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(inside);
    auto *buttons = new QDialogButtonBox;
    auto *close = new QPushButton(tr("Close"));
    buttons->addButton(close, QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(mutedLabel(tr("Ctrl+K finds everything by its name, also what has no key of its own.")));
    layout->addWidget(area, 1);
    layout->addWidget(buttons);
    area->setFocus();
    if (parent != nullptr)
        move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, std::max(0, (parent->height() - height()) / 2))));
}

} // namespace songda::ui
