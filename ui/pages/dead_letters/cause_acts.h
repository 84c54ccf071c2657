// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QObject>
#include <set>

class QWidget;

namespace songda::ui {

/// What is done about all messages of a cause: a note, or its recipients on the list of people not written to. Asks,
/// does, tells.
class CauseActs final : public QObject {
    Q_OBJECT
public:
    CauseActs(Engine &engine, QWidget *parent);

    void note(const CauseGroup &group);
    void suppress(CauseGroup group, MessageFilter filter);

Q_SIGNALS:
    void said(const QString &text, bool good);
    void done();

private:
    void gather(std::optional<MessageId> before);
    void put();

    Engine &m_engine;
    QWidget *m_parent;
    // One at a time
    bool m_busy = false;
    MessageFilter m_filter;
    SuppressRequest m_request;
    std::set<std::string> m_openids;
};

} // namespace songda::ui
