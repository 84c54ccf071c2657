// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console_doors.h"

#include "engine/doors/doors.h"
#include "engine/engine.h"
#include "engine/when_done.h"

#include <QtConcurrent>

namespace songda::console {

namespace {

struct Opened {
    std::string url;
    std::string publicUrl;
};

} // namespace

ConsoleDoors::ConsoleDoors(Engine &engine, std::string profileDir, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_profileDir(std::move(profileDir)) {
    m_worker.setMaxThreadCount(1);
}

ConsoleDoors::~ConsoleDoors() { m_worker.waitForDone(); }

void ConsoleDoors::openAnew() {
    const auto open = [this]() -> Result<Opened> {
        m_doors.reset(); // another socket at the same port
        auto publicUrl = doors::Doors::publicUrl(m_profileDir);
        if (!publicUrl)
            return tl::unexpected(publicUrl.error());
        if (m_engine.role() != EngineOptions::Role::Engine) // whoever delivers opens them
            return Opened{{}, std::move(*publicUrl)};
        auto opened = doors::Doors::open(m_engine, m_profileDir);
        if (!opened)
            return tl::unexpected(opened.error());
        m_doors = std::move(*opened);
        return Opened{m_doors ? m_doors->url() : std::string(), std::move(*publicUrl)};
    };
    whenDone(QtConcurrent::run(&m_worker, open), this, [this](const Result<Opened> &opened) {
        m_url = opened ? QString::fromStdString(opened->url) : QString();
        m_publicUrl = opened ? QString::fromStdString(opened->publicUrl) : QString();
        m_problem = opened ? std::nullopt : std::optional(opened.error());
        Q_EMIT changed();
    });
}

} // namespace songda::console
