// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace songda::testing {

/// How somebody else's program ended (-1: not, or not in time) and what it said.
struct ToolResult {
    int exitCode = -1;
    QByteArray output;
    QByteArray complaint; ///< its standard error
};

/// The program of a Debian package, whatever else the PATH has of that name; empty when it is not installed.
QString debianTool(const char *name);
/// Runs it to its end, which is two minutes away at most.
ToolResult runTool(const QString &program, const QStringList &arguments, const QByteArray &input = {});

/// One of the Python programs beside the tests.
QString clientScript(const char *name);

/// What curl got.
struct Fetched {
    int status = 0; ///< 0: no answer
    QByteArray body;

    QJsonObject json() const;
};
/// With its usual behaviour; what is asked for comes behind.
Fetched curl(const QStringList &arguments, const QByteArray &input = {});

} // namespace songda::testing

/// Fails a test that cannot be without a program: where it is missing, nothing was tested.
#define SONGDA_NEEDS(isThere, package) QVERIFY2(isThere, "the Debian package " package " is not installed (installer/debian-packages.txt)")
