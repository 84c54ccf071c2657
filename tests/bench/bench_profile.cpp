// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/bench_profile.h"

#include "app/simulator/simulator.h"
#include "app/simulator/templates.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sys/resource.h>

namespace songda::bench {

namespace {

template <class T> T must(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "bench: %s\n", result.error().detail.c_str());
        std::exit(1);
    }
    return std::move(*result);
}

double statusMb(const std::string &field) {
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word) {
        if (word == field) {
            double kilobytes = 0;
            status >> kilobytes;
            return kilobytes / 1024;
        }
    }
    return 0;
}

} // namespace

BenchProfile::BenchProfile(const std::string &apiBase, double rate, int connections, TransportChoice transport) {
    const std::string dir = m_dir.path().toStdString() + "/profile";
    if (const auto made = Engine::createProfile(dir); !made) {
        std::fprintf(stderr, "bench: %s\n", made.error().detail.c_str());
        std::exit(1);
    }
    qputenv("SONGDA_PASSPHRASE", "a passphrase of the bench");
    open();
    NewAccount account;
    account.account.name = "bench";
    account.account.appid = std::string(simulator::practiceAppId);
    account.account.apiBase = apiBase;
    account.account.rate = rate;
    account.account.burst = 1000;
    account.account.connections = connections;
    account.account.transport = transport;
    account.secret = std::string(simulator::practiceSecret);
    must(m_engine->addAccount(account).result());
    Template t;
    t.templateId = simulator::builtinTemplates().front().id;
    t.title = "bench";
    t.content = "{{character_string1.DATA}}{{thing2.DATA}}{{amount3.DATA}}{{time4.DATA}}";
    must(m_engine->addTemplate("bench", t).result());
}

void BenchProfile::open() {
    EngineOptions options;
    options.profileDir = m_dir.path().toStdString() + "/profile";
    options.role = EngineOptions::Role::Engine;
    options.user = "bench";
    m_engine = must(Engine::open(options));
}

void BenchProfile::close() { m_engine.reset(); }

std::string BenchProfile::writeCsv(int rows, std::int64_t first, std::int64_t people) const {
    const std::string csv = path("rows.csv");
    std::ofstream out(csv, std::ios::binary);
    out << "openid,character_string1,thing2,amount3,time4\r\n";
    char line[160];
    for (std::int64_t i = first; i < first + rows; ++i) {
        std::snprintf(line, sizeof line, "o%027lld,SO%010lld,商品%d,¥%d.50,2026-01-%02d 15:01\r\n", static_cast<long long>(i % people),
            static_cast<long long>(i), static_cast<int>(i % 1000), static_cast<int>(i % 900), static_cast<int>(i % 28 + 1));
        out << line;
    }
    return csv;
}

ImportRequest BenchProfile::importOf(const std::string &csv) {
    ImportRequest request;
    request.path = csv;
    request.account = "bench";
    request.templateId = "bench";
    return request;
}

double cpuSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double residentMb() { return statusMb("VmRSS:"); }
double peakResidentMb() { return statusMb("VmHWM:"); }

} // namespace songda::bench
