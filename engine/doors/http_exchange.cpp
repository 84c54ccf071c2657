// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/http_exchange.h"

#include "engine/doors/problem.h"
#include "engine/doors/request_head.h"
#include "engine/when_done.h"

#include <algorithm>
#include <cstring>
#include <microhttpd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace songda::doors {

namespace {

/// What the library sends, as long as it needs it.
using Content = std::shared_ptr<const std::string>;
using Values = std::vector<std::pair<std::string_view, std::string_view>>;

MHD_Result collect(void *values, MHD_ValueKind, const char *name, std::size_t nameSize, const char *value, std::size_t valueSize) {
    static_cast<Values *>(values)->emplace_back(
        std::string_view(name, nameSize), value ? std::string_view(value, valueSize) : std::string_view(name + nameSize, 0));
    return MHD_YES;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

/// Whether more requests than that have come behind the one that was just read, by what the library has not taken yet.
bool moreWaitBehind(int socket, int most) {
    constexpr std::string_view endOfHead = "\r\n\r\n";
    int waiting = 0;
    if (ioctl(socket, FIONREAD, &waiting) != 0 || waiting < most * static_cast<int>(endOfHead.size()))
        return false;
    thread_local std::string ahead(131'072, '\0');
    const auto got = ::recv(socket, ahead.data(), ahead.size(), MSG_PEEK | MSG_DONTWAIT);
    std::string_view rest(ahead.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    int heads = 0;
    for (std::size_t at = rest.find(endOfHead); at != std::string_view::npos && heads <= most; at = rest.find(endOfHead)) {
        ++heads;
        rest.remove_prefix(at + endOfHead.size());
    }
    return heads > most;
}

Response tooLarge(std::size_t most) {
    Response response = problem(413, "body_too_large", "The body is larger than " + std::to_string(most) + " bytes, the most this path takes.");
    response.close = true;
    return response;
}

} // namespace

bool libraryIsLenient() {
    static const bool lenient = std::strcmp(MHD_get_version(), "0.9.77") < 0;
    return lenient;
}

PendingAnswers::Handle PendingAnswers::add(MHD_Connection *connection) {
    auto entry = std::make_shared<Entry>();
    entry->connection = connection;
    const std::lock_guard lock(m_mutex);
    if (m_ended)
        return nullptr;
    m_entries.push_back(entry);
    return entry;
}

void PendingAnswers::settle(const Handle &entry, Response response) {
    const std::lock_guard lock(m_mutex);
    if (!entry->connection)
        return;
    entry->response = std::move(response);
    m_entries.erase(std::find(m_entries.begin(), m_entries.end(), entry));
    // Under the lock: once the server has ended there is no connection to resume.
    MHD_resume_connection(std::exchange(entry->connection, nullptr));
}

std::optional<Response> PendingAnswers::take(const Handle &entry) {
    const std::lock_guard lock(m_mutex);
    return std::exchange(entry->response, std::nullopt);
}

void PendingAnswers::end() {
    const std::lock_guard lock(m_mutex);
    m_ended = true;
    for (const Handle &entry : m_entries) {
        entry->response = unavailable("stopping", "The engine stops; whether the request was carried out is not known here. Ask again.", 10);
        MHD_resume_connection(std::exchange(entry->connection, nullptr));
    }
    m_entries.clear();
}

bool HttpExchange::begin(const char *method, const char *version) {
    m_request.client = m_link.peer.text(); // until the head has been found sound
    Values values;
    MHD_get_connection_values_n(m_connection, MHD_HEADER_KIND, &collect, &values);
    const auto *info = MHD_get_connection_info(m_connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    const RawHead head{method, m_link.target, m_link.targetAt, version, std::move(values), info ? info->header_size : 0};
    if (libraryIsLenient() && !liesAsSent(head)) {
        Response response = problem(400, "bad_head", "The request's head is not written as HTTP/1.1 demands: each line ends with CR LF, none is folded.");
        response.close = true;
        return send(std::move(response));
    }
    m_request.method = head.method;
    if (auto refusal = refuseHead(head, m_settings.mostHead))
        return send(std::move(*refusal));
    const std::size_t question = head.target.find('?');
    m_request.path = head.target.substr(0, question);
    if (question != std::string_view::npos) {
        auto query = parseQuery(head.target.substr(question + 1));
        if (!query)
            return send(problem(400, "bad_target", "The query is not well formed."));
        m_request.query = std::move(*query);
        m_request.queryText = head.target.substr(question + 1);
    }
    m_request.headers.reserve(head.headers.size());
    for (const auto &[name, value] : head.headers)
        m_request.headers.push_back({lower(name), std::string(value)});
    findClient(m_request, m_link.peer, m_settings.trustedProxies);
    if (const auto expect = m_request.header("expect"); expect && lower(*expect) != "100-continue")
        return send(problem(417, "bad_expectation", "Only the expectation 100-continue is known."));
    if (!m_link.enter(Connection::Phase::Reading))
        return false;

    Admission admission = m_hooks.admit(m_request);
    const auto announced = announcedLength(head);
    if (admission.refusal) {
        // An answer given now ends the connection. That spares a body; without one the answer can wait a moment.
        if (announced.value_or(0) > 0 || m_request.header("transfer-encoding"))
            return send(std::move(*admission.refusal));
        m_refusal = std::move(admission.refusal);
        return true;
    }
    m_mostBody = admission.mostBody;
    if (announced && *announced > m_mostBody)
        return send(tooLarge(m_mostBody));
    if (announced)
        m_request.body.reserve(std::min(*announced, BodyBudget::freeOfEach)); // the rest when it has really come
    return true;
}

bool HttpExchange::append(std::string_view data) {
    if (m_answered)
        return true; // what still comes after a refusal is dropped
    // The library takes an answer before a body or after it. What is dropped earns no time.
    if (m_tooLarge || m_noRoom)
        return true;
    m_tooLarge = m_request.body.size() + data.size() > m_mostBody; // sent in chunks
    if (m_tooLarge) {
        dropBody();
        return true;
    }
    m_request.body += data;
    const std::size_t counts = m_request.body.capacity() - std::min(m_request.body.capacity(), BodyBudget::freeOfEach);
    if (counts > m_taken) {
        m_noRoom = !m_bodies.take(counts - m_taken, m_request.caller != nullptr);
        if (m_noRoom) {
            dropBody();
            return true;
        }
        m_taken = counts;
    }
    m_link.bytes += data.size();
    return true;
}

bool HttpExchange::proceed() {
    if (m_answered)
        return true;
    if (m_waiting) {
        auto response = m_pending->take(m_waiting);
        return response ? send(std::move(*response)) : true;
    }
    // Of what comes in TLS the requests cannot be told before the library has read them.
    if (m_settings.certificateFile.empty() && moreWaitBehind(m_link.socket, m_settings.mostBehind)) {
        Response response = problem(400, "too_many_waiting", "Too many requests wait behind this one. Wait for answers before sending more.");
        response.close = true;
        return send(std::move(response));
    }
    if (m_refusal)
        return send(std::move(*m_refusal));
    if (m_tooLarge)
        return send(tooLarge(m_mostBody));
    if (m_noRoom)
        return send(unavailable("too_much_at_once", "Too many large requests are being sent at once. Nothing was done. Try again later, or send less at a time.", 5));
    if (!m_link.enter(Connection::Phase::Working))
        return false; // cut just before: nothing is done that nobody is told of
    Answer answer = m_hooks.handle(m_request);
    dropBody(); // who waits long, or reads slowly, need not keep it
    if (!answer.isLater())
        return send(answer.takeNow());
    // Suspended first: the answer may be there before this returns.
    MHD_suspend_connection(m_connection);
    m_waiting = m_pending->add(m_connection);
    if (!m_waiting) {
        MHD_resume_connection(m_connection);
        return false;
    }
    whenEnded(answer.later(), m_hooks.context, [pending = m_pending, entry = m_waiting](QFuture<Response> given) {
        try {
            given.waitForFinished(); // throws what was thrown
            pending->settle(entry, given.resultCount() > 0 ? given.result() : unavailable("stopping", "The engine stops. Ask again.", 10));
        } catch (...) {
            pending->settle(entry, problem(500, "internal", "The request could not be carried out."));
        }
    });
    return true;
}

void HttpExchange::dropBody() {
    m_request.body = std::string();
    m_bodies.give(std::exchange(m_taken, 0));
}

bool HttpExchange::send(Response response) {
    m_answered = true;
    if (!m_link.enter(Connection::Phase::Writing))
        return false;
    if (m_hooks.answered)
        m_hooks.answered(m_request, response);
    // Not copied: many who read slowly would hold as many copies.
    auto content = std::make_unique<Content>(response.lasting ? std::move(response.lasting) : std::make_shared<const std::string>(std::move(response.body)));
    const std::size_t size = (*content)->size();
    MHD_Response *out = MHD_create_response_from_buffer_with_free_callback_cls(
        size, const_cast<char *>((*content)->data()), [](void *kept) { delete static_cast<Content *>(kept); }, content.get());
    if (!out)
        return false;
    static_cast<void>(content.release()); // the library's now
    const auto add = [&](const char *name, const std::string &value) { MHD_add_response_header(out, name, value.c_str()); };
    if (!response.contentType.empty())
        add("Content-Type", response.contentType);
    add("Cache-Control", "no-store");
    add("X-Content-Type-Options", "nosniff");
    for (const std::vector<Header> *headers : {&response.headers, &m_request.limits}) {
        for (const Header &h : *headers)
            add(h.name.c_str(), h.value);
    }
    if (response.close || m_lastAnswers || ++m_link.requests >= m_settings.requestsPerConnection)
        add("Connection", "close");
    m_link.bytes = size;
    const MHD_Result queued = MHD_queue_response(m_connection, static_cast<unsigned>(response.status), out);
    MHD_destroy_response(out);
    return queued == MHD_YES;
}

} // namespace songda::doors
