// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/lockable_folder.h"

#include <QStorageInfo>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace songda {

namespace {

constexpr const char *advice = "; move the profile to a disk of this machine";

bool canLock(int file) {
    if (::flock(file, LOCK_SH | LOCK_NB) != 0 && errno != EWOULDBLOCK && errno != EINTR)
        return false;
    struct flock range {};
    range.l_type = F_RDLCK;
    range.l_whence = SEEK_SET;
    range.l_len = 1;
    return ::fcntl(file, F_SETLK, &range) == 0 || errno == EAGAIN || errno == EACCES;
}

} // namespace

bool isNetworkShare(std::string_view fileSystem) {
    static constexpr std::array<std::string_view, 10> shares{
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "davfs", "fuse.sshfs", "fuse.davfs2"};
    return std::ranges::find(shares, fileSystem) != shares.end();
}

Result<void> checkLockable(const std::string &profileDir) {
    const QByteArray kind = QStorageInfo(QString::fromStdString(profileDir)).fileSystemType();
    if (isNetworkShare({kind.constData(), static_cast<std::size_t>(kind.size())}))
        return fail(ErrorCode::Storage,
            "the profile " + profileDir + " lies on a network share (" + kind.toStdString() + "), where machines cannot lock it from each other"
                + advice);
    const std::string path = profileDir + "/engine.lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(ErrorCode::Storage, "cannot open " + path + ": " + std::strerror(errno));
    const bool can = canLock(file);
    const int reason = errno;
    ::close(file);
    if (!can)
        return fail(ErrorCode::Storage, "cannot lock " + path + ": " + std::strerror(reason) + advice);
    return {};
}

} // namespace songda
