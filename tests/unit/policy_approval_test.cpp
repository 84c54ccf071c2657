// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/approval.h"

#include <QTest>

using namespace songda;

class PolicyApprovalTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoMayLetGo_data() {
        QTest::addColumn<QString>("asked");
        QTest::addColumn<int>("granted");
        QTest::addColumn<int>("messages");
        QTest::addColumn<int>("over");
        QTest::addColumn<QString>("who");
        QTest::addColumn<int>("expected");
        const auto row = [](const char *name, const char *asked, int granted, int messages, int over, const char *who, MayLetGo expected) {
            QTest::newRow(name) << QString::fromLatin1(asked) << granted << messages << over << QString::fromLatin1(who) << static_cast<int>(expected);
        };
        row("no limit", "ada", 0, 1'000'000, 0, "ada", MayLetGo::Freely);
        row("at the limit", "ada", 0, 100, 100, "ada", MayLetGo::Freely);
        row("one more", "ada", 0, 101, 100, "ada", MayLetGo::NeedsAnother);
        row("somebody else", "ada", 0, 101, 100, "otto", MayLetGo::AsSecond);
        row("both asked", "ada,otto", 0, 101, 100, "otto", MayLetGo::NeedsAnother);
        row("a third", "ada,otto", 0, 101, 100, "sue", MayLetGo::AsSecond);
        row("agreed to", "", 101, 101, 100, "ada", MayLetGo::Freely);
        row("grew since", "ada", 101, 102, 100, "ada", MayLetGo::NeedsAnother);
        row("grew since, by another", "otto", 101, 102, 100, "ada", MayLetGo::AsSecond);
        row("queued before there was a limit", "", 0, 101, 100, "ada", MayLetGo::AsSecond);
        row("nobody", "ada", 0, 101, 100, "", MayLetGo::NeedsAnother);
        row("a name within a name", "ada", 0, 101, 100, "ad", MayLetGo::AsSecond);
    }

    void whoMayLetGo() {
        QFETCH(QString, asked);
        QFETCH(int, granted);
        QFETCH(int, messages);
        QFETCH(int, over);
        QFETCH(QString, who);
        QFETCH(int, expected);
        Approval approval;
        for (const QString &name : asked.split(QLatin1Char(','), Qt::SkipEmptyParts))
            approval.askedBy.push_back(name.toStdString());
        approval.granted = granted;
        QCOMPARE(static_cast<int>(mayLetGo(approval, messages, over, who.toStdString())), expected);
    }

    void whoMayLetABatchGo_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("granted");
        QTest::addColumn<int>("seeds");
        QTest::addColumn<QString>("who");
        QTest::addColumn<int>("expected");
        const auto row = [](const char *name, BatchKind kind, BatchState state, int granted, int seeds, const char *who, MayLetGo expected) {
            QTest::newRow(name) << static_cast<int>(kind) << static_cast<int>(state) << granted << seeds << QString::fromLatin1(who) << static_cast<int>(expected);
        };
        // A hundred messages that ada queued, of which a hundred need nobody; nobody is recorded as asking.
        row("small", BatchKind::Import, BatchState::Paused, 0, 0, "ada", MayLetGo::Freely);
        row("with its seed", BatchKind::Import, BatchState::Paused, 0, 1, "ada", MayLetGo::NeedsAnother);
        row("somebody else", BatchKind::Import, BatchState::Paused, 0, 1, "otto", MayLetGo::AsSecond);
        row("somebody agreed to a part", BatchKind::Import, BatchState::Paused, 50, 1, "ada", MayLetGo::AsSecond);
        row("it runs", BatchKind::Import, BatchState::Active, 0, 1, "ada", MayLetGo::Freely);
        row("single messages", BatchKind::Single, BatchState::Paused, 0, 1, "ada", MayLetGo::Freely);
        row("by an API key", BatchKind::Intake, BatchState::Paused, 0, 1, "ada", MayLetGo::Freely);
    }

    void whoMayLetABatchGo() {
        QFETCH(int, kind);
        QFETCH(int, state);
        QFETCH(int, granted);
        QFETCH(int, seeds);
        QFETCH(QString, who);
        QFETCH(int, expected);
        Batch batch;
        batch.kind = static_cast<BatchKind>(kind);
        batch.state = static_cast<BatchState>(state);
        batch.createdBy = "ada";
        batch.counts[MessageState::Queued] = 100;
        batch.approval.granted = granted;
        batch.seeds = seeds;
        QCOMPARE(static_cast<int>(mayLetGo(batch, 100, who.toStdString())), expected);
    }
};

QTEST_APPLESS_MAIN(PolicyApprovalTest)
#include "policy_approval_test.moc"
