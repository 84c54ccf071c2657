// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <QCryptographicHash>
#include <QSaveFile>
#include <string>
#include <string_view>

namespace songda::exchange {

/// Appends one cell by RFC 4180, made harmless for spreadsheets: a cell that would be taken for a formula gets an
/// apostrophe in front (see formula_guard.h), which CsvReader takes away again.
void appendCell(std::string &line, std::string_view cell);

/// Writes a CSV file as a whole or not at all: UTF-8 with byte order mark, CRLF, SHA-256 of its bytes.
class CsvWriter {
public:
    static Result<std::unique_ptr<CsvWriter>> create(const std::string &path);

    /// Adds cells to the current row.
    void cell(std::string_view text);
    void number(std::int64_t value);
    void empty() { separator(); }
    Result<void> endRow();
    /// Puts the file in its place; without it nothing is left behind.
    Result<void> commit();
    /// Lower-case hex, valid after commit().
    std::string sha256() const;

private:
    explicit CsvWriter(const QString &path)
        : m_file(path) {}
    void separator();
    Result<void> flush();

    QSaveFile m_file;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    std::string m_buffer;
    bool m_rowStarted = false;
};

} // namespace songda::exchange
