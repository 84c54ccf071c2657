// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <ctime>
#include <vector>

namespace songda::test {

/// Notes how long the GUI thread takes for each event while `measuring`.
class MeasuredApplication final : public QApplication {
public:
    using QApplication::QApplication;

    bool measuring = false;
    double longestMs = 0; ///< wall time
    double longestCpuMs = 0; ///< time on the processor: what the window itself did
    QByteArray longestAt;
    std::vector<double> blocks; ///< wall times of events over 1 ms
    std::vector<double> keys; ///< wall times of keys pressed

    bool notify(QObject *receiver, QEvent *event) override {
        if (!measuring || m_depth > 0)
            return QApplication::notify(receiver, event);
        ++m_depth;
        const QByteArray name = receiver->metaObject()->className();
        const int type = event->type();
        QElapsedTimer clock;
        clock.start();
        const double cpu = threadCpuMs();
        const bool result = QApplication::notify(receiver, event);
        const double wall = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        longestCpuMs = std::max(longestCpuMs, threadCpuMs() - cpu);
        if (wall > longestMs) {
            longestMs = wall;
            longestAt = name + " event " + QByteArray::number(type);
        }
        if (wall > 1)
            blocks.push_back(wall);
        if (type == QEvent::KeyPress && receiver->isWidgetType())
            keys.push_back(wall);
        --m_depth;
        return result;
    }

    /// The value below which a share of them lies.
    static double percentile(std::vector<double> values, double share) {
        if (values.empty())
            return 0;
        std::sort(values.begin(), values.end());
        return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    }

private:
    static double threadCpuMs() {
        timespec t{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) * 1000 + static_cast<double>(t.tv_nsec) / 1e6;
    }

    int m_depth = 0;
};

} // namespace songda::test
