// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QObject>

class QWidget;

namespace songda::ui {

/// What is written down about all messages of a cause. Asks, does, tells.
class CauseActs final : public QObject {
    Q_OBJECT
public:
    CauseActs(Engine &engine, QWidget *parent);

    /// `cause`: it in words.
    void note(const CauseGroup &group, const QString &cause);

Q_SIGNALS:
    void said(const QString &text, bool good);
    void done();

private:
    Engine &m_engine;
    QWidget *m_parent;
};

} // namespace songda::ui
