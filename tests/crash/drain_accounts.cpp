// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/drain_accounts.h"

#include <QCryptographicHash>
#include <QFile>

namespace songda::testing {

namespace {

constexpr int exportDeadline = 600'000;

QByteArray bytesOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class Settlement {
public:
    void same(const char *what, qint64 actual, qint64 expected) {
        if (actual != expected)
            m_faults.append(QStringLiteral("%1: %2 instead of %3").arg(QLatin1String(what)).arg(actual).arg(expected));
    }
    void fault(const QString &sentence) { m_faults.append(sentence); }

    /// Compares what needs no list of people.
    void compareSums(const DrainAccounts &a, int rows) {
        same("messages without an end", a.counts.unfinished, 0);
        same("messages in states that nothing here leads to", a.counts.others, 0);
        same("messages that ended", a.counts.accepted + a.counts.dead + a.counts.uncertain, rows);
        same("accepted by the report", a.figures.accepted, a.counts.accepted);
        same("dead by the report", a.figures.dead, a.counts.dead);
        same("uncertain by the report", a.figures.uncertain, a.counts.uncertain);
        same("notified twice", a.sums.notifiedTwice, 0);
        same("people with more than one message", a.sums.openidsWithMoreThanOne, 0);
        same("messages whose copies differ", a.sums.bodyMismatch, 0);
        same("copies without a client_msg_id", a.sums.withoutClientMsgId, 0);
        same("client_msg_ids", a.sums.messages, a.sums.openidsTried);
        same("wire copies by the ledger's list", a.figures.wireCopies, a.sums.wireCopies);
        if (a.figures.wireCopies > a.figures.attemptRows)
            fault(QStringLiteral("more copies on the wire than attempt rows"));
    }

    QStringList m_faults;
};

} // namespace

DrainAccounts settleDrain(const Console &console, SimulatorProcess &simulator, int rows, const QString &report) {
    Settlement settlement;
    DrainAccounts accounts;
    accounts.counts = console.counts();
    const CommandResult exported = console.run(
        {QStringLiteral("report"), QStringLiteral("export"), QStringLiteral("--out"), report}, {}, exportDeadline);
    settlement.same("exit code of the export", exported.exitCode, 0);
    settlement.same("rows of the report", exported.number("rows"), rows);
    DeliveryEvidence evidence;
    evidence.rows = rows;
    evidence.report = bytesOf(report);
    const QByteArray digest = QCryptographicHash::hash(evidence.report, QCryptographicHash::Sha256).toHex();
    if (exported.json().value(QStringLiteral("sha256")).toString() != QLatin1String(digest))
        settlement.fault(QStringLiteral("the report's digest is not that of its file"));

    const auto sums = simulator.sums();
    const auto ledger = simulator.rows();
    const auto attempts = readAttemptRows(console.databaseFile());
    if (!sums || !ledger || !attempts) {
        settlement.fault(QStringLiteral("the simulator did not give its ledger, or the database could not be read"));
        accounts.faults = settlement.m_faults;
        return accounts;
    }
    evidence.ledger = *ledger;
    evidence.attempts = *attempts;
    const DeliveryVerdict verdict = checkDelivery(evidence);
    accounts.figures = verdict.figures;
    accounts.sums = *sums;
    settlement.compareSums(accounts, rows);
    accounts.faults = settlement.m_faults + verdict.faults;
    return accounts;
}

} // namespace songda::testing
