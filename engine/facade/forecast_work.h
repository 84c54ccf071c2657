// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

namespace songda {

/// Engine::forecast() at once. Worker thread.
Result<Forecast> forecastOf(EngineCore &core, const ForecastRequest &request);

} // namespace songda
