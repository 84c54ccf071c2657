// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

namespace songda::testing {

/// The environment that lets a program die at a point: kill_points/kill_point.h. `port` is the platform's.
inline QMap<QString, QString> dieAt(const QString &point, const QString &side, int event, int port = 0) {
    return {{QStringLiteral("LD_PRELOAD"), QStringLiteral(SONGDA_KILL_POINTS)},
        {QStringLiteral("SONGDA_KILL_POINT"), QStringLiteral("%1:%2:%3").arg(point, side).arg(event)},
        {QStringLiteral("SONGDA_KILL_PORT"), QString::number(port)}};
}

} // namespace songda::testing
