// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/crash/console.h"

namespace songda::testing {

constexpr int drainedWithDeadLetters = 3;

/// A command line without spaces in its words.
inline QStringList words(const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); }

inline QStringList importCommand(const QString &csv, const QString &batch = {}) {
    QStringList command{QStringLiteral("import"), csv, QStringLiteral("--account"), Console::account(),
        QStringLiteral("--template"), Console::templateTitle(), QStringLiteral("--key-column"), QStringLiteral("key")};
    if (!batch.isEmpty())
        command << QStringLiteral("--batch") << batch;
    return command;
}

inline QStringList runCommand() { return {QStringLiteral("run"), QStringLiteral("--until-drained")}; }

} // namespace songda::testing
