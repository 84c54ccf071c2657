// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/widgets/texts.h"

#include <QWidget>
#include <optional>

class QFormLayout;

namespace songda::ui {

class Directory;

/// Everything that is recorded about one attempt, in words that can be selected and copied.
class AttemptCard final : public QWidget {
    Q_OBJECT
public:
    explicit AttemptCard(const Directory &directory, QWidget *parent = nullptr);

    /// Nothing: empty.
    void show(const std::optional<Attempt> &attempt);

private:
    void fill();

    const Directory &m_directory;
    std::optional<Attempt> m_attempt;
    QFormLayout *m_form;
    Texts m_texts;
};

} // namespace songda::ui
