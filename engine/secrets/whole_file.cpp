// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/secrets/whole_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace songda::secrets {

namespace {

class Descriptor {
public:
    explicit Descriptor(int file)
        : m_file(file) {}
    ~Descriptor() {
        if (m_file >= 0)
            ::close(m_file);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    bool isOpen() const { return m_file >= 0; }
    int operator*() const { return m_file; }
    bool close() { return ::close(std::exchange(m_file, -1)) == 0; }

private:
    int m_file;
};

tl::unexpected<Error> cannot(const char *what, const std::string &path) {
    return fail(ErrorCode::Secret, std::string("cannot ") + what + " " + path + ": " + std::strerror(errno));
}

bool writeAll(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t n = ::write(file, text.data(), text.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

/// A file that is elsewhere and only pointed to stays where it is.
std::string realPath(const std::string &path) {
    std::error_code error;
    const auto real = std::filesystem::canonical(path, error);
    return error ? path : real.string();
}

} // namespace

FileReplacement replaceFile(const std::string &named, std::string_view text) {
    const std::string path = realPath(named);
    const std::string copy = path + ".new";
    const auto parent = std::filesystem::path(path).parent_path();
    const Descriptor folder(::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // A folder that cannot be synced is found out while nothing has changed yet.
    if (!folder.isOpen() || ::fsync(*folder) != 0)
        return {cannot("sync the folder of", path)};
    if (::unlink(copy.c_str()) != 0 && errno != ENOENT)
        return {cannot("write", copy)};
    Descriptor file(::open(copy.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    if (!file.isOpen())
        return {cannot("write", copy)};
    if (!writeAll(*file, text) || ::fsync(*file) != 0 || !file.close() || ::rename(copy.c_str(), path.c_str()) != 0) {
        auto failed = cannot("write", copy);
        ::unlink(copy.c_str());
        return {std::move(failed)};
    }
    if (::fsync(*folder) != 0)
        return {fail(ErrorCode::Secret, "the folder of " + path + " could not be synced: what was changed counts, and may be lost in a power cut"), true};
    return {{}, true};
}

} // namespace songda::secrets
