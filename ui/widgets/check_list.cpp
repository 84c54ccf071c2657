// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/check_list.h"

#include <QSignalBlocker>
#include <algorithm>

namespace songda::ui {

namespace {
constexpr int rowsShown = 4;
} // namespace

CheckList::CheckList(QWidget *parent)
    : QListWidget(parent) {
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setProperty("panel", true); // the frame of a table
    setFixedHeight(rowsShown * (fontMetrics().height() + 6) + 2 * frameWidth());
    connect(this, &QListWidget::itemChanged, this, &CheckList::changed);
}

void CheckList::setEntries(const std::vector<std::pair<QString, QString>> &entries) {
    const std::vector<std::string> before = ticked();
    {
        const QSignalBlocker quiet(this);
        clear();
        for (const auto &[key, text] : entries) {
            auto *item = new QListWidgetItem(text, this);
            item->setData(Qt::UserRole, key);
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            item->setCheckState(Qt::Unchecked);
        }
        setAll(before);
    }
    if (ticked() != before)
        Q_EMIT changed();
}

std::vector<std::string> CheckList::ticked() const {
    std::vector<std::string> keys;
    for (int i = 0; i < count(); ++i) {
        if (item(i)->checkState() == Qt::Checked)
            keys.push_back(item(i)->data(Qt::UserRole).toString().toStdString());
    }
    return keys;
}

void CheckList::tick(const QString &key) {
    for (int i = 0; i < count(); ++i) {
        if (item(i)->data(Qt::UserRole).toString() == key)
            item(i)->setCheckState(Qt::Checked);
    }
}

void CheckList::untickAll() { setAll({}); }

void CheckList::setAll(const std::vector<std::string> &keys) {
    for (int i = 0; i < count(); ++i) {
        const std::string key = item(i)->data(Qt::UserRole).toString().toStdString();
        item(i)->setCheckState(std::ranges::find(keys, key) != keys.end() ? Qt::Checked : Qt::Unchecked);
    }
}

} // namespace songda::ui
