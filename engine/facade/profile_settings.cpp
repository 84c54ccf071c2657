// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/profile.h"
#include "engine/store/audit_table.h"

namespace songda {

QFuture<Result<std::string>> Engine::doorSection() {
    return m_core->work<std::string>([core = m_core.get()]() -> Result<std::string> {
        auto settings = profile::readSettings(core->options.profileDir);
        if (!settings)
            return tl::unexpected(settings.error());
        return std::move(settings->doors);
    });
}

QFuture<Result<void>> Engine::setDoorSection(std::string section, std::string reason) {
    SONGDA_MAY(SetUp, void);
    return m_core->work<void>([core = m_core.get(), section = std::move(section), reason = std::move(reason)]() -> Result<void> {
        if (!core->writer)
            return tl::unexpected(EngineCore::viewerOnly());
        auto settings = profile::readSettings(core->options.profileDir);
        if (!settings)
            return tl::unexpected(settings.error());
        const std::string what = settings->doors + " -> " + section;
        settings->doors = section;
        SONGDA_TRY(profile::writeSettings(core->options.profileDir, *settings));
        return core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto audit = store::recordAct(session, core->actor(reason), "doors.change", what, 0, systemNow().wall);
            return audit ? Result<void>{} : tl::unexpected(audit.error());
        });
    });
}

} // namespace songda
