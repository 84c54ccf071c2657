// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>
#include <QTemporaryDir>
#include <string>

namespace songda::testing {

/// Files of one test, gone with it.
class Files {
public:
    /// Writes these bytes to a file; its path.
    std::string write(const std::string &bytes) {
        const QString path = m_dir.filePath(QStringLiteral("%1.csv").arg(++m_count));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)
            || file.write(bytes.data(), static_cast<qint64>(bytes.size()))
                != static_cast<qint64>(bytes.size()))
            qFatal("the test file could not be written");
        return path.toStdString();
    }
    /// Where a file of this name would be.
    std::string path(const char *name) const { return m_dir.filePath(QString::fromUtf8(name)).toStdString(); }
    QString directory() const { return m_dir.path(); }

    static std::string bytesOf(const std::string &path) {
        QFile file(QString::fromStdString(path));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return file.readAll().toStdString();
    }

private:
    QTemporaryDir m_dir;
    int m_count = 0;
};

} // namespace songda::testing
