// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/acting_as.h"

#include <utility>

namespace songda {

namespace {

thread_local const ActingAs *current = nullptr;

} // namespace

ActingAs::ActingAs(Session session)
    : m_session(std::move(session))
    , m_before(std::exchange(current, this)) {}

ActingAs::~ActingAs() { current = m_before; }

Session ActingAs::service(std::string name) { return {std::move(name), std::nullopt, false}; }

const Session *ActingAs::now() { return current ? &current->m_session : nullptr; }

} // namespace songda
