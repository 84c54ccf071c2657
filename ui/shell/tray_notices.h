// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/models/directory.h"

#include <QObject>
#include <memory>

class QSystemTrayIcon;

namespace songda::ui {

/// Says on the desktop what the engine tells of alerts, where the desktop has a place for it. GUI thread.
class TrayNotices final : public QObject {
    Q_OBJECT
public:
    TrayNotices(Engine &engine, const Directory &directory, QObject *parent = nullptr);
    ~TrayNotices() override;

Q_SIGNALS:
    /// Somebody chose the notice.
    void opened();

private:
    void say(const AlertNotice &notice);

    const Directory &m_directory;
    std::unique_ptr<QSystemTrayIcon> m_icon; ///< made with the first notice
};

} // namespace songda::ui
