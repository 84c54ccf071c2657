// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/snapshot.h"
#include "ui/widgets/texts.h"
#include "ui/widgets/words.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace songda::ui {

class Chip;

/// The line at the foot: does the engine run, and if not why; how fast, how much waits, the breaker, how long the token
/// lives.
class StatusStrip final : public QWidget {
    Q_OBJECT
public:
    explicit StatusStrip(QWidget *parent = nullptr);

    /// The words for keys of the error catalogue.
    void setCauseNames(words::CauseNames names) { m_causes = std::move(names); }
    void show(const Snapshot &snapshot);
    /// `why` is said of a button that is grey because the engine is not for who has signed in to pause.
    void setMayPause(bool may, const QString &why);
    QPushButton *pauseButton() const { return m_pause; }
    /// Says whether the page above is held still although the engine goes on.
    void setStill(bool still);

Q_SIGNALS:
    void pauseWanted(bool paused);
    void stillWanted(bool still);

private:
    void fill();
    void fillBreaker();
    void fillNumbers(const AccountSnapshot *account);
    /// What is told of one account: its token and its day.
    QStringList accountNumbers(const AccountSnapshot *account) const;

    words::CauseNames m_causes = [](const std::string &cause) { return QString::fromStdString(cause); };
    Snapshot m_snapshot;
    bool m_mayPause = true;
    Chip *m_state;
    QLabel *m_why;
    QLabel *m_numbers;
    Chip *m_breaker;
    QPushButton *m_still;
    QPushButton *m_pause;
    Texts m_texts;
};

/// The account the strip and the badge speak of: the first whose gate is closed, else the first.
const AccountSnapshot *mostTelling(const Snapshot &snapshot);

} // namespace songda::ui
