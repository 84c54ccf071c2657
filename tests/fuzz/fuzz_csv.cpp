// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/csv_reader.h"
#include "engine/exchange/csv_writer.h"
#include "engine/exchange/formula_guard.h"
#include "engine/exchange/message_rows.h"
#include "engine/policy/template_syntax.h"
#include "engine/policy/value_rules.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

using namespace songda;

/// Whatever a cell says, written it is no formula, and read back it is the same.
void checkCell(const std::string &cell) {
    std::string written;
    exchange::appendCell(written, cell);
    std::string inside = written;
    if (inside.starts_with('"')) {
        inside = inside.substr(1, inside.size() - 2);
        for (std::size_t at = 0; (at = inside.find("\"\"", at)) != std::string::npos; ++at)
            inside.erase(at, 1);
    }
    if (exchange::isFormula(inside))
        std::abort();
    if (exchange::isGuarded(inside))
        inside.erase(0, 1);
    if (inside != cell)
        std::abort();
}

} // namespace

/// A file of recipients, whatever its encoding. Reading ends, no record begins before the one above it, and who gets a message
/// has an openid. What was read can be written without being a formula anywhere.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const int file = memfd_create("csv", 0);
    if (file < 0 || write(file, data, size) != static_cast<ssize_t>(size))
        std::abort();
    if (auto reader = exchange::CsvReader::open("/proc/self/fd/" + std::to_string(file))) {
        exchange::CsvRow row;
        std::vector<std::string> header;
        std::optional<exchange::ColumnMapping> mapping;
        Random random(1);
        const exchange::RowContext context{TemplateRef{1}, "fuzz", WallTime{}, {}};
        std::int64_t last = 0;
        for (std::size_t rows = 0;; ++rows) {
            const auto more = reader->next(row);
            if (!more || !*more)
                break;
            if (row.line <= last || rows > size)
                std::abort();
            last = row.line;
            if (row.fault == exchange::CsvFault::None) {
                for (const std::string &field : row.fields)
                    checkCell(field);
            }
            if (rows == 0) {
                header = row.fields;
                if (auto mapped = exchange::mapColumns(header, templateKeys("{{first.DATA}} {{thing1.DATA}} {{time2.DATA}}"), {}))
                    mapping = std::move(*mapped);
            } else if (mapping) {
                const auto message = exchange::messageFromRow(row, header, *mapping, context, random);
                if (message && !isPlausibleOpenid(message->openid))
                    std::abort();
                if (message)
                    static_cast<void>(exchange::doubtAbout(row, header, *mapping));
            }
        }
    }
    close(file);
    return 0;
}
