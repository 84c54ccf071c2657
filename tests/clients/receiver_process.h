// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/clients/tool.h"
#include "tests/crash/commands.h"

#include <QFile>
#include <QProcessEnvironment>

namespace songda::testing {

/// hook_receiver.py as a process, asked by curl.
class ReceiverProcess {
public:
    explicit ReceiverProcess(const QString &folder)
        : m_secretFile(folder + QStringLiteral("/hook-secret"))
        , m_process(debianTool("python3"), {clientScript("hook_receiver.py"), m_secretFile}, QProcessEnvironment::systemEnvironment(),
              folder + QStringLiteral("/hook-receiver.log")) {}

    bool start() {
        if (!m_process.start())
            return false;
        const QList<QByteArray> said = m_process.nextLine(30'000).trimmed().split(' ');
        m_base = said.size() == 2 ? QString::fromUtf8(said.back()) : QString();
        return !m_base.isEmpty();
    }
    QString url() const { return m_base + QStringLiteral("/outcomes-of-messages"); }
    /// Before the first delivery.
    bool setSecret(const QString &secret) const {
        QFile file(m_secretFile);
        return file.open(QIODevice::WriteOnly) && file.write(secret.toUtf8()) == secret.size();
    }

    QJsonObject ask(const char *path) const { return curl({m_base + QLatin1String(path)}).json(); }
    qint64 count(const char *what) const { return ask("/counts").value(QLatin1String(what)).toInteger(-1); }
    /// Delivers something with these headers; the status of the answer.
    int deliver(const QJsonObject &headers, const QByteArray &body) const {
        QStringList arguments = words("--data-binary @-") + QStringList{url()};
        for (auto it = headers.begin(); it != headers.end(); ++it)
            arguments << QStringLiteral("--header") << it.key() + QStringLiteral(": ") + it.value().toString();
        return curl(arguments, body).status;
    }

private:
    QString m_secretFile;
    QString m_base;
    Program m_process;
};

} // namespace songda::testing
