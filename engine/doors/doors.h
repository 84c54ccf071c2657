// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace songda {
class Engine;
}

namespace songda::doors {

struct DoorSettings;
struct Route;

/// What listens for a profile: the intake API, health and metrics, and what else was given routes. Everything behind it
/// goes through the facade.
class Doors {
public:
    using Warn = std::function<void(const std::string &)>; ///< any thread

    /// Nothing when the profile's settings do not ask for doors. InvalidInput says which setting is wrong. The engine has
    /// been started, and outlives the doors.
    static Result<std::unique_ptr<Doors>> open(Engine &engine, const std::string &profileDir, Warn warn = {});
    /// With settings of one's own, and routes beside the built-in ones.
    static Result<std::unique_ptr<Doors>> open(Engine &engine, const DoorSettings &settings, std::vector<Route> more, Warn warn = {});
    /// Lets what is under way end for some seconds.
    ~Doors();
    Doors(const Doors &) = delete;
    Doors &operator=(const Doors &) = delete;

    /// How the doors of a profile are reached from outside, as its settings say; empty when they do not, or nothing listens.
    static Result<std::string> publicUrl(const std::string &profileDir);

    std::uint16_t port() const;
    std::string url() const;
    /// Method and path of everything that can be asked, in order.
    std::vector<std::pair<std::string, std::string>> routes() const;

private:
    class Private;
    explicit Doors(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace songda::doors
