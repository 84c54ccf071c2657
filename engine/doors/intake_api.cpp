// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/intake_api.h"

#include "engine/doors/intake_request.h"
#include "engine/doors/json_input.h"
#include "engine/doors/problem.h"
#include "engine/doors/views.h"
#include "engine/model/acting_as.h"
#include "engine/policy/utf8.h"
#include "engine/when_done.h"

#include <charconv>

namespace songda::doors {

namespace {

using Json = nlohmann::ordered_json;
using DeskPtr = std::shared_ptr<Desk>;

constexpr std::size_t mostCancelBody = 4096;
constexpr std::size_t longestReason = 200;

std::string creator(const Request &request) { return "api:" + request.caller->client; }

/// Why a caller may not hand this over. Whether the template is for them is said where its name is understood.
std::optional<Error> refusalOf(const Caller &caller, const SendRequest &message) {
    if (!caller.maySee(message.account))
        return Error{ErrorCode::Refused, "this key or token is not for account \"" + message.account + "\""};
    return std::nullopt;
}

IntakeClient clientOf(const Request &request, std::string batch) { return {request.caller->client, request.caller->templates, std::move(batch)}; }

std::string codeOf(const Error &error) {
    switch (error.code) {
    case ErrorCode::InvalidInput: return "invalid_message";
    case ErrorCode::AlreadyExists: return "idempotency_key_reused";
    case ErrorCode::Refused: return "forbidden";
    default: return toString(error.code);
    }
}

/// Of what was not taken in.
Response refusal(const Error &error) {
    if (error.code == ErrorCode::Refused)
        return forbidden(error.detail);
    if (error.code == ErrorCode::AlreadyExists)
        return problem(409, codeOf(error), error.detail);
    if (error.code == ErrorCode::InvalidInput)
        return problem(422, codeOf(error), error.detail);
    return problem(error, "Nothing was taken in: the engine cannot store it at present. Its operator sees why. Try again later.");
}

std::optional<std::int64_t> numberOf(const std::string &text) {
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    return error == std::errc{} && end == text.data() + text.size() && n > 0 ? std::optional(n) : std::nullopt;
}

Response noSuchMessage() { return problem(404, "not_found", "There is no such message, or it is not this caller's to see."); }

/// Of a message, or of what is left of one: whether the account and template are for this caller, and it is theirs or they
/// may read what others handed over.
template <class M> bool maySee(const Request &request, const M &message) {
    const Caller &caller = *request.caller;
    return caller.maySee(message.accountName) && caller.mayUse(message.templateId)
        && (caller.may(ApiScope::Read) || message.createdBy == creator(request));
}

Response about(MessageId id, Response response) {
    response.message = id;
    return response;
}

/// The answer to one message taken in: the same for each repeat of its key.
Response taken(const IntakeReport &report, const std::string &key) {
    Response response = jsonResponse(202,
        {{"message_id", report.id.value}, {"batch_id", report.batch.value}, {"idempotency_key", key.empty() ? Json(nullptr) : Json(key)}});
    response.headers.push_back({"Location", "/v1/messages/" + std::to_string(report.id.value)});
    if (report.duplicate)
        response.headers.push_back({"Idempotency-Replayed", "true"});
    return about(report.id, std::move(response));
}

/// Of a message that is not in the database: what its key remembers of it.
QFuture<Response> keptViewOf(const DeskPtr &desk, const Request &request, MessageId id, int status) {
    return chained(desk->engine().keptMessage(id), desk->context(), [request, status](const Result<KeptMessage> &kept) {
        if (!kept)
            return kept.error().code == ErrorCode::NotFound ? noSuchMessage() : problem(kept.error());
        return maySee(request, *kept) ? jsonResponse(status, keptView(*kept)) : noSuchMessage();
    });
}

QFuture<Response> viewOf(const DeskPtr &desk, const Request &request, MessageId id, int ended, int underWay) {
    return chained(desk->engine().message(id), desk->context(), [desk, request, id, ended, underWay](const Result<MessageDetail> &detail) {
        if (!detail && detail.error().code == ErrorCode::NotFound)
            return keptViewOf(desk, request, id, ended);
        if (!detail)
            return QtFuture::makeReadyFuture(problem(detail.error()));
        if (!maySee(request, detail->message))
            return QtFuture::makeReadyFuture(noSuchMessage());
        return QtFuture::makeReadyFuture(about(id, jsonResponse(isTerminal(detail->message.state) ? ended : underWay, messageView(*detail, desk->engine()))));
    });
}

/// As it is when it has ended, or after some seconds.
QFuture<Response> viewAfter(const DeskPtr &desk, const Request &request, MessageId id, int seconds) {
    return chained(desk->waits().add(id, std::chrono::seconds(seconds)), desk->context(), [desk, request, id] { return viewOf(desk, request, id, 200, 202); });
}

/// A request as later steps need it: who asked, without what was handed over.
Request askerOf(const Request &request) {
    Request asker;
    asker.caller = request.caller;
    return asker;
}

Answer takeOne(const DeskPtr &desk, Request &request) {
    const auto wait = readWait(request);
    if (!wait)
        return problem(400, "bad_wait", wait.error().detail);
    auto batch = readBatchName(request);
    if (!batch)
        return problem(400, "bad_batch", batch.error().detail);
    auto key = readIdempotencyKey(request);
    if (!key)
        return problem(400, "bad_key", key.error().detail);
    auto message = readMessageText(request.body);
    if (!message)
        return problem(422, "invalid_message", message.error().detail);
    if (!key->empty()) {
        if (!message->idempotencyKey.empty() && message->idempotencyKey != *key)
            return problem(422, "invalid_message", "the header Idempotency-Key and the member \"idempotency_key\" differ");
        message->idempotencyKey = *key;
    }
    if (const auto forbidden = refusalOf(*request.caller, *message))
        return refusal(*forbidden);
    message->traceparent = readTraceparent(request);
    const std::string used = message->idempotencyKey;
    std::vector<SendRequest> one;
    one.push_back(std::move(*message));
    auto reports = desk->engine().takeIn(std::move(one), clientOf(request, std::move(*batch)));
    if (*wait == 0) {
        return chained(reports, desk->context(),
            [used](const std::vector<Result<IntakeReport>> &r) { return r.front() ? taken(*r.front(), used) : refusal(r.front().error()); });
    }
    return chained(reports, desk->context(), [desk, used, asker = askerOf(request), seconds = *wait](const std::vector<Result<IntakeReport>> &r) {
        if (!r.front())
            return QtFuture::makeReadyFuture(refusal(r.front().error()));
        // It is taken in by now: when no more can be said of it, that is the answer.
        return chained(viewAfter(desk, asker, r.front()->id, seconds), desk->context(), [report = *r.front(), used](const Response &view) {
            return view.status < 500 ? view : taken(report, used);
        });
    });
}

/// One line of an answer to many.
void appendLine(std::string &out, int line, const Result<IntakeReport> &report) {
    Json json{{"line", line}};
    if (report) {
        json["status"] = 202;
        json["message_id"] = report->id.value;
        json["batch_id"] = report->batch.value;
        if (report->duplicate)
            json["replayed"] = true;
    } else {
        const Response r = refusal(report.error());
        json["status"] = r.status;
        json["code"] = codeOf(report.error());
        json["detail"] = Json::parse(r.body)["detail"];
    }
    out += dump(json);
    out += '\n';
}

Answer takeMany(const DeskPtr &desk, Request &request) {
    const auto most = static_cast<std::size_t>(desk->settings().mostLines);
    const std::vector<Line> lines = splitLines(request.body, most + 1);
    if (lines.empty())
        return problem(422, "invalid_message", "there is no message in the body");
    if (lines.size() > most)
        return problem(413, "too_many_lines", "one request may have " + std::to_string(most) + " messages");
    auto batch = readBatchName(request);
    if (!batch)
        return problem(400, "bad_batch", batch.error().detail);
    if (request.header("idempotency-key"))
        return problem(400, "bad_key", "with many messages each has its own \"idempotency_key\"");
    struct Work {
        std::vector<int> numbers;
        std::vector<Result<IntakeReport>> reports;
        std::vector<std::size_t> takenIn; ///< which of them the engine answers
    };
    auto work = std::make_shared<Work>();
    std::vector<SendRequest> messages;
    const std::string traceparent = readTraceparent(request);
    for (const Line &line : lines) {
        work->numbers.push_back(line.number);
        auto message = readMessageText(line.text);
        const auto forbidden = message ? refusalOf(*request.caller, *message) : std::nullopt;
        if (message && !forbidden) {
            message->traceparent = traceparent;
            work->takenIn.push_back(work->reports.size());
            work->reports.emplace_back(IntakeReport{});
            messages.push_back(std::move(*message));
        } else {
            work->reports.emplace_back(tl::unexpected(forbidden ? *forbidden : message.error()));
        }
    }
    desk->charge(request, static_cast<double>(lines.size()) - 1);
    auto reports = desk->engine().takeIn(std::move(messages), clientOf(request, std::move(*batch)));
    return chained(reports, desk->context(), [work](const std::vector<Result<IntakeReport>> &r) {
        bool nothingStored = !r.empty();
        for (std::size_t i = 0; i < r.size(); ++i) {
            work->reports[work->takenIn[i]] = r[i];
            nothingStored = nothingStored && !r[i] && refusal(r[i].error()).status >= 500;
        }
        if (nothingStored)
            return refusal(r.front().error());
        Response response{200, "application/x-ndjson", {}, {}, false};
        for (std::size_t i = 0; i < work->reports.size(); ++i)
            appendLine(response.body, work->numbers[i], work->reports[i]);
        return response;
    });
}

Answer findMessage(const DeskPtr &desk, Request &request) {
    const auto account = request.argument("account");
    const auto key = request.argument("key");
    if (!account || !key)
        return problem(400, "bad_query", "ask with account and key, or by id");
    if (!request.caller->maySee(*account))
        return noSuchMessage();
    auto found = desk->engine().findByKey(std::string(*account), std::string(*key), request.caller->client);
    return chained(found, desk->context(), [desk, asker = askerOf(request)](const Result<MessageId> &id) {
        if (id)
            return viewOf(desk, asker, *id, 200, 200);
        return QtFuture::makeReadyFuture(id.error().code == ErrorCode::NotFound ? noSuchMessage() : problem(id.error()));
    });
}

Answer getMessage(const DeskPtr &desk, Request &request) {
    const auto id = numberOf(request.parameters.front());
    if (!id)
        return noSuchMessage();
    const auto wait = readWait(request);
    if (!wait)
        return problem(400, "bad_wait", wait.error().detail);
    if (*wait == 0)
        return viewOf(desk, askerOf(request), MessageId{*id}, 200, 200);
    return chained(desk->waits().add(MessageId{*id}, std::chrono::seconds(*wait)), desk->context(),
        [desk, asker = askerOf(request), id = *id] { return viewOf(desk, asker, MessageId{id}, 200, 200); });
}

Result<std::string> readReason(const Request &request) {
    if (request.body.empty())
        return std::string();
    const auto json = readJson(request.body);
    if (!json)
        return tl::unexpected(json.error());
    if (!json->is_object() || json->size() != 1 || !json->contains("reason") || !(*json)["reason"].is_string())
        return fail(ErrorCode::InvalidInput, "the body can only be {\"reason\": \"...\"}");
    return utf8::printable((*json)["reason"].get<std::string>(), longestReason);
}

/// What there is to say of cancelling a message that is not in the database.
QFuture<Response> tooLateFor(const DeskPtr &desk, const Request &asker, MessageId id) {
    return chained(desk->engine().keptMessage(id), desk->context(), [asker](const Result<KeptMessage> &kept) {
        if (!kept && kept.error().code != ErrorCode::NotFound)
            return problem(kept.error());
        return kept && maySee(asker, *kept) ? problem(409, "too_late", "The message cannot be cancelled any more: it is archived.") : noSuchMessage();
    });
}

/// Cancels, and tells what has become of it.
QFuture<Response> cancelled(const DeskPtr &desk, MessageId id, const std::string &who, const std::string &reason) {
    MessageFilter filter;
    filter.ids = {id};
    const ActingAs acting(ActingAs::service(who)); // the audit says who wanted it
    return chained(desk->engine().cancel(filter, reason), desk->context(), [desk, id](const Result<CancelReport> &done) {
        if (!done)
            return QtFuture::makeReadyFuture(problem(done.error()));
        return chained(desk->engine().message(id), desk->context(), [desk, id](const Result<MessageDetail> &after) {
            if (!after)
                return problem(after.error());
            if (after->message.state == MessageState::Cancelled)
                return about(id, jsonResponse(200, messageView(*after, desk->engine())));
            return about(id, problem(409, "too_late", std::string("The message cannot be cancelled any more: it is ") + toString(after->message.state) + "."));
        });
    });
}

Answer cancelMessage(const DeskPtr &desk, Request &request) {
    const auto number = numberOf(request.parameters.front());
    if (!number)
        return noSuchMessage();
    auto reason = readReason(request);
    if (!reason)
        return problem(422, "invalid_reason", reason.error().detail);
    const MessageId id{*number};
    return chained(desk->engine().message(id), desk->context(),
        [desk, asker = askerOf(request), id, reason = *reason](const Result<MessageDetail> &detail) {
            if (!detail && detail.error().code == ErrorCode::NotFound)
                return tooLateFor(desk, asker, id);
            if (!detail)
                return QtFuture::makeReadyFuture(problem(detail.error()));
            const bool own = detail->message.createdBy == creator(asker);
            const bool known = own || asker.caller->may(ApiScope::Read) || asker.caller->may(ApiScope::Manage);
            if (!known || !asker.caller->maySee(detail->message.accountName) || !asker.caller->mayUse(detail->message.templateId))
                return QtFuture::makeReadyFuture(noSuchMessage());
            if (!own && !asker.caller->may(ApiScope::Manage))
                return QtFuture::makeReadyFuture(forbidden("Another handed this message over; to cancel it takes the scope manage.", "manage"));
            return cancelled(desk, id, creator(asker), reason);
        });
}

Answer getBatch(const DeskPtr &desk, Request &request) {
    const auto id = numberOf(request.parameters.front());
    const auto nothing = [] { return problem(404, "not_found", "There is no such batch, or it is not this caller's to see."); };
    if (!id)
        return nothing();
    return chained(desk->engine().batch(BatchId{*id}), desk->context(), [desk, nothing, asker = askerOf(request)](const Result<Batch> &batch) {
        if (!batch)
            return batch.error().code == ErrorCode::NotFound ? nothing() : problem(batch.error());
        const Caller &caller = *asker.caller;
        const std::string account = desk->accountName(batch->account);
        const bool theirs = caller.may(ApiScope::Read) || batch->createdBy == creator(asker);
        return theirs && caller.maySee(account) && caller.mayUse(desk->templateId(batch->templateRef)) ? jsonResponse(200, batchView(*batch, account)) : nothing();
    });
}

Answer getTemplates(const DeskPtr &desk, Request &request) {
    const std::string wanted(request.argument("account").value_or(std::string_view()));
    return chained(desk->engine().templates(), desk->context(), [desk, wanted, caller = request.caller](const Result<std::vector<Template>> &all) {
        if (!all)
            return problem(all.error());
        Json list = Json::array();
        for (const Template &t : *all) {
            const std::string account = desk->accountName(t.account);
            if ((wanted.empty() || wanted == account) && caller->maySee(account) && caller->mayUse(t.templateId))
                list.push_back(templateView(t, account));
        }
        return jsonResponse(200, {{"templates", list}});
    });
}

} // namespace

void addIntakeRoutes(Router &router, const DeskPtr &desk) {
    const auto forThose = [desk](ApiScopes scopes) { return [desk, scopes](Request &request) { return desk->admit(request, scopes); }; };
    const auto with = [desk](Answer (*handler)(const DeskPtr &, Request &)) { return [desk, handler](Request &request) { return handler(desk, request); }; };
    router.add({"POST", "/v1/messages", desk->settings().mostBody,
        [desk](Request &request) -> std::optional<Response> {
            if (auto refused = desk->admit(request, ApiScopes{ApiScope::Send}))
                return refused;
            const std::string type = mediaType(request);
            if (type != "application/json" && !isLines(type))
                return problem(415, "bad_type", "Content-Type must be application/json for one message or application/x-ndjson for many.");
            return desk->refuseIntake();
        },
        [desk](Request &request) { return isLines(mediaType(request)) ? takeMany(desk, request) : takeOne(desk, request); }});
    router.add({"GET", "/v1/messages", 0, forThose(ApiScopes{ApiScope::Send, ApiScope::Read}), with(&findMessage)});
    router.add({"GET", "/v1/messages/{id}", 0, forThose(ApiScopes{ApiScope::Send, ApiScope::Read}), with(&getMessage)});
    router.add({"POST", "/v1/messages/{id}/cancel", mostCancelBody, forThose(ApiScopes{ApiScope::Send, ApiScope::Manage}), with(&cancelMessage)});
    router.add({"GET", "/v1/batches/{id}", 0, forThose(ApiScopes{ApiScope::Send, ApiScope::Read}), with(&getBatch)});
    router.add({"GET", "/v1/templates", 0, forThose(ApiScopes{ApiScope::Send, ApiScope::Read}), with(&getTemplates)});
}

} // namespace songda::doors
