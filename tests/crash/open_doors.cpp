// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/open_doors.h"

#include "tests/integration/door_client.h"

#include <QFile>
#include <QTest>

namespace songda::testing {

namespace {

constexpr int startDeadline = 30'000;

} // namespace

bool setDoors(const Console &console, quint16 port, const QJsonObject &more) {
    QFile file(console.profile() + QStringLiteral("/settings.json"));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    QJsonObject settings = QJsonDocument::fromJson(file.readAll()).object();
    file.close();
    QJsonObject doors = more;
    doors[QStringLiteral("enabled")] = true;
    doors[QStringLiteral("port")] = port;
    settings[QStringLiteral("doors")] = doors;
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(QJsonDocument(settings).toJson()) > 0;
}

bool waitForDoors(quint16 port) {
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < startDeadline) {
        DoorClient client(port);
        if (client.isOpen() && DoorClient::statusOf(client.ask("GET", "/readyz")) == 200)
            return true;
        QTest::qWait(20);
    }
    return false;
}

} // namespace songda::testing
