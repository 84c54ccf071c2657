// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <nlohmann/json.hpp>

namespace songda::doors {

/// What is told of a message: its state, its cause in words and every attempt.
nlohmann::ordered_json messageView(const MessageDetail &detail, const Engine &engine);
/// The same of an archived message, as far as its key remembers it.
nlohmann::ordered_json keptView(const KeptMessage &kept);
nlohmann::ordered_json batchView(const Batch &batch, const std::string &account);
nlohmann::ordered_json templateView(const Template &t, const std::string &account);

} // namespace songda::doors
