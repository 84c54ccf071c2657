// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/message_maker.h"

#include "engine/exchange/content_builder.h"
#include "engine/policy/value_rules.h"

namespace songda {

namespace {

constexpr std::size_t longestKey = 128;

tl::unexpected<Error> refused(ValueFault fault) {
    return fail(ErrorCode::InvalidInput, toString(ValueProblem{{}, fault, ValueType::Untyped}));
}

} // namespace

Result<void> checkTimes(WallTime dueAt, std::optional<WallTime> expiresAt) {
    if (expiresAt && *expiresAt <= dueAt)
        return fail(ErrorCode::InvalidInput, "the messages would no longer be useful when they are due: useful until " + toIso8601(*expiresAt)
                + ", due at " + toIso8601(dueAt));
    return {};
}

Result<NewMessage> makeMessage(
    const SendRequest &request, const std::vector<TemplateKey> &keys, const LoadedPolicy &policy, WallTime now, Random &random) {
    if (!isPlausibleOpenid(request.openid))
        return refused(ValueFault::BadOpenid);
    if (!request.url.empty() && !isPlausibleUrl(request.url))
        return refused(ValueFault::BadUrl);
    if (request.idempotencyKey.size() > longestKey)
        return fail(ErrorCode::InvalidInput, "the idempotency key is longer than 128 bytes");
    if (const WordScreen *words = policy.wordsOf(request.account)) {
        for (const auto &[key, value] : request.data) {
            if (const std::string *word = words->find(value))
                return fail(ErrorCode::InvalidInput, "the value of " + key + " contains the sensitive word " + *word);
        }
    }
    if (const auto problem = checkData(keys, request.data))
        return fail(ErrorCode::InvalidInput, toString(*problem));
    std::vector<std::pair<std::string_view, std::string_view>> data;
    for (const TemplateKey &key : keys) {
        if (const auto it = request.data.find(key.name); it != request.data.end() && !it->second.empty())
            data.emplace_back(it->first, it->second);
    }
    NewMessage message;
    message.openid = request.openid;
    message.content = exchange::buildContent(data, request.url);
    message.clientMsgId = makeClientMsgId(random);
    message.idempotencyKey = request.idempotencyKey;
    message.traceparent = request.traceparent;
    message.dueAt = request.at.value_or(now);
    message.expiresAt = request.expiresAt;
    if (const Seconds useful = policy.set.of(request.account).usefulFor; !message.expiresAt && useful > Seconds{0})
        message.expiresAt = message.dueAt + useful;
    SONGDA_TRY(checkTimes(message.dueAt, message.expiresAt));
    return message;
}

} // namespace songda
