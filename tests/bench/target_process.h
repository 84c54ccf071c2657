// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QString>

namespace songda::bench {

/// songda-simulator in a process of its own, so that its processor time is not counted as ours. Ends with this.
class TargetProcess {
public:
    ~TargetProcess();
    /// False when it did not come up. `latencyMs` before every answer.
    bool start(int latencyMs, const QString &mix = {});
    QString baseUrl() const { return m_baseUrl; }
    /// An access token for the bare loop.
    QString fetchToken() const;
    /// Forgets what was sent, so that one round does not slow the next.
    void forget() const;
    /// Changes the running simulator; false when it did not take the JSON.
    bool control(const QByteArray &json) const;
    /// What it received and showed, in figures.
    QJsonObject ledger() const;

private:
    QByteArray post(const QString &path, const QByteArray &body) const;

    QProcess m_process;
    QString m_baseUrl;
};

} // namespace songda::bench
