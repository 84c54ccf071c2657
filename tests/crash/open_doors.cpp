// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/open_doors.h"

#include "tests/integration/door_client.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTest>

namespace songda::testing {

namespace {

constexpr int startDeadline = 30'000;

} // namespace

quint16 freePort() {
    for (int attempt = 0; attempt < 100; ++attempt) {
        const auto port = static_cast<quint16>(QRandomGenerator::global()->bounded(20'000, 30'000));
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const bool bound = ::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
        ::close(socket);
        if (bound)
            return port;
    }
    return 0;
}

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
