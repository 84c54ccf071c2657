// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTest>

/// Compares values that have a name by their names, so that a failure says which they were. QCOMPARE itself
/// must not see such types: it would take our toString() for its own and free what it returns.
#define COMPARE_NAMED(actual, expected)                                                                        \
    do {                                                                                                       \
        using songda::toString;                                                                                \
        QCOMPARE(QString::fromLatin1(toString(actual)), QString::fromLatin1(toString(expected)));              \
    } while (false)
#define COMPARE_TEXT(actual, expected) QCOMPARE(QString::fromStdString(actual), QString::fromStdString(expected))
