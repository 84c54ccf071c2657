// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/permissions.h"

#include <algorithm>
#include <array>

namespace songda {

namespace {

constexpr bool o = false;
constexpr bool x = true;

struct Line {
    Permission permission;
    const char *doing;
    std::array<bool, 4> roles; ///< operator, support, auditor, admin
};

constexpr std::array<Line, permissionCount> table{{
    {Permission::Look, "looking at messages", {x, x, x, x}},
    {Permission::SeePeople, "seeing openids and values", {x, o, o, x}},
    {Permission::Send, "sending messages", {x, o, o, x}},
    {Permission::Steer, "pausing, cancelling and holding", {x, o, o, x}},
    {Permission::HandleFailed, "sending failed messages again, putting them aside or asking the platform about messages", {x, x, o, x}},
    {Permission::KeepList, "changing the list of people who are not written to", {x, x, o, x}},
    {Permission::Export, "exporting reports", {x, o, x, x}},
    {Permission::ReadAudit, "reading the audit", {x, o, x, x}},
    {Permission::Forget, "erasing a person", {o, o, o, x}},
    {Permission::SetUp, "changing accounts, templates, keys, hooks and policy", {o, o, o, x}},
    {Permission::Maintain, "backups, archives and going on after a restored backup", {o, o, o, x}},
    {Permission::ManageUsers, "managing users", {o, o, o, x}},
}};

const Line &lineOf(Permission permission) { return table[static_cast<std::size_t>(permission)]; }

constexpr std::array<UserRole, 4> roles{UserRole::Operator, UserRole::Support, UserRole::Auditor, UserRole::Admin};

} // namespace

bool isAllowed(UserRole role, Permission permission) { return lineOf(permission).roles[static_cast<std::size_t>(role)]; }

std::vector<UserRole> rolesWith(Permission permission) {
    std::vector<UserRole> list;
    std::copy_if(roles.begin(), roles.end(), std::back_inserter(list), [&](UserRole role) { return isAllowed(role, permission); });
    return list;
}

std::string whyNotAllowed(std::optional<UserRole> role, Permission permission) {
    if (role && isAllowed(*role, permission))
        return {};
    std::string who;
    const auto list = rolesWith(permission);
    for (std::size_t i = 0; i < list.size(); ++i)
        who += std::string(i == 0 ? "" : i + 1 == list.size() ? " and " : ", ") + toString(list[i]);
    return std::string(lineOf(permission).doing) + " is for " + who + "; " + (role ? std::string("you are ") + toString(*role) : "nobody has signed in");
}

// Two slips of the finger cost nothing; guessing for a day is some dozens of tries.
Seconds lockOut(int failures) {
    constexpr int freeTries = 2;
    constexpr Seconds first{5};
    constexpr Seconds longest{3600};
    if (failures <= freeTries)
        return Seconds{0};
    const int doublings = std::min(failures - freeTries - 1, 10);
    return std::min(longest, first * (1 << doublings));
}

} // namespace songda
