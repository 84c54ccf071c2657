// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/layout_memory.h"

#include "ui/widgets/data_table.h"

#include <QApplication>
#include <QEvent>
#include <QSettings>
#include <QSplitter>

namespace songda::ui {

namespace {

const char densityKey[] = "look/density";
constexpr std::chrono::milliseconds rest{500};
bool isForgotten = false; // GUI thread

} // namespace

void keepSplit(QSplitter *split, const QString &name) {
    const QString key = QStringLiteral("splits/") + name;
    split->restoreState(QSettings().value(key).toByteArray());
    auto *note = new LayoutNote(key, [split] { return split->saveState(); }, split);
    QObject::connect(split, &QSplitter::splitterMoved, note, &LayoutNote::changed);
}

LayoutNote::LayoutNote(QString key, std::function<QVariant()> value, QObject *owner)
    : QObject(owner)
    , m_key(std::move(key))
    , m_value(std::move(value)) {
    m_rest.setSingleShot(true);
    m_rest.setInterval(rest);
    connect(&m_rest, &QTimer::timeout, this, &LayoutNote::write);
    owner->installEventFilter(this);
}

bool LayoutNote::eventFilter(QObject *owner, QEvent *event) {
    if (event->type() == QEvent::Hide && m_rest.isActive())
        write();
    return QObject::eventFilter(owner, event);
}

void LayoutNote::write() {
    m_rest.stop();
    keepLayout(m_key, m_value());
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

void keepLayout(const QString &key, const QVariant &value) {
    if (!isForgotten)
        QSettings().setValue(key, value);
}

void rememberLayout() { isForgotten = false; }

void forgetLayout() {
    isForgotten = true;
    QSettings settings;
    for (const char *group : {"columns", "splits", "window"})
        settings.remove(QLatin1String(group));
}

} // namespace songda::ui
