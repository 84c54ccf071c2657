// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/texts.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace songda::ui {

/// A secret that has just been made and that nobody can show again: to be copied, then put away.
class SecretOnce final : public QWidget {
    Q_OBJECT
public:
    explicit SecretOnce(QWidget *parent = nullptr);

    /// `what` says whose it is and what it is for.
    void show(const QString &what, const QString &secret);
    void putAway();

private:
    QLabel *m_what;
    QLineEdit *m_secret;
    QPushButton *m_copy;
    QPushButton *m_away;
    Texts m_texts;
};

} // namespace songda::ui
