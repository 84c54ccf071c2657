// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QString>

namespace songda::testing {

/// Where tests that commit many thousand times keep their database: in memory where there is such a place, so
/// that the disk of the machine plays no part. For QTemporaryDir.
inline QString memoryDirectory() {
    const QString memory = QStringLiteral("/dev/shm");
    return (QDir(memory).exists() ? memory : QDir::tempPath()) + QStringLiteral("/songda-test-XXXXXX");
}

} // namespace songda::testing
