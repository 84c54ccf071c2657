// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/snapshot.h"

#include <QDialog>
#include <vector>

namespace songda::ui {

/// One gate on the way out as the operator sees it.
struct GateCheck {
    QString name;
    bool open = true;
    QString advice; ///< when it is closed
};

/// Walks the gates in the order messages meet them. Pure.
std::vector<GateCheck> walkGates(const Snapshot &snapshot);

/// "Why is nothing moving?": the gates, and a finger on the first closed one.
class WhyDialog final : public QDialog {
    Q_OBJECT
public:
    explicit WhyDialog(const Snapshot &snapshot, QWidget *parent = nullptr);
};

} // namespace songda::ui
