// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/waiting.h"

#include <QEventLoop>
#include <QTimer>

namespace songda::bench {

void waitFor(const std::function<bool()> &holds) {
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (holds())
            loop.quit();
    });
    look.start(1);
    loop.exec();
}

void pass(int milliseconds) {
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

void stop(BenchProfile &profile) {
    QEventLoop loop;
    QObject::connect(&profile.engine(), &Engine::stopped, &loop, &QEventLoop::quit);
    profile.engine().requestStop();
    loop.exec();
}

} // namespace songda::bench
