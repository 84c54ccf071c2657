// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/canary/canaries.h"

#include <QStringList>
#include <functional>

namespace songda::canary {

/// How a value may stand in a file: as it is, URL-encoded, as a JSON string, in hex, in UTF-16 of both byte orders, and inside
/// base64 at each of its three offsets, in both alphabets. The last two need six characters and more.
QList<QByteArray> formsOf(const QByteArray &value);

/// Looks for values in bytes and files. Made once: the forms of each value are.
class Search {
public:
    explicit Search(const QList<Canary> &canaries);

    /// "`where` holds the app secret", a line for each value found.
    QStringList in(const QByteArray &bytes, const QString &where) const;
    QStringList inFile(const QString &path) const;
    /// All files below a folder, hidden ones as well, and their names, but for those of more than 256 MB. `looksAt` may pass
    /// over some.
    QStringList inFolder(const QString &folder, const std::function<bool(const QString &path, const Canary &canary)> &looksAt = {}) const;
    qint64 bytesLookedAt() const { return m_bytes; }
    int filesLookedAt() const { return m_files; }

private:
    struct Wanted {
        Canary canary;
        QList<QByteArray> forms;
    };
    bool holds(const QByteArray &bytes, const Wanted &wanted) const;

    QList<Wanted> m_wanted;
    mutable qint64 m_bytes = 0;
    mutable int m_files = 0;
};

/// What others can see of a running process: its command line and its environment.
QByteArray outsideOf(qint64 processId);

} // namespace songda::canary
