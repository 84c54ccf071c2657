// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/saved_filters.h"

#include <QSettings>
#include <algorithm>

namespace songda::ui {

namespace {

const char listKey[] = "filters";

void write(const std::vector<SavedFilter> &filters) {
    QSettings settings;
    settings.remove(QLatin1String(listKey));
    settings.beginWriteArray(QLatin1String(listKey), static_cast<int>(filters.size()));
    for (std::size_t i = 0; i < filters.size(); ++i) {
        settings.setArrayIndex(static_cast<int>(i));
        settings.setValue(QStringLiteral("name"), filters[i].name);
        settings.setValue(QStringLiteral("search"), filters[i].search);
    }
    settings.endArray();
}

} // namespace

std::vector<SavedFilter> savedFilters() {
    QSettings settings;
    std::vector<SavedFilter> filters;
    const int size = settings.beginReadArray(QLatin1String(listKey));
    for (int i = 0; i < size; ++i) {
        settings.setArrayIndex(i);
        filters.push_back({settings.value(QStringLiteral("name")).toString(), settings.value(QStringLiteral("search")).toString()});
    }
    settings.endArray();
    std::sort(filters.begin(), filters.end(), [](const SavedFilter &a, const SavedFilter &b) { return a.name.localeAwareCompare(b.name) < 0; });
    return filters;
}

void keepFilter(const SavedFilter &filter) {
    std::vector<SavedFilter> filters = savedFilters();
    std::erase_if(filters, [&](const SavedFilter &f) { return f.name == filter.name; });
    filters.push_back(filter);
    write(filters);
}

void forgetFilter(const QString &name) {
    std::vector<SavedFilter> filters = savedFilters();
    std::erase_if(filters, [&](const SavedFilter &f) { return f.name == name; });
    write(filters);
}

} // namespace songda::ui
