// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/desk.h"
#include "engine/doors/figures.h"
#include "engine/doors/router.h"

#include <functional>
#include <memory>

namespace songda::doors {

/// /healthz, /readyz and /metrics, for those who watch.
void addMonitorRoutes(Router &router, const std::shared_ptr<Desk> &desk, std::function<ServerFigures()> server);

} // namespace songda::doors
