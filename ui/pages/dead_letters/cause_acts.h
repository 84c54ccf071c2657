// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QObject>
#include <set>

class QWidget;

namespace songda::ui {

class ActProgress;

/// What is done about all messages of a cause: a note, or its recipients on the list of people not written to. Asks,
/// does, tells.
class CauseActs final : public QObject {
    Q_OBJECT
public:
    /// `progress` shows how far the reading of a long list is, and ends it.
    CauseActs(Engine &engine, ActProgress *progress, QWidget *parent);

    /// `cause`: it in words.
    void note(const CauseGroup &group, const QString &cause);
    void suppress(CauseGroup group, MessageFilter filter);

Q_SIGNALS:
    void said(const QString &text, bool good);
    void done();

private:
    void gather(std::optional<MessageId> before);
    void put();
    void end(const QString &text, bool good);

    Engine &m_engine;
    ActProgress *m_progress;
    QWidget *m_parent;
    // One at a time
    bool m_busy = false;
    std::shared_ptr<JobControl> m_control;
    MessageFilter m_filter;
    SuppressRequest m_request;
    std::set<std::string> m_openids;
};

} // namespace songda::ui
