// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/audit/audit_messages.h"

#include "ui/widgets/format.h"

#include <QRegularExpression>

namespace songda::ui {

ActMessages messagesOf(const AuditEntry &act) {
    ActMessages about;
    MessageFilter filter;
    if (act.listed) {
        filter.act = act.id;
        about.filter = filter;
        return about;
    }
    static const QRegularExpression numbered(QStringLiteral("^(batch|replay|message|act) ([0-9]{1,18})(?![^ :,])"));
    static const QRegularExpression cause(QStringLiteral("^account ([0-9]{1,18}) code:(\\S+)$"));
    const QString object = q(act.object);
    if (const auto match = numbered.match(object); match.hasMatch()) {
        const qint64 n = match.captured(2).toLongLong();
        const QString what = match.captured(1);
        if (what == QLatin1String("batch"))
            filter.batch = BatchId{n};
        else if (what == QLatin1String("replay"))
            filter.replay = ReplayId{n};
        else if (what == QLatin1String("act"))
            filter.act = AuditId{n};
        else
            filter.ids = {MessageId{n}};
        about.filter = filter;
    } else if (const auto group = cause.match(object); group.hasMatch()) {
        filter.account = AccountId{group.captured(1).toLongLong()};
        filter.cause = group.captured(2).toStdString();
        about.filter = filter;
    } else if (act.act == "batch.import") {
        about.batchName = act.object;
    }
    return about;
}

} // namespace songda::ui
