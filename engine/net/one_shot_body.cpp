// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/one_shot_body.h"

#include <algorithm>
#include <cstring>

namespace songda::net {

OneShotBody::OneShotBody(QByteArray bytes, QObject *parent)
    : QIODevice(parent)
    , m_bytes(std::move(bytes)) {
    // Unbuffered: a buffer in between would make "taken" mean "taken by the buffer".
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OneShotBody::bytesAvailable() const { return m_bytes.size() - m_at + QIODevice::bytesAvailable(); }

qint64 OneShotBody::readData(char *data, qint64 maxSize) {
    const qint64 n = std::min<qint64>(maxSize, m_bytes.size() - m_at);
    if (n <= 0)
        return m_at == m_bytes.size() ? -1 : 0;
    std::memcpy(data, m_bytes.constData() + m_at, static_cast<std::size_t>(n));
    m_at += n;
    return n;
}

} // namespace songda::net
