// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/engine_lock.h"

#include <QCoreApplication>
#include <QFile>
#include <QSysInfo>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace songda {

namespace {

/// Looking whether the lock is held takes it for a moment.
constexpr int looksExpected = 4;
constexpr std::chrono::milliseconds lookLasts{5};

/// The holder in words. It has the lock a moment before its name is written: until then the name of one that is
/// gone may stand there.
std::string holderOf(const std::string &path) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return "another process";
    const QByteArrayList lines = file.read(1024).split('\n');
    if (lines.size() < 2 || lines[0].isEmpty() || (::kill(lines[0].toInt(), 0) != 0 && errno == ESRCH))
        return "another process";
    return lines[1].toStdString() + " (process " + lines[0].toStdString() + ")";
}

} // namespace

Result<std::unique_ptr<EngineLock>> EngineLock::take(const std::string &profileDir) {
    const std::string path = profileDir + "/engine.lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(ErrorCode::Storage, "cannot open " + path + ": " + std::strerror(errno));
    std::unique_ptr<EngineLock> lock(new EngineLock(file));
    for (int tries = 1; ::flock(file, LOCK_EX | LOCK_NB) != 0;) {
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK)
            return fail(ErrorCode::Storage, "cannot lock " + path + ": " + std::strerror(errno));
        // Somebody may only be looking, see isHeld().
        if (tries++ < looksExpected) {
            std::this_thread::sleep_for(lookLasts);
            continue;
        }
        return fail(ErrorCode::InUse,
            "the profile " + profileDir + " is in use: " + holderOf(path)
                + " runs its engine; stop it first, or work beside it with the other commands");
    }
    // The file stays when its holder is gone: removing it could take it from under the next one.
    const QByteArray text = QByteArray::number(QCoreApplication::applicationPid()) + '\n'
        + QCoreApplication::applicationName().toUtf8() + '\n' + QSysInfo::machineHostName().toUtf8() + '\n';
    if (::ftruncate(file, 0) != 0
        || ::pwrite(file, text.constData(), static_cast<std::size_t>(text.size()), 0) != text.size())
        return fail(ErrorCode::Storage, "cannot write " + path + ": " + std::strerror(errno));
    return lock;
}

bool EngineLock::isHeld(const std::string &profileDir) {
    const int file = ::open((profileDir + "/engine.lock").c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    const bool held = ::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(file);
    return held;
}

EngineLock::~EngineLock() {
    ::close(m_file);
}

} // namespace songda
