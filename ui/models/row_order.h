// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVariant>
#include <Qt>
#include <vector>

namespace songda::ui {

/// Which row comes where when rows are sorted by these values: numbers as numbers, words as the language sorts them and
/// with the numbers in them as numbers, nothing always last. What is equal stays as it was.
std::vector<int> rowOrder(const std::vector<QVariant> &values, Qt::SortOrder order);

} // namespace songda::ui
