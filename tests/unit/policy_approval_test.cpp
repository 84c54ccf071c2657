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
};

QTEST_APPLESS_MAIN(PolicyApprovalTest)
#include "policy_approval_test.moc"
