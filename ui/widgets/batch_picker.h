// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "ui/widgets/texts.h"

#include <QComboBox>
#include <optional>

namespace songda::ui {

class Directory;

/// Chooses a batch, or all of them: the newest stand in the list, any other one is looked for by its name.
class BatchPicker final : public QComboBox {
    Q_OBJECT
public:
    explicit BatchPicker(Directory &directory, QWidget *parent = nullptr);

    std::optional<BatchId> batch() const { return m_chosen; }
    void choose(std::optional<BatchId> id);
    /// Opens the search.
    void find();

Q_SIGNALS:
    void picked();

protected:
    void wheelEvent(QWheelEvent *event) override;

private:
    void fill();
    void take(int index);

    Directory &m_directory;
    std::optional<BatchId> m_chosen;
    std::vector<std::pair<QString, qint64>> m_entries;
    bool m_filling = false;
    Texts m_texts;
};

} // namespace songda::ui
