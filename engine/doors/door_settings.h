// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/http_server.h"
#include "engine/doors/jwt.h"
#include "engine/model/error.h"
#include "engine/model/time.h"

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace songda::doors {

/// The section "doors" of settings.json. Without it nothing listens.
struct DoorSettings {
    bool enabled = false;
    HttpServer::Settings server;
    std::vector<Network> monitorFrom; ///< who may read /metrics without a key
    std::size_t mostBody = 8 << 20; ///< of an intake request
    int mostLines = 10'000; ///< messages of one request
    double clientRate = 1000; ///< messages and questions a second that each client may send
    double clientBurst = 20'000;
    std::int64_t mostWaiting = 5'000'000; ///< messages in the queue; beyond it nothing is taken in
    std::size_t mostBeingTakenIn = 50'000; ///< on their way into the database
    int mostWaits = 1000; ///< requests that wait for the end of their message
    std::vector<JwtIssuer> issuers;
    std::string publicUrl; ///< how the doors are reached from outside, without a slash at its end
    std::function<Now()> clock; ///< for what callbacks are judged by; unset: the machine's
};

/// One field as the documentation and an error name it.
struct DoorField {
    const char *name;
    const char *range; ///< in words
    const char *what;
    const char *usual; ///< as JSON; empty: there is none
};
/// In the order of the documentation.
const std::vector<DoorField> &doorFields();

/// InvalidInput says in one sentence which value is wrong and what may stand there. `section` is the JSON of the section,
/// empty for none. Paths are taken from the profile's folder.
Result<DoorSettings> readDoorSettings(const std::string &section, const std::string &profileDir);

/// A section with one value put in another's place: JSON, or a text without quotes; an empty one takes the setting out, so
/// that the usual value counts. InvalidInput as above.
Result<std::string> withDoorSetting(const std::string &section, const std::string &name, const std::string &value, const std::string &profileDir);
/// What a section says of a setting, as JSON; empty when it says nothing.
std::string doorValue(const std::string &section, const std::string &name);

} // namespace songda::doors
