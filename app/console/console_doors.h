// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <QObject>
#include <QThreadPool>
#include <memory>
#include <optional>
#include <string>

namespace songda {
class Engine;
namespace doors {
class Doors;
}
}

namespace songda::console {

/// The HTTP doors of a console: opened with the engine as the profile's settings say, and anew when they change. Opening
/// and closing wait for sockets, so they happen off the GUI thread, one after the other. GUI thread.
class ConsoleDoors final : public QObject {
    Q_OBJECT
public:
    /// `engine` outlives this. One that only looks on opens nothing, and knows how the doors are reached.
    ConsoleDoors(Engine &engine, std::string profileDir, QObject *parent = nullptr);
    /// Lets what is under way end for some seconds.
    ~ConsoleDoors() override;

    /// Closes what is open, and opens what the settings ask for.
    void openAnew();

    bool isOpen() const { return !m_url.isEmpty(); }
    QString url() const { return m_url; } ///< where they listen; empty: nothing does
    QString publicUrl() const { return m_publicUrl; } ///< how they are reached from outside; empty: nobody has said so
    /// Why nothing listens although it should; nothing when nothing is wrong.
    const std::optional<Error> &problem() const { return m_problem; }

Q_SIGNALS:
    void changed();

private:
    Engine &m_engine;
    const std::string m_profileDir;
    QThreadPool m_worker; ///< of one thread, so that closing comes before opening
    std::shared_ptr<doors::Doors> m_doors; ///< only touched by the worker, and when it has ended
    QString m_url;
    QString m_publicUrl;
    std::optional<Error> m_problem;
};

} // namespace songda::console
