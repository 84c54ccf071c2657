// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/csv_rows.h"

#include <algorithm>

namespace songda::testing {

namespace {

/// A field and where the text goes on behind it.
struct Field {
    QByteArray value;
    qsizetype end = 0;
};

std::optional<Field> quotedField(QByteArrayView text, qsizetype at) {
    Field field;
    for (++at; at < text.size(); ++at) {
        if (text[at] != '"') {
            field.value += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == '"') {
            field.value += text[++at];
        } else {
            field.end = at + 1;
            return field;
        }
    }
    return std::nullopt; // never closed
}

std::optional<Field> plainField(QByteArrayView text, qsizetype at) {
    qsizetype end = at;
    while (end < text.size() && text[end] != ',' && text[end] != '\r' && text[end] != '\n') {
        if (text[end] == '"')
            return std::nullopt;
        ++end;
    }
    return Field{text.sliced(at, end - at).toByteArray(), end};
}

bool isNumber(QByteArrayView cell) {
    const QByteArrayView allowed("-.0123456789"); // toDouble() knows words such as inf, too
    if (!std::all_of(cell.begin(), cell.end(), [&](char c) { return allowed.contains(c); }))
        return false;
    bool ok = false;
    cell.toByteArray().toDouble(&ok);
    return ok;
}

} // namespace

std::optional<QList<QByteArrayList>> parseCsv(QByteArrayView text) {
    if (text.startsWith("\xEF\xBB\xBF"))
        text = text.sliced(3);
    QList<QByteArrayList> rows;
    QByteArrayList row;
    for (qsizetype at = 0; at < text.size();) {
        const auto field = text[at] == '"' ? quotedField(text, at) : plainField(text, at);
        if (!field || field->end >= text.size())
            return std::nullopt; // every row ends, also the last
        row.append(field->value);
        at = field->end;
        if (text[at] == ',') {
            ++at;
            continue;
        }
        if (!text.sliced(at).startsWith("\r\n"))
            return std::nullopt;
        at += 2;
        rows.append(row);
        row.clear();
    }
    return row.isEmpty() ? std::optional(rows) : std::nullopt;
}

bool isFormula(QByteArrayView cell) {
    qsizetype first = 0;
    while (first < cell.size() && cell[first] == ' ')
        ++first;
    if (first == cell.size())
        return false;
    const QByteArrayView starts("=+-@\t\r\n\0", 8);
    if (!starts.contains(cell[first]))
        return false;
    return cell[first] != '-' || !isNumber(cell);
}

QByteArray withoutApostrophe(const QByteArray &cell) {
    return cell.startsWith('\'') && isFormula(QByteArrayView(cell).sliced(1)) ? cell.sliced(1) : cell;
}

} // namespace songda::testing
