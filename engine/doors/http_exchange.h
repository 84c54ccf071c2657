// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/body_budget.h"
#include "engine/doors/connection_table.h"
#include "engine/doors/http_message.h"
#include "engine/doors/http_server.h"

#include <atomic>
#include <memory>
#include <mutex>

struct MHD_Connection;

namespace songda::doors {

/// Promised answers under way: at the end of the server whoever still waits is let go.
class PendingAnswers {
public:
    /// One request that waits for its answer.
    struct Entry {
        MHD_Connection *connection = nullptr; ///< while suspended
        std::optional<Response> response;
    };
    using Handle = std::shared_ptr<Entry>;

    /// The connection is suspended already. Nothing when the server ends.
    Handle add(MHD_Connection *connection);
    /// Gives the answer; later ones are dropped. Resumes the connection.
    void settle(const Handle &entry, Response response);
    std::optional<Response> take(const Handle &entry);
    /// Answers all with 503, and whatever comes later at once.
    void end();

private:
    std::mutex m_mutex;
    std::vector<Handle> m_entries;
    bool m_ended = false;
};

/// Whether heads must be looked at here. Since 0.9.77 the library can be told to be strict, and says nothing of where
/// things lie.
bool libraryIsLenient();

/// One request from its first callback to the end of its answer. Serving thread only.
class HttpExchange {
public:
    HttpExchange(MHD_Connection *connection, Connection &link, const HttpServer::Settings &settings, const HttpServer::Hooks &hooks,
        BodyBudget &bodies, std::shared_ptr<PendingAnswers> pending, const std::atomic<bool> &lastAnswers)
        : m_connection(connection)
        , m_link(link)
        , m_settings(settings)
        , m_hooks(hooks)
        , m_bodies(bodies)
        , m_pending(std::move(pending))
        , m_lastAnswers(lastAnswers) {}
    ~HttpExchange() { dropBody(); }
    HttpExchange(const HttpExchange &) = delete;
    HttpExchange &operator=(const HttpExchange &) = delete;

    /// Each returns false to close the connection without an answer.
    bool begin(const char *method, const char *version);
    bool append(std::string_view data);
    bool proceed();

private:
    bool send(Response response);
    /// Its memory is free for others.
    void dropBody();

    MHD_Connection *const m_connection;
    Connection &m_link;
    const HttpServer::Settings &m_settings;
    const HttpServer::Hooks &m_hooks;
    BodyBudget &m_bodies;
    const std::shared_ptr<PendingAnswers> m_pending;
    const std::atomic<bool> &m_lastAnswers;
    Request m_request;
    std::size_t m_mostBody = 0;
    std::optional<Response> m_refusal; ///< by the head, of a request without a body
    std::size_t m_taken = 0; ///< from the budget of all bodies
    bool m_tooLarge = false;
    bool m_noRoom = false; ///< the budget was used up
    bool m_answered = false;
    PendingAnswers::Handle m_waiting;
};

} // namespace songda::doors
