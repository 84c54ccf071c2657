// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bytes of a send on its way to the platform and back, and the answer that the caller of the program reads.
#include "tests/crash/kill_points/kill_point.h"
#include "tests/crash/kill_points/request_progress.h"

#include <cstdio>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>

using namespace songda::kill_points;

namespace {

/// What is on its way on each connection to the platform, by descriptor. Never destroyed: threads of the program
/// may outlive the order in which libraries are torn down.
struct Requests {
    std::mutex mutex;
    std::map<int, RequestProgress> byDescriptor; ///< guarded by mutex

    static Requests &all() {
        static auto *requests = new Requests;
        return *requests;
    }
    RequestProgress *on(int fd) {
        const auto it = byDescriptor.find(fd);
        return it == byDescriptor.end() ? nullptr : &it->second;
    }
};

/// Dies on the way if this is the moment. Returns how many bytes were sent, as send() does; nothing if this is no
/// connection to the platform.
std::optional<ssize_t> sendWatched(int fd, const char *data, size_t size, int flags) {
    Requests &requests = Requests::all();
    const std::lock_guard lock(requests.mutex);
    RequestProgress *request = requests.on(fd);
    if (!request)
        return std::nullopt;
    RequestProgress after = *request;
    after.feed(data, size);
    if (request->isAtStart() && after.isSend() && isChosen(Point::FirstByteOut)) {
        if (plan().side == Side::After)
            static_cast<void>(REAL(send)(fd, data, 1, flags));
        die();
    }
    const bool chosenEnd = after.isSend() && after.isComplete() && isChosen(Point::LastByteOut);
    if (chosenEnd && plan().side != Side::After) {
        static_cast<void>(REAL(send)(fd, data, size - 1, flags));
        die();
    }
    const ssize_t sent = REAL(send)(fd, data, size, flags);
    if (chosenEnd)
        die();
    if (sent > 0)
        request->feed(data, static_cast<size_t>(sent));
    return sent;
}

/// Before something is read from a connection: dies if the first byte of an answer is there to be read.
bool firstByteIsNext(int fd) {
    Requests &requests = Requests::all();
    const std::lock_guard lock(requests.mutex);
    RequestProgress *request = requests.on(fd);
    char byte = 0;
    if (!request || !request->isComplete() || REAL(recv)(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0)
        return false;
    const bool isSend = request->isSend();
    *request = {};
    if (!isSend || !isChosen(Point::FirstByteIn))
        return false;
    if (plan().side != Side::After)
        die();
    return true;
}

ssize_t dieAfter(bool chosen, ssize_t got) {
    if (chosen)
        die();
    return got;
}

void beforeOutput() {
    if (plan().side != Side::After && isChosen(Point::IntakeAnswer))
        die();
}

/// Runs when the program ends by itself: everything it had to say is said.
struct AtTheEnd {
    ~AtTheEnd() {
        if (plan().point != Point::IntakeAnswer || plan().side != Side::After)
            return;
        std::fflush(stdout);
        die();
    }
} atTheEnd;

} // namespace

void songda::kill_points::forgetConnection(int fd) {
    Requests &requests = Requests::all();
    const std::lock_guard lock(requests.mutex);
    requests.byDescriptor.erase(fd);
}

extern "C" int connect(int fd, const sockaddr *address, socklen_t size) {
    if (address && address->sa_family == AF_INET && plan().port != 0
        && ntohs(reinterpret_cast<const sockaddr_in *>(address)->sin_port) == plan().port) {
        Requests &requests = Requests::all();
        const std::lock_guard lock(requests.mutex);
        requests.byDescriptor[fd] = {};
    }
    return REAL(connect)(fd, address, size);
}

extern "C" ssize_t send(int fd, const void *data, size_t size, int flags) {
    const auto sent = sendWatched(fd, static_cast<const char *>(data), size, flags);
    return sent ? *sent : REAL(send)(fd, data, size, flags);
}

extern "C" ssize_t write(int fd, const void *data, size_t size) {
    beforePlainWrite(fd);
    const auto sent = sendWatched(fd, static_cast<const char *>(data), size, MSG_NOSIGNAL);
    return sent ? *sent : REAL(write)(fd, data, size);
}

extern "C" ssize_t recv(int fd, void *data, size_t size, int flags) {
    const bool chosen = firstByteIsNext(fd);
    return dieAfter(chosen, REAL(recv)(fd, data, size, flags));
}

extern "C" ssize_t read(int fd, void *data, size_t size) {
    const bool chosen = firstByteIsNext(fd);
    return dieAfter(chosen, REAL(read)(fd, data, size));
}

extern "C" size_t fwrite(const void *data, size_t size, size_t count, FILE *file) {
    if (file == stdout)
        beforeOutput();
    return REAL(fwrite)(data, size, count, file);
}
