// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/widgets/command.h"
#include "ui/widgets/texts.h"

#include <QTimer>
#include <QWidget>
#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace songda::ui {

/// Acts on many messages that are under way, a row each: how far it is, with a button that ends it. What is over within a
/// moment is not shown at all.
class ActProgress final : public QWidget {
    Q_OBJECT
public:
    explicit ActProgress(QWidget *parent = nullptr);

    /// `name` says what is done, as a noun or verb; `total` how many messages there may be, if that is known.
    void follow(std::shared_ptr<JobControl> control, const QString &name, std::optional<std::int64_t> total);
    void end(const std::shared_ptr<JobControl> &control);
    /// Ends the one that was begun last.
    Command command(const QString &id);

private:
    struct Row {
        std::shared_ptr<JobControl> control;
        QString name;
        std::optional<std::int64_t> total;
        QWidget *panel = nullptr;
        QLabel *words = nullptr;
        QProgressBar *bar = nullptr;
        QPushButton *stop = nullptr;
        int looks = 0; ///< since it began
    };
    void look();
    void fill(Row &row);

    QVBoxLayout *m_layout;
    std::vector<Row> m_rows;
    QTimer m_clock;
    Texts m_texts;
};

} // namespace songda::ui
