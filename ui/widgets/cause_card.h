// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/widgets/texts.h"

#include <QWidget>

class QLabel;

namespace songda::ui {

class Chip;
class Directory;

/// A cause in plain words: what happened, whose move it is, whether another try helps, and what to do.
class CauseCard final : public QWidget {
    Q_OBJECT
public:
    explicit CauseCard(const Directory &directory, QWidget *parent = nullptr);

    /// Hidden when the cause is empty.
    void show(const std::string &cause);

private:
    void fill();

    const Directory &m_directory;
    std::string m_cause;
    QLabel *m_meaning;
    Chip *m_code;
    Chip *m_class;
    QLabel *m_move;
    QLabel *m_retry;
    QLabel *m_advice;
    Texts m_texts;
};

} // namespace songda::ui
