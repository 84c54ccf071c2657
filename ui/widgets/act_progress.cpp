// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/act_progress.h"

#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {
constexpr std::chrono::milliseconds lookEvery{100};
/// Looks before it is shown: most acts are over by then.
constexpr int patience = 3;
} // namespace

ActProgress::ActProgress(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_texts(this) {
    setObjectName(QStringLiteral("actProgress"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(grid);
    hide();
    m_clock.setInterval(lookEvery);
    connect(&m_clock, &QTimer::timeout, this, &ActProgress::look);
    m_texts.add([this] {
        for (Row &row : m_rows)
            fill(row);
    });
}

void ActProgress::follow(std::shared_ptr<JobControl> control, const QString &name, std::optional<std::int64_t> total) {
    Row row;
    row.control = std::move(control);
    row.name = name;
    row.total = total;
    QVBoxLayout *inside = nullptr;
    row.panel = panel(inside);
    inside->setContentsMargins(2 * grid, grid, 2 * grid, grid);
    row.words = new QLabel;
    row.words->setTextFormat(Qt::PlainText);
    row.bar = new QProgressBar;
    row.bar->setTextVisible(false);
    row.bar->setFixedHeight(6);
    row.bar->setMaximum(1000);
    row.stop = new QPushButton;
    row.stop->setObjectName(QStringLiteral("stopAct"));
    connect(row.stop, &QPushButton::clicked, this, [this, stopped = row.control] {
        stopped->cancelled = true;
        look();
    });
    auto *line = new QHBoxLayout;
    line->addWidget(row.words);
    line->addSpacing(grid);
    line->addWidget(row.bar, 1, Qt::AlignVCenter);
    line->addSpacing(grid);
    line->addWidget(row.stop);
    inside->addLayout(line);
    row.panel->hide();
    m_layout->addWidget(row.panel);
    fill(row);
    m_rows.push_back(std::move(row));
    m_clock.start();
}

void ActProgress::end(const std::shared_ptr<JobControl> &control) {
    std::erase_if(m_rows, [&](const Row &row) {
        if (row.control != control)
            return false;
        row.panel->hide();
        row.panel->deleteLater();
        return true;
    });
    look();
}

void ActProgress::look() {
    bool any = false;
    for (Row &row : m_rows) {
        fill(row);
        row.panel->setVisible(++row.looks > patience);
        any |= row.looks > patience;
    }
    setVisible(any);
    if (m_rows.empty())
        m_clock.stop();
}

void ActProgress::fill(Row &row) {
    const std::int64_t done = row.control->rows;
    const bool stopping = row.control->cancelled;
    const bool known = row.total && *row.total > 0;
    row.words->setText(stopping ? tr("%1: ending after %2…").arg(row.name, number(done))
            : known             ? tr("%1: %2 of %3 so far").arg(row.name, number(done), number(*row.total))
                                : tr("%1: %2 so far").arg(row.name, number(done)));
    row.bar->setMaximum(known ? 1000 : 0); // without an end it only moves
    if (known)
        row.bar->setValue(static_cast<int>(1000 * std::min(done, *row.total) / *row.total));
    row.bar->setAccessibleName(row.words->text());
    row.stop->setText(tr("Stop"));
    row.stop->setToolTip(tr("Ends it here. What is done stays done, and is counted in the audit."));
    row.stop->setEnabled(!stopping);
}

Command ActProgress::command(const QString &id) {
    return {id, [] { return tr("Stop what is under way"); }, QKeySequence(QStringLiteral("Ctrl+Shift+X")),
        [this] {
            if (m_rows.empty())
                return;
            m_rows.back().control->cancelled = true;
            look();
        },
        [this] { return isVisible() && !m_rows.empty() && !m_rows.back().control->cancelled; }};
}

} // namespace songda::ui
