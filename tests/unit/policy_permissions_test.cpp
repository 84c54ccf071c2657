// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/masking.h"
#include "engine/policy/permissions.h"

#include <QTest>
#include <array>

using namespace songda;
using namespace std::chrono_literals;

namespace {

constexpr std::array<UserRole, 4> roles{UserRole::Operator, UserRole::Support, UserRole::Auditor, UserRole::Admin};

/// The table a second time, as people would read it: one letter a role that may (operator, support, auditor, admin).
struct Expected {
    Permission permission;
    const char *who;
};
constexpr std::array<Expected, permissionCount> expected{{
    {Permission::Look, "osua"},
    {Permission::SeePeople, "oa"},
    {Permission::Send, "oa"},
    {Permission::Steer, "oa"},
    {Permission::HandleFailed, "osa"},
    {Permission::KeepList, "osa"},
    {Permission::Export, "oua"},
    {Permission::ReadAudit, "oua"},
    {Permission::Forget, "a"},
    {Permission::SetUp, "a"},
    {Permission::Maintain, "a"},
    {Permission::ManageUsers, "a"},
}};
constexpr const char *letters = "osua";

} // namespace

class PolicyPermissionsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRoleAndAct() {
        int cells = 0;
        for (int p = 0; p < permissionCount; ++p) {
            const auto permission = static_cast<Permission>(p);
            QCOMPARE(static_cast<int>(expected[static_cast<std::size_t>(p)].permission), p);
            const std::string who = expected[static_cast<std::size_t>(p)].who;
            for (std::size_t r = 0; r < roles.size(); ++r, ++cells) {
                const bool may = who.find(letters[r]) != std::string::npos;
                QCOMPARE(isAllowed(roles[r], permission), may);
                const std::string why = whyNotAllowed(roles[r], permission);
                QCOMPARE(why.empty(), may);
                // Whoever may not is told who may, and what they are.
                QVERIFY(may || why.find("admin") != std::string::npos);
                QVERIFY(may || why.ends_with(std::string("you are ") + toString(roles[r])));
            }
            QVERIFY(whyNotAllowed(std::nullopt, permission).ends_with("nobody has signed in"));
        }
        QCOMPARE(cells, 48);
    }

    void rolesAreReadByName() {
        for (const UserRole role : roles)
            QVERIFY(userRoleFrom(toString(role)) == role);
        QVERIFY(!userRoleFrom("root"));
    }

    void waitsGrow() {
        QCOMPARE(lockOut(0).count(), 0);
        QCOMPARE(lockOut(2).count(), 0);
        QCOMPARE(lockOut(3).count(), 5);
        QCOMPARE(lockOut(4).count(), 10);
        for (int failures = 3; failures < 30; ++failures)
            QVERIFY(lockOut(failures + 1) >= lockOut(failures));
        QCOMPARE(lockOut(1'000'000'000).count(), 3600);
    }

    void openidsAreMasked() {
        QCOMPARE(maskedOpenid("oAbcdefghijklmnopqrstuvwxyx9"), std::string("oAb...x9"));
        QCOMPARE(maskedOpenid("oShort"), std::string("o..."));
        QCOMPARE(maskedOpenid(""), std::string());
        QCOMPARE(maskedOpenid("erased:00ff"), std::string("erased:00ff"));
        QCOMPARE(withMaskedOpenids("main oAbcdefghijklmnopqrstuvwxyx9, state:dead openid:oShort x"), std::string("main oAb...x9, state:dead openid:o... x"));
        QCOMPARE(withMaskedOpenids("order of the day, ordinary"), std::string("order of the day, ordinary"));
    }
};

QTEST_GUILESS_MAIN(PolicyPermissionsTest)
#include "policy_permissions_test.moc"
