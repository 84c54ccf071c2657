// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/overview/gates.h"

#include <QDialog>

namespace songda::ui {

/// "Why is nothing moving?": the gates, a finger on the first closed one, and the act that opens it.
class WhyDialog final : public QDialog {
    Q_OBJECT
public:
    /// Acts are offered only where they can be done from here.
    WhyDialog(const Snapshot &snapshot, const std::vector<GateCheck> &checks, bool mayChange, QWidget *parent = nullptr);

    /// What was chosen when the dialog was accepted.
    const GateAct &act() const { return m_act; }

private:
    GateAct m_act;
};

} // namespace songda::ui
