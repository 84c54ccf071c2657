// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/csv_writer.h"

#include "engine/exchange/formula_guard.h"

#include <charconv>

namespace songda::exchange {

namespace {

constexpr std::size_t flushAt = 256 * 1024;

} // namespace

void appendCell(std::string &line, std::string_view cell) {
    const bool formula = needsGuard(cell);
    const bool quote = cell.find_first_of(std::string_view("\",\r\n;\t", 6)) != std::string_view::npos || formula
        || (!cell.empty() && (cell.front() == ' ' || cell.back() == ' '));
    if (!quote) {
        line.append(cell);
        return;
    }
    line += '"';
    if (formula)
        line += '\'';
    for (const char c : cell) {
        if (c == '"')
            line += '"';
        line += c;
    }
    line += '"';
}

Result<std::unique_ptr<CsvWriter>> CsvWriter::create(const std::string &path) {
    std::unique_ptr<CsvWriter> writer(new CsvWriter(QString::fromStdString(path)));
    if (!writer->m_file.open(QIODevice::WriteOnly))
        return fail(ErrorCode::Storage, "cannot write " + path + ": " + writer->m_file.errorString().toStdString());
    writer->m_buffer = "\xEF\xBB\xBF";
    return writer;
}

void CsvWriter::separator() {
    if (m_rowStarted)
        m_buffer += ',';
    m_rowStarted = true;
}

void CsvWriter::cell(std::string_view text) {
    separator();
    appendCell(m_buffer, text);
}

void CsvWriter::number(std::int64_t value) {
    separator();
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    m_buffer.append(digits, end);
}

Result<void> CsvWriter::endRow() {
    m_buffer += "\r\n";
    m_rowStarted = false;
    return m_buffer.size() >= flushAt ? flush() : Result<void>{};
}

Result<void> CsvWriter::flush() {
    m_hash.addData(QByteArrayView(m_buffer.data(), static_cast<qsizetype>(m_buffer.size())));
    if (m_file.write(m_buffer.data(), static_cast<qint64>(m_buffer.size())) != static_cast<qint64>(m_buffer.size()))
        return fail(ErrorCode::Storage,
            "cannot write " + m_file.fileName().toStdString() + ": " + m_file.errorString().toStdString() + "; nothing was left behind");
    m_buffer.clear();
    return {};
}

Result<void> CsvWriter::commit() {
    SONGDA_TRY(flush());
    if (!m_file.commit())
        return fail(ErrorCode::Storage,
            "cannot write " + m_file.fileName().toStdString() + ": " + m_file.errorString().toStdString() + "; nothing was left behind");
    return {};
}

std::string CsvWriter::sha256() const { return m_hash.result().toHex().toStdString(); }

} // namespace songda::exchange
