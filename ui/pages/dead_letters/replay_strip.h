// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/widgets/texts.h"

#include <QWidget>
#include <map>

class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace songda::ui {

class Chip;
class Directory;
class ReplaySteering;

/// Replays that go on, wait or have just ended, a row each: how far they are, why they stopped, and what may be done. Of
/// many the newest; the others are steered in the list of past ones.
class ReplayStrip final : public QWidget {
    Q_OBJECT
public:
    ReplayStrip(Engine &engine, const Directory &directory, QWidget *parent = nullptr);

    void refresh();
    /// Not every console may change anything.
    void setMayChange(bool may);

Q_SIGNALS:
    void failed(const songda::Error &error);
    void changed();

private:
    struct Row {
        QWidget *panel = nullptr;
        Chip *state = nullptr;
        QLabel *name = nullptr;
        QLabel *words = nullptr;
        QProgressBar *bar = nullptr;
        QPushButton *pause = nullptr;
        QPushButton *cancel = nullptr;
        ReplayRun run;
    };
    void show(std::vector<ReplayRun> runs);
    Row &rowOf(ReplayId id);
    void fill(Row &row);
    void fillOthers();

    Engine &m_engine;
    const Directory &m_directory;
    ReplaySteering *m_steering;
    QLabel *m_others;
    qsizetype m_hidden = 0; ///< that go on without a row here
    QVBoxLayout *m_layout;
    std::map<ReplayId, Row> m_rows;
    bool m_asked = false;
    bool m_mayChange = true;
    Texts m_texts;
};

} // namespace songda::ui
