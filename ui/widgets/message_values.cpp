// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_values.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace songda::ui {

MessageValues valuesOf(const std::string &content) {
    MessageValues values;
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(content)).object();
    const QJsonObject data = object[QStringLiteral("data")].toObject();
    for (auto it = data.begin(); it != data.end(); ++it) {
        const QJsonValue value = it->isObject() ? it->toObject()[QStringLiteral("value")] : QJsonValue(*it);
        values.data[it.key().toStdString()] = value.toVariant().toString().toStdString();
    }
    values.url = object[QStringLiteral("url")].toString().toStdString();
    return values;
}

bool mayHaveArrived(const MessageDetail &detail) {
    return detail.message.state == MessageState::Uncertain || std::any_of(detail.attempts.begin(), detail.attempts.end(), [](const Attempt &a) {
        return a.phase == AttemptPhase::Written || a.phase == AttemptPhase::Interrupted
            || (a.phase == AttemptPhase::Answered && !a.errcode && a.errorClass != ErrorClass::Success);
    });
}

bool mayBeResent(MessageState state) {
    return state == MessageState::Dead || state == MessageState::Undelivered || state == MessageState::Uncertain || state == MessageState::Cancelled
        || state == MessageState::Expired;
}

} // namespace songda::ui
