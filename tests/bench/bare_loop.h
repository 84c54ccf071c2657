// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace songda::bench {

/// POSTs `count` sends as fast as Qt's network manager can: `threads` threads, each with managers of six
/// connections, nothing recorded, nothing retried. Returns posts a second.
double bareLoop(const QString &url, const QByteArray &bodyStart, int count, int connections, int threads);

} // namespace songda::bench
