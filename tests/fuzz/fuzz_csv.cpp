// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/csv_reader.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

/// A file of recipients, whatever its encoding. Reading ends, and no record begins before the one above it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const int file = memfd_create("csv", 0);
    if (file < 0 || write(file, data, size) != static_cast<ssize_t>(size))
        std::abort();
    if (auto reader = songda::exchange::CsvReader::open("/proc/self/fd/" + std::to_string(file))) {
        songda::exchange::CsvRow row;
        std::int64_t last = 0;
        for (std::size_t rows = 0;; ++rows) {
            const auto more = reader->next(row);
            if (!more || !*more)
                break;
            if (row.line <= last || rows > size)
                std::abort();
            last = row.line;
        }
    }
    close(file);
    return 0;
}
