// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/csv_writer.h"

#include <algorithm>
#include <charconv>

namespace songda::exchange {

namespace {

constexpr std::size_t flushAt = 256 * 1024;

bool isPlainNumber(std::string_view cell) {
    if (cell.find_first_not_of("-.0123456789") != std::string_view::npos)
        return false; // from_chars would also take "-inf" and "-nan(A1)"
    double value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value, std::chars_format::fixed);
    return error == std::errc{} && end == cell.data() + cell.size();
}

bool looksLikeFormula(std::string_view cell) {
    const std::size_t first = cell.find_first_not_of(' ');
    if (first == std::string_view::npos)
        return false;
    static constexpr std::string_view starts("=+-@\t\r\n\0", 8);
    static constexpr std::string_view wide[] = {"＝", "＋", "－", "＠"}; // some programs fold them to the narrow ones
    const std::string_view rest = cell.substr(first);
    if (starts.find(rest.front()) != std::string_view::npos)
        return !(rest.front() == '-' && isPlainNumber(cell));
    return std::any_of(std::begin(wide), std::end(wide), [&](std::string_view w) { return rest.starts_with(w); });
}

} // namespace

void appendCell(std::string &line, std::string_view cell) {
    const bool formula = looksLikeFormula(cell);
    const bool quote = cell.find_first_of(std::string_view("\",\r\n;\t", 6)) != std::string_view::npos || (formula && !cell.empty())
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
