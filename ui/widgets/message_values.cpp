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
    // As the engine has it: 0 and 45065 without a msgid say that WeChat has it; 412, 413 and 429 without a code refuse it.
    const auto byAttempt = [](const Attempt &a) {
        if (a.phase == AttemptPhase::Written || a.phase == AttemptPhase::Interrupted)
            return true;
        if (a.phase != AttemptPhase::Answered || a.errorClass == ErrorClass::Success)
            return false;
        if (a.errcode)
            return *a.errcode == 0 || *a.errcode == 45065;
        return a.cause != "http_412" && a.cause != "http_413" && a.cause != "http_429";
    };
    return detail.message.state == MessageState::Uncertain || detail.message.ambiguous.has_value()
        || std::any_of(detail.attempts.begin(), detail.attempts.end(), byAttempt);
}

bool mayBeResent(MessageState state) {
    return state == MessageState::Dead || state == MessageState::Undelivered || state == MessageState::Uncertain || state == MessageState::Cancelled
        || state == MessageState::Expired;
}

const std::vector<MessageState> &failedStates() {
    static const std::vector<MessageState> states{MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain, MessageState::Expired};
    return states;
}

bool hasFailed(MessageState state) { return std::find(failedStates().begin(), failedStates().end(), state) != failedStates().end(); }

} // namespace songda::ui
