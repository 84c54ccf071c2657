// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/delivery_check.h"

#include "tests/crash/csv_rows.h"
#include "tests/crash/recipients.h"

#include <algorithm>

namespace songda::testing {

namespace {

constexpr qsizetype faultsListed = 20;

/// The columns of the report that are looked at; their order is a contract.
enum Column { MessageId = 0, Openid = 4, State = 5, Attempts = 6, Msgid = 9, ClientMsgId = 10, Key = 12, ColumnCount = 20 };

class Checker {
public:
    explicit Checker(const DeliveryEvidence &evidence)
        : m_evidence(evidence) {
        for (const LedgerRow &row : evidence.ledger) {
            check(!m_received.contains(row.openid), row.openid, "was sent messages with different client_msg_ids");
            m_received.insert(row.openid, row);
            m_figures.wireCopies += row.wireCopies;
            m_figures.userCopies += row.userCopies;
        }
    }

    DeliveryVerdict run() {
        const auto table = parseCsv(m_evidence.report);
        if (!table || table->isEmpty()) {
            m_faults.append(QStringLiteral("the report is not well-formed CSV"));
            return verdict();
        }
        if (table->size() - 1 != m_evidence.rows)
            m_faults.append(QStringLiteral("the report has %1 rows, %2 were imported").arg(table->size() - 1).arg(m_evidence.rows));
        for (int row = 0; row < m_evidence.rows; ++row)
            m_expectedKeys.insert(openidOf(row), keyOf(row));
        for (qsizetype i = 1; i < table->size(); ++i)
            checkRow(table->at(i));
        for (auto it = m_expectedKeys.cbegin(); it != m_expectedKeys.cend(); ++it)
            fault(it.key(), "was imported, but is not in the report");
        for (auto it = m_received.cbegin(); it != m_received.cend(); ++it)
            fault(it.key(), "was written to, but the report does not know it");
        return verdict();
    }

private:
    void fault(const QByteArray &openid, const char *what) {
        if (m_faults.size() < faultsListed)
            m_faults.append(QString::fromUtf8(openid) + QLatin1Char(' ') + QLatin1String(what));
    }
    void check(bool holds, const QByteArray &openid, const char *otherwise) {
        if (!holds)
            fault(openid, otherwise);
    }

    void checkRow(const QByteArrayList &fields) {
        if (fields.size() != ColumnCount) {
            m_faults.append(QStringLiteral("a row of the report has %1 columns").arg(fields.size()));
            return;
        }
        const QByteArray openid = withoutApostrophe(fields[Openid]);
        for (const QByteArray &field : fields)
            check(!isFormula(field), openid, "has a field in the report that a spreadsheet takes for a formula");
        const QByteArray key = m_expectedKeys.take(openid);
        check(!key.isEmpty(), openid, "is in the report twice, or was never imported");
        check(key == withoutApostrophe(fields[Key]), openid, "has another idempotency key in the report than in the list");
        const LedgerRow received = m_received.take(openid);
        checkState(fields, openid, received);
        checkCopies(fields, openid, received);
    }

    void checkState(const QByteArrayList &fields, const QByteArray &openid, const LedgerRow &received) {
        check(received.userCopies <= 1, openid, "was notified twice");
        check(received.wireCopies == 0 || received.clientMsgId == fields[ClientMsgId], openid,
            "was sent another client_msg_id than the report says");
        const QByteArray &state = fields[State];
        if (state == "accepted") {
            ++m_figures.accepted;
            check(received.userCopies >= 1, openid, "counts as accepted, but received nothing");
            check(received.msgid == fields[Msgid], openid, "has another msgid in the report than it was given");
        } else if (state == "dead") {
            ++m_figures.dead;
            m_figures.shownThoughDead += received.userCopies;
        } else if (state == "uncertain") {
            ++m_figures.uncertain;
            m_figures.shownThoughUncertain += received.userCopies;
        } else {
            fault(openid, "is in a state that is no end");
        }
    }

    void checkCopies(const QByteArrayList &fields, const QByteArray &openid, const LedgerRow &received) {
        const AttemptRows rows = m_evidence.attempts.value(fields[MessageId].toLongLong());
        m_figures.attemptRows += rows.all();
        m_figures.interrupted += rows.interrupted;
        m_figures.notWritten += rows.notWritten;
        m_figures.writtenButNeverSeen += std::max<qint64>(0, rows.answered + rows.written - received.wireCopies);
        check(rows.all() == fields[Attempts].toLongLong(), openid, "has another number of attempts in the report than attempt rows");
        check(rows.open == 0, openid, "has an attempt without an end");
        check(rows.answered <= received.wireCopies, openid, "has answers to requests that were never received");
        check(received.wireCopies <= rows.answered + rows.written + rows.interrupted, openid,
            "was sent more copies than its attempt rows account for");
        // Without an answer of success the record must at least leave open that it arrived: whoever sends again
        // is asked because of these rows.
        check(received.userCopies == 0 || fields[State] == "accepted" || rows.written + rows.interrupted > 0, openid,
            "was shown the message, but its attempt rows rule that out");
    }

    DeliveryVerdict verdict() const { return {m_figures, m_faults}; }

    const DeliveryEvidence &m_evidence;
    QHash<QByteArray, LedgerRow> m_received; ///< by openid; taken out as the report is read
    QHash<QByteArray, QByteArray> m_expectedKeys; ///< by openid; taken out as the report is read
    DeliveryFigures m_figures;
    QStringList m_faults;
};

} // namespace

DeliveryVerdict checkDelivery(const DeliveryEvidence &evidence) { return Checker(evidence).run(); }

} // namespace songda::testing
