// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace songda::testing {

/// The people of a generated list. Each gets one message, so that whoever is shown two was notified twice.
/// Openids and keys begin with every character that spreadsheets take for a formula, among ordinary ones.
QByteArray openidOf(int row);
QByteArray keyOf(int row);

/// Writes the people from `first` on as CSV: byte order mark, CRLF, some quoted fields. False when it could not
/// be written.
bool writeRecipients(const QString &path, int first, int count);

} // namespace songda::testing
