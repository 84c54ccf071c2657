// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/exchange/csv_dialect.h"
#include "engine/exchange/text_source.h"

#include <optional>
#include <string>
#include <vector>

namespace songda::exchange {

/// What is wrong with a whole record.
enum class CsvFault { None, BrokenQuote, NulByte, NotUtf8, TooLong };

/// One record of the file.
struct CsvRow {
    std::int64_t line = 0; ///< where it begins, 1-based; a quoted line break makes a record span several
    std::vector<std::string> fields;
    CsvFault fault = CsvFault::None;
    int faultField = 0; ///< 1-based column of the fault, 0 when it is not known
};

/// RFC 4180, streaming: quotes, doubled quotes, line breaks inside quotes, CR, LF or CRLF. Blank lines are
/// passed over. A quote that is never closed spoils only the line it stands in: reading goes on with the
/// next line, so that one bad row cannot swallow the rest of the file. The apostrophe that guards a formula is taken away.
class CsvReader {
public:
    static constexpr std::size_t longestRecord = 1024 * 1024;

    /// `encoding` as of TextSource::open().
    static Result<CsvReader> open(const std::string &path, const std::string &encoding = {});

    /// False at the end of the file.
    Result<bool> next(CsvRow &row);
    const std::string &encoding() const { return m_source.encoding(); }
    char delimiter() const { return m_dialect.delimiter; }
    /// Share of the file read, 0 .. 1.
    double progress() const;
    /// As of TextSource.
    std::string digest() const { return m_source.digest(); }
    Result<std::string> digestOfAll() { return m_source.digestOfAll(); }

private:
    explicit CsvReader(TextSource source)
        : m_source(std::move(source)) {}

    enum class Parsed { Record, Blank, NeedMore, Broken };
    Parsed parse(CsvRow &row, bool atEnd);
    Result<void> skipLine();
    Result<bool> fill();

    TextSource m_source;
    CsvDialect m_dialect;
    std::string m_buffer;
    std::size_t m_at = 0; ///< start of the next record in m_buffer
    std::int64_t m_line = 1;
    bool m_atEnd = false;
};

/// English words for a fault, for the rejects file.
std::string toString(CsvFault fault);

} // namespace songda::exchange
