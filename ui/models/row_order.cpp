// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/row_order.h"

#include <QCollator>
#include <algorithm>
#include <numeric>

namespace songda::ui {

namespace {

bool isNumber(const QVariant &value) {
    switch (value.typeId()) {
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
    case QMetaType::Double: return true;
    default: return false;
    }
}

bool isNothing(const QVariant &value) { return !value.isValid() || (!isNumber(value) && value.toString().isEmpty()); }

int compare(const QVariant &a, const QVariant &b, const QCollator &words) {
    if (isNumber(a) && isNumber(b)) {
        const double left = a.toDouble();
        const double right = b.toDouble();
        return left < right ? -1 : left > right ? 1 : 0;
    }
    return words.compare(a.toString(), b.toString());
}

} // namespace

std::vector<int> rowOrder(const std::vector<QVariant> &values, Qt::SortOrder order) {
    QCollator words;
    words.setNumericMode(true);
    words.setCaseSensitivity(Qt::CaseInsensitive);
    std::vector<int> rows(values.size());
    std::iota(rows.begin(), rows.end(), 0);
    std::stable_sort(rows.begin(), rows.end(), [&](int left, int right) {
        const QVariant &a = values[static_cast<std::size_t>(left)];
        const QVariant &b = values[static_cast<std::size_t>(right)];
        if (isNothing(a) || isNothing(b))
            return !isNothing(a) && isNothing(b);
        const int c = compare(a, b, words);
        return order == Qt::AscendingOrder ? c < 0 : c > 0;
    });
    return rows;
}

} // namespace songda::ui
