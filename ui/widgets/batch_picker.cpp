// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/batch_picker.h"

#include "ui/models/directory.h"
#include "ui/widgets/batch_finder.h"
#include "ui/widgets/format.h"

#include <QWheelEvent>
#include <algorithm>

namespace songda::ui {

namespace {
constexpr std::size_t mostOffered = 30;
constexpr qint64 another = -1;
} // namespace

BatchPicker::BatchPicker(Directory &directory, QWidget *parent)
    : QComboBox(parent)
    , m_directory(directory)
    , m_texts(this) {
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(12);
    setIconSize({1, 1}); // there are none; as high as the boxes beside it
    connect(&directory, &Directory::batchesChanged, this, &BatchPicker::fill);
    connect(this, &QComboBox::currentIndexChanged, this, &BatchPicker::take);
    m_texts.add([this] {
        setAccessibleName(tr("Batch"));
        setToolTip(tr("The newest ones; “Another one…” finds any by its name"));
        fill();
    });
}

void BatchPicker::wheelEvent(QWheelEvent *event) {
    // Also with the focus, which it keeps after a choice, it would look for something else at each notch, or open the search.
    event->ignore();
}

void BatchPicker::fill() {
    std::vector<std::pair<QString, qint64>> entries{{tr("All batches"), qint64(0)}};
    bool there = !m_chosen;
    for (const Batch &batch : m_directory.batches()) {
        if (entries.size() > mostOffered)
            break;
        entries.emplace_back(m_directory.batchName(batch), static_cast<qint64>(batch.id.value));
        there |= m_chosen == batch.id;
    }
    if (!there) {
        m_directory.want(*m_chosen);
        entries.insert(entries.begin() + 1, {m_directory.batchName(*m_chosen), static_cast<qint64>(m_chosen->value)});
    }
    entries.emplace_back(tr("Another one…"), another);
    const int wanted = m_chosen ? static_cast<int>(std::find_if(entries.begin(), entries.end(), [this](const auto &e) { return e.second == m_chosen->value; }) - entries.begin()) : 0;
    if (entries == m_entries && currentIndex() == wanted)
        return; // the sums of a batch change each second, its name does not; and the list may be open
    m_filling = true;
    if (entries != m_entries) {
        m_entries = std::move(entries);
        clear();
        for (const auto &[name, id] : m_entries)
            addItem(name, id);
    }
    setCurrentIndex(wanted);
    m_filling = false;
}

void BatchPicker::choose(std::optional<BatchId> id) {
    if (m_chosen == id)
        return;
    m_chosen = id;
    fill();
    Q_EMIT picked();
}

void BatchPicker::take(int index) {
    if (m_filling || index < 0)
        return;
    const qint64 id = itemData(index).toLongLong();
    if (id != another) {
        choose(id > 0 ? std::optional(BatchId{id}) : std::nullopt);
        return;
    }
    fill(); // back to what is chosen
    find();
}

void BatchPicker::find() {
    auto *finder = new BatchFinder(m_directory, window());
    connect(finder, &BatchFinder::found, this, [this](BatchId id) { choose(id); });
    finder->open();
}

} // namespace songda::ui
