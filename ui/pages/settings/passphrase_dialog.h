// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace songda::ui {

class Notice;

/// Gives the encrypted file of secrets another passphrase. Accepted when that has counted from then on.
class PassphraseDialog final : public QDialog {
    Q_OBJECT
public:
    explicit PassphraseDialog(Engine &engine, QWidget *parent = nullptr);

protected:
    /// Not while the file is being sealed: nobody would see what came of it.
    void reject() override;
    /// Nothing that was typed outlives its being seen: the screen may be taken away from whoever typed it.
    void hideEvent(QHideEvent *event) override;

private:
    void judge();
    void change();

    Engine &m_engine;
    QLineEdit *m_present;
    QLineEdit *m_fresh;
    QLineEdit *m_again;
    QLabel *m_hint;
    Notice *m_notice;
    QPushButton *m_change;
    bool m_busy = false;
};

} // namespace songda::ui
