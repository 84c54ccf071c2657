// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace songda::ui {

class CommandList;

/// All keys of the console, by where they count. Made from the list the keyboard itself goes by.
class KeyMap final : public QDialog {
    Q_OBJECT
public:
    KeyMap(const CommandList &commands, QWidget *parent);
};

} // namespace songda::ui
