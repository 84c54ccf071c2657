// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QMutex>
#include <QString>

namespace songda::net::testing {

inline QMutex warningsMutex;
inline QByteArrayList warnings;

inline void collectWarnings(QtMsgType, const QMessageLogContext &, const QString &text) {
    const QMutexLocker lock(&warningsMutex);
    warnings.append(text.toUtf8());
}

/// What Qt says while this lives.
class Warnings {
public:
    Warnings() {
        const QMutexLocker lock(&warningsMutex);
        warnings.clear();
        m_before = qInstallMessageHandler(collectWarnings);
    }
    ~Warnings() { qInstallMessageHandler(m_before); }
    QByteArray text() const {
        const QMutexLocker lock(&warningsMutex);
        return warnings.join('\n');
    }

private:
    QtMessageHandler m_before = nullptr;
};

} // namespace songda::net::testing
