// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/exchange/csv_reader.h"

#include "tests/unit/files.h"

#include <QStringEncoder>
#include <string>
#include <vector>

namespace songda::testing {

/// UTF-8 text in another encoding.
inline std::string encoded(const std::string &text, const char *encoding) {
    QStringEncoder encoder(encoding);
    if (!encoder.isValid())
        qFatal("the encoding %s is not there", encoding);
    const QByteArray bytes = encoder.encode(QString::fromStdString(text));
    return bytes.toStdString();
}

/// UTF-16 with a byte order mark.
inline std::string utf16(const std::string &text, bool bigEndian) {
    std::string bytes = bigEndian ? "\xFE\xFF" : "\xFF\xFE";
    for (const QChar c : QString::fromStdString(text)) {
        const char high = static_cast<char>(c.unicode() >> 8);
        const char low = static_cast<char>(c.unicode() & 0xFF);
        bytes += bigEndian ? high : low;
        bytes += bigEndian ? low : high;
    }
    return bytes;
}

/// What a reader made of a file.
struct ReadFile {
    std::string error; ///< why it could not be opened or read on
    std::string encoding;
    char delimiter = 0;
    std::vector<exchange::CsvRow> rows;
};

inline ReadFile readCsv(const std::string &path, const std::string &encoding = {}) {
    ReadFile result;
    auto reader = exchange::CsvReader::open(path, encoding);
    if (!reader) {
        result.error = reader.error().detail;
        return result;
    }
    result.encoding = reader->encoding();
    result.delimiter = reader->delimiter();
    exchange::CsvRow row;
    for (;;) {
        const auto more = reader->next(row);
        if (!more) {
            result.error = more.error().detail;
            return result;
        }
        if (!*more)
            return result;
        result.rows.push_back(row);
    }
}

/// Rows as one text to compare: line:[field|field] or line:!fault@column, one after the other.
inline std::string drawn(const std::vector<exchange::CsvRow> &rows) {
    using exchange::CsvFault;
    std::string text;
    for (const exchange::CsvRow &row : rows) {
        text += (text.empty() ? "" : " ") + std::to_string(row.line) + ":";
        switch (row.fault) {
        case CsvFault::None: {
            std::string fields;
            for (const std::string &field : row.fields)
                fields += (fields.empty() ? "" : "|") + (field.empty() ? std::string("-") : field);
            text += "[" + fields + "]";
            continue;
        }
        case CsvFault::BrokenQuote:
            text += "!quote";
            break;
        case CsvFault::NulByte:
            text += "!nul";
            break;
        case CsvFault::NotUtf8:
            text += "!bytes";
            break;
        case CsvFault::TooLong:
            text += "!long";
            break;
        }
        text += row.faultField > 0 ? "@" + std::to_string(row.faultField) : std::string{};
    }
    return text;
}

/// One record as RFC 4180 has it; quoted where it must be.
inline std::string record(
    const std::vector<std::string> &fields, char delimiter, const std::string &lineEnd) {
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0)
            line += delimiter;
        const std::string special = std::string("\"\r\n") + delimiter;
        if (fields[i].find_first_of(special) == std::string::npos) {
            line += fields[i];
            continue;
        }
        line += '"';
        for (const char c : fields[i])
            line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += '"';
    }
    return line + lineEnd;
}

} // namespace songda::testing
