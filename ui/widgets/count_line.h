// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QLabel;

namespace songda::ui {

/// What stands above a list of messages: how many there are, what else there is to say of them (empty: nothing), and
/// whether the rows stand still, with the reason.
void showCount(QLabel *line, const QString &count, QStringList more, bool standsStill);

} // namespace songda::ui
