// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

namespace songda::ui {

/// A search somebody wants to find again, as the line one would type. Names instead of numbers, spans as they were
/// typed: "since:2h" is about the last two hours whenever it is opened.
struct SavedFilter {
    QString name;
    QString search;

    bool operator==(const SavedFilter &) const = default;
};

/// By name.
std::vector<SavedFilter> savedFilters();
/// One of the same name is replaced.
void keepFilter(const SavedFilter &filter);
void forgetFilter(const QString &name);

} // namespace songda::ui
