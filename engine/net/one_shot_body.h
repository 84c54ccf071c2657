// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace songda::net {

/// A request body that can be read once. Qt's network manager repeats a POST by itself, up to four times,
/// when the peer closes without answering; from a sequential device it cannot, and fails instead. It also
/// tells how much of the body was taken, so how far the request got.
class OneShotBody final : public QIODevice {
    Q_OBJECT
public:
    explicit OneShotBody(QByteArray bytes, QObject *parent = nullptr);

    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override;
    /// Never: the library tries to rewind before it would repeat a request. Without a warning each time.
    bool seek(qint64) override { return false; }
    bool reset() override { return false; }
    /// All bytes were handed to the network.
    bool isDrained() const { return m_at == m_bytes.size(); }

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const QByteArray m_bytes;
    qint64 m_at = 0;
};

} // namespace songda::net
