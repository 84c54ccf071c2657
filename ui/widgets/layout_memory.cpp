// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/layout_memory.h"

#include "ui/widgets/data_table.h"

#include <QApplication>
#include <QSettings>
#include <QSplitter>

namespace songda::ui {

namespace {

const char densityKey[] = "look/density";

} // namespace

void keepSplit(QSplitter *split, const QString &name) {
    const QString key = QStringLiteral("splits/") + name;
    split->restoreState(QSettings().value(key).toByteArray());
    QObject::connect(split, &QSplitter::splitterMoved, split, [split, key] { QSettings().setValue(key, split->saveState()); });
}

Density density() {
    const int kept = QSettings().value(QLatin1String(densityKey), static_cast<int>(Density::Normal)).toInt();
    return static_cast<Density>(qBound(0, kept, static_cast<int>(Density::Roomy)));
}

void setDensity(Density density) {
    QSettings().setValue(QLatin1String(densityKey), static_cast<int>(density));
    const QWidgetList all = QApplication::allWidgets();
    for (QWidget *widget : all) {
        if (auto *table = qobject_cast<DataTable *>(widget))
            table->fitRows();
    }
}

int rowHeight(int textHeight) {
    switch (density()) {
    case Density::Compact: return textHeight + 6;
    case Density::Normal: return textHeight + 14;
    case Density::Roomy: return textHeight + 22;
    }
    return textHeight + 14;
}

void forgetLayout() {
    QSettings settings;
    for (const char *group : {"columns", "splits", "window"})
        settings.remove(QLatin1String(group));
}

} // namespace songda::ui
