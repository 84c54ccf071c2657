// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/kill_points/kill_point.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <unistd.h>

namespace songda::kill_points {

namespace {

constexpr int wrongPlan = 97;

constexpr struct {
    const char *name;
    Point point;
} points[] = {
    {"upgrade-statement", Point::UpgradeStatement},
    {"file-change", Point::FileChange},
    {"secrets-change", Point::SecretsChange},
    {"intake-commit", Point::IntakeCommit},
    {"claim-commit", Point::ClaimCommit},
    {"result-commit", Point::ResultCommit},
    {"intake-answer", Point::IntakeAnswer},
    {"first-byte-out", Point::FirstByteOut},
    {"last-byte-out", Point::LastByteOut},
    {"first-byte-in", Point::FirstByteIn},
    {"checkpoint", Point::Checkpoint},
};

std::atomic<long> events{0};

Plan readPlan() {
    Plan plan;
    const char *text = std::getenv("SONGDA_KILL_POINT");
    if (!text)
        return plan;
    const std::string all(text);
    const auto first = all.find(':');
    const auto second = first == std::string::npos ? first : all.find(':', first + 1);
    const std::string name = all.substr(0, first);
    for (const auto &known : points) {
        if (name == known.name)
            plan.point = known.point;
    }
    if (plan.point == Point::None || second == std::string::npos) {
        std::fprintf(stderr, "SONGDA_KILL_POINT=%s is not POINT:SIDE:EVENT\n", text);
        std::_Exit(wrongPlan);
    }
    const std::string side = all.substr(first + 1, second - first - 1);
    plan.side = side == "before" ? Side::Before : side == "inside" ? Side::Inside : Side::After;
    plan.event = std::atol(all.c_str() + second + 1);
    const char *port = std::getenv("SONGDA_KILL_PORT");
    plan.port = port ? std::atoi(port) : 0;
    return plan;
}

} // namespace

const Plan &plan() {
    static const Plan read = readPlan();
    return read;
}

bool isChosen(Point point) {
    return plan().point == point && ++events == plan().event;
}

void die() {
    ::kill(::getpid(), SIGKILL);
    for (;;)
        ::pause();
}

void *behind(const char *name) {
    return dlsym(RTLD_NEXT, name);
}

FileKind kindOf(const char *path) {
    const char *name = path ? std::strstr(path, "/songda.db") : nullptr;
    if (!name) {
        const char *secrets = path ? std::strstr(path, "/secrets.enc") : nullptr;
        return secrets && !std::strstr(secrets, ".lock") ? FileKind::Secrets : FileKind::Other;
    }
    name += std::strlen("/songda.db");
    return *name == '\0'                 ? FileKind::Database
        : std::strcmp(name, "-wal") == 0 ? FileKind::DatabaseLog
                                         : FileKind::DatabaseCopy;
}

} // namespace songda::kill_points
