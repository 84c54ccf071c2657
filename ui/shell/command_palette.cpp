// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_palette.h"

#include "ui/models/fuzzy.h"
#include "ui/widgets/colours.h"
#include "ui/widgets/parts.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

constexpr int sectionRole = Qt::UserRole + 1;
constexpr int keyRole = Qt::UserRole + 2;
constexpr std::size_t most = 60; // rows; nobody reads more

/// The name, where it belongs in muted words, and its key at the right.
class PaletteDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override { return {200, option.fontMetrics.height() + 14}; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override {
        const Colours &colours = coloursFor(option.palette);
        const bool chosen = option.state.testFlag(QStyle::State_Selected);
        painter->save();
        if (chosen)
            painter->fillRect(option.rect, colours.accent);
        const QColor ink = chosen ? colours.onAccent : colours.text;
        const QColor faint = chosen ? colours.onAccent : colours.muted;
        QRect area = option.rect.adjusted(wideGap, 0, -wideGap, 0);
        const QString key = index.data(keyRole).toString();
        painter->setPen(faint);
        painter->drawText(area, Qt::AlignVCenter | Qt::AlignRight, key);
        if (!key.isEmpty())
            area.setRight(area.right() - option.fontMetrics.horizontalAdvance(key) - 2 * grid);
        const QString section = index.data(sectionRole).toString();
        const int sectionWidth = option.fontMetrics.horizontalAdvance(section) + 2 * grid;
        const QString title = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, area.width() - sectionWidth);
        painter->setPen(ink);
        painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft, title);
        area.setLeft(area.left() + option.fontMetrics.horizontalAdvance(title) + 2 * grid);
        painter->setPen(faint);
        painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft, section);
        painter->restore();
    }
};

} // namespace

CommandPalette::CommandPalette(std::vector<PaletteItem> items, Search search, QWidget *parent)
    : QDialog(parent)
    , m_items(std::move(items))
    , m_search(std::move(search))
    , m_typed(new QLineEdit)
    , m_list(new QListWidget)
    , m_none(mutedLabel()) {
    setObjectName(QStringLiteral("palette"));
    setWindowTitle(tr("Find and do"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    resize(640, 440);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(grid, grid, grid, grid);
    layout->setSpacing(grid);
    m_typed->setObjectName(QStringLiteral("paletteText"));
    m_typed->setPlaceholderText(tr("Type what you want to do, a page, a person's openid, a message number…"));
    m_typed->setAccessibleName(windowTitle());
    m_typed->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("What fits"));
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_none->setText(tr("Nothing fits."));
    layout->addWidget(m_typed);
    layout->addWidget(m_none);
    layout->addWidget(m_list, 1);
    connect(m_typed, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_typed, &QLineEdit::returnPressed, this, &CommandPalette::choose);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::choose);
    fill();
    m_typed->setFocus();
    if (parent != nullptr)
        move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, parent->height() / 8)));
}

void CommandPalette::fill() {
    const QString typed = m_typed->text().trimmed();
    std::vector<std::pair<int, const PaletteItem *>> fitting;
    for (const PaletteItem &item : m_items) {
        // The name itself counts more than where it belongs.
        const int name = fit(typed, item.title);
        const int all = fit(typed, item.title + QLatin1Char(' ') + item.section + QLatin1Char(' ') + item.also);
        if (const int best = std::max(2 * name, all); best > 0)
            fitting.emplace_back(best, &item);
    }
    std::stable_sort(fitting.begin(), fitting.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    m_shown.clear();
    for (const auto &[score, item] : fitting) {
        if (m_shown.size() < most)
            m_shown.push_back(*item);
    }
    if (!typed.isEmpty() && m_search) {
        for (PaletteItem &found : m_search(typed))
            m_shown.push_back(std::move(found));
    }
    m_list->clear();
    for (const PaletteItem &item : m_shown) {
        auto *row = new QListWidgetItem(item.title, m_list);
        row->setData(sectionRole, item.section);
        row->setData(keyRole, item.key);
        row->setData(Qt::AccessibleTextRole, QStringLiteral("%1, %2 %3").arg(item.title, item.section, item.key));
    }
    m_none->setVisible(m_shown.empty());
    m_list->setCurrentRow(m_shown.empty() ? -1 : 0);
}

void CommandPalette::choose() {
    if (m_list->currentRow() >= 0)
        accept();
}

void CommandPalette::done(int result) {
    const int row = m_list->currentRow();
    QDialog::done(result);
    // After the window is gone, so that what opens a window of its own has the right one below it.
    if (result == Accepted && row >= 0)
        QTimer::singleShot(0, parent(), m_shown[static_cast<std::size_t>(row)].run);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    int step = 0;
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down: step = 1; break;
    case Qt::Key_Up: step = -1; break;
    case Qt::Key_PageDown: step = 10; break;
    case Qt::Key_PageUp: step = -10; break;
    default: return QDialog::eventFilter(watched, event);
    }
    if (m_list->count() > 0)
        m_list->setCurrentRow(qBound(0, m_list->currentRow() + step, m_list->count() - 1));
    return true;
}

} // namespace songda::ui
