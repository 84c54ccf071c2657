// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/csv_reader.h"

#include "engine/exchange/formula_guard.h"
#include "engine/policy/utf8.h"

namespace songda::exchange {

Result<CsvReader> CsvReader::open(const std::string &path, const std::string &encoding) {
    auto source = TextSource::open(path, encoding);
    if (!source)
        return tl::unexpected(source.error());
    CsvReader reader(std::move(*source));
    SONGDA_TRY(reader.fill());
    reader.m_dialect = detectDialect(reader.m_buffer);
    if (reader.m_dialect.skip > 0) {
        reader.m_at = reader.m_dialect.skip;
        reader.m_line = 2;
    }
    return reader;
}

Result<bool> CsvReader::fill() {
    // What was read is dropped before more is added, so the buffer holds at most one record and one piece.
    m_buffer.erase(0, m_at);
    m_at = 0;
    const auto more = m_source.read(m_buffer);
    if (!more)
        return more;
    m_atEnd = !*more;
    return *more;
}

Result<bool> CsvReader::next(CsvRow &row) {
    for (;;) {
        switch (parse(row, m_atEnd)) {
        case Parsed::Record: return true;
        case Parsed::Blank: continue;
        case Parsed::Broken:
            row.fields.clear();
            SONGDA_TRY(skipLine());
            return true;
        case Parsed::NeedMore:
            if (m_atEnd)
                return false;
            if (m_buffer.size() - m_at > longestRecord) {
                row = CsvRow{m_line, {}, CsvFault::TooLong, 0};
                SONGDA_TRY(skipLine());
                return true;
            }
            if (const auto more = fill(); !more)
                return tl::unexpected(more.error());
            continue;
        }
    }
}

CsvReader::Parsed CsvReader::parse(CsvRow &row, bool atEnd) {
    std::string_view text = std::string_view(m_buffer).substr(m_at);
    if (atEnd && text.ends_with('\x1A')) // the mark with which DOS programs end a text
        text.remove_suffix(1);
    if (text.empty())
        return Parsed::NeedMore;
    row.line = m_line;
    row.fault = CsvFault::None;
    row.faultField = 0;
    std::size_t fieldCount = 0;
    const auto newField = [&]() -> std::string & {
        if (row.fields.size() <= fieldCount)
            row.fields.emplace_back();
        std::string &field = row.fields[fieldCount++];
        field.clear();
        return field;
    };
    std::size_t i = 0;
    std::int64_t lines = 0;
    const char delimiter = m_dialect.delimiter;

    for (bool lastField = false; !lastField;) {
        std::string &field = newField();
        if (i < text.size() && text[i] == '"') {
            ++i;
            for (;;) {
                const std::size_t stop = text.find('"', i);
                if (stop == std::string_view::npos) {
                    if (!atEnd && text.size() <= longestRecord)
                        return Parsed::NeedMore;
                    row.fault = CsvFault::BrokenQuote;
                    row.faultField = static_cast<int>(fieldCount);
                    return Parsed::Broken;
                }
                field.append(text, i, stop - i);
                i = stop + 1;
                if (i == text.size() && !atEnd)
                    return Parsed::NeedMore; // the quote may be the first of two
                if (i < text.size() && text[i] == '"') {
                    field += '"';
                    ++i;
                    continue;
                }
                break;
            }
            for (std::size_t c = 0; c < field.size(); ++c)
                lines += field[c] == '\n' || (field[c] == '\r' && (c + 1 == field.size() || field[c + 1] != '\n'));
            if (i < text.size() && text[i] != delimiter && text[i] != '\n' && text[i] != '\r') {
                row.fault = CsvFault::BrokenQuote;
                row.faultField = static_cast<int>(fieldCount);
                return Parsed::Broken;
            }
        } else {
            std::size_t stop = i;
            while (stop < text.size() && text[stop] != delimiter && text[stop] != '\n' && text[stop] != '\r')
                ++stop;
            if (stop == text.size() && !atEnd)
                return Parsed::NeedMore;
            field.assign(text, i, stop - i);
            i = stop;
        }
        if (i < text.size() && text[i] == delimiter) {
            ++i;
            continue;
        }
        lastField = true;
    }
    if (i < text.size()) { // at a line end
        if (text[i] == '\r') {
            if (i + 1 == text.size() && !atEnd)
                return Parsed::NeedMore;
            ++i;
            if (i < text.size() && text[i] == '\n')
                ++i;
        } else {
            ++i;
        }
        ++lines;
    }
    m_at += i;
    m_line += lines;
    row.fields.resize(fieldCount);
    if (fieldCount == 1 && row.fields[0].empty())
        return Parsed::Blank;
    if (i > longestRecord) { // it came whole in what was read
        row.fault = CsvFault::TooLong;
        return Parsed::Record;
    }
    for (std::size_t f = 0; f < fieldCount && row.fault == CsvFault::None; ++f) {
        const std::string &field = row.fields[f];
        if (field.find('\0') != std::string::npos)
            row.fault = CsvFault::NulByte;
        else if (!utf8::isValid(field) || field.find("\xEF\xBF\xBD") != std::string::npos || m_source.isMisread(field))
            row.fault = CsvFault::NotUtf8;
        if (row.fault != CsvFault::None)
            row.faultField = static_cast<int>(f) + 1;
    }
    for (std::string &field : row.fields) {
        if (isGuarded(field))
            field.erase(0, 1);
    }
    return Parsed::Record;
}

Result<void> CsvReader::skipLine() {
    std::size_t end = m_buffer.find_first_of("\r\n", m_at);
    // The line may be longer than what was read: its tail must not be taken for a record.
    while (end == std::string::npos || (end + 1 == m_buffer.size() && !m_atEnd)) {
        m_at = end == std::string::npos ? m_buffer.size() : end;
        if (m_atEnd)
            return {};
        if (const auto more = fill(); !more)
            return tl::unexpected(more.error());
        end = m_buffer.find_first_of("\r\n", m_at);
    }
    m_at = end + 1;
    if (m_buffer[end] == '\r' && m_at < m_buffer.size() && m_buffer[m_at] == '\n')
        ++m_at;
    ++m_line;
    return {};
}

double CsvReader::progress() const {
    return m_source.size() > 0 ? static_cast<double>(m_source.position()) / static_cast<double>(m_source.size()) : 1.0;
}

std::string toString(CsvFault fault) {
    switch (fault) {
    case CsvFault::None: return {};
    case CsvFault::BrokenQuote: return "a quote is not closed, or text follows a closing quote";
    case CsvFault::NulByte: return "the row contains NUL bytes";
    case CsvFault::NotUtf8: return "the row has characters that cannot be read in the file's encoding";
    case CsvFault::TooLong: return "the row is longer than 1 MB";
    }
    return {};
}

} // namespace songda::exchange
