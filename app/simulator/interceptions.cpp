// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/interceptions.h"

#include <utility>

namespace songda::simulator {

namespace {

constexpr std::size_t rememberedInterceptions = 2000;

} // namespace

void Interceptions::add(Interception interception) {
    const std::lock_guard lock{m_mutex};
    interception.id = ++m_added;
    m_list.push_back(std::move(interception));
    if (m_list.size() > rememberedInterceptions) {
        m_list.pop_front();
    }
}

std::vector<Interception> Interceptions::of(
    std::string_view msgid, std::uint64_t after, std::size_t most) const {
    std::vector<Interception> found;
    const std::lock_guard lock{m_mutex};
    for (const Interception &one : m_list) {
        if (found.size() < most && one.id > after && std::to_string(one.msgid) == msgid) {
            found.push_back(one);
        }
    }
    return found;
}

} // namespace songda::simulator
