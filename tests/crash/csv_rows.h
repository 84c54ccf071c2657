// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QList>
#include <optional>

namespace songda::testing {

/// Reads CSV by RFC 4180, written apart from the reader and the writer of the engine so that a mistake of
/// theirs is not repeated here. Nothing when the text is not well-formed: rows end with CRLF, quotes are
/// closed and doubled inside.
std::optional<QList<QByteArrayList>> parseCsv(QByteArrayView text);

/// Whether a spreadsheet would take this cell (after unquoting) for a formula.
bool isFormula(QByteArrayView cell);

/// The cell as it was before an apostrophe made it harmless.
QByteArray withoutApostrophe(const QByteArray &cell);

} // namespace songda::testing
