// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace songda::ui {

/// Comes to a table by a key: there is always a row one is on, for the arrow keys go on from there.
inline void enterTable(QTableView *table) {
    table->setFocus(Qt::ShortcutFocusReason);
    if (!table->selectionModel()->hasSelection() && table->model()->rowCount() > 0)
        table->selectRow(0);
}

} // namespace songda::ui
