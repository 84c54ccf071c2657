// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/exchanges.h"

#include "engine/net/bulk_port.h"

#include <algorithm>
#include <chrono>

namespace songda::net::testing {

namespace {
/// How long a wait may take before the test has failed; not a measure of anything.
constexpr std::chrono::seconds patience{30};
} // namespace

bool onBulkPort() { return qgetenv("SONGDA_TEST_PORT") == "bulk"; }

Exchanges::Exchanges(LanePool::Options options) {
    HttpPort::FinishedHandler finished = [this](std::vector<Finished> list) {
        {
            const std::lock_guard lock(m_mutex);
            for (Finished &one : list)
                m_finished[one.id].push_back(std::move(one.response));
        }
        m_changed.notify_all();
        if (whenTold)
            whenTold();
    };
    if (onBulkPort())
        m_pool = std::make_unique<BulkPort>(options.extraRootsPem.toStdString(), std::move(finished));
    else
        m_pool = std::make_unique<LanePool>(std::move(options), std::move(finished));
}

ExchangeId Exchanges::start(HttpRequest request, PeerKey peer) {
    const ExchangeId id = m_started.size() + 1;
    m_started.push_back(id);
    m_pool->start(peer, id, std::move(request));
    return id;
}

bool Exchanges::waitForAll() const {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, patience, [this] { return m_finished.size() >= m_started.size(); });
}

bool Exchanges::waitFor(ExchangeId id) const {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, patience, [this, id] { return m_finished.contains(id); });
}

HttpResponse Exchanges::of(ExchangeId id) const {
    const std::lock_guard lock(m_mutex);
    const auto it = m_finished.find(id);
    return it == m_finished.end() ? HttpResponse{} : it->second.front();
}

int Exchanges::finishes(ExchangeId id) const {
    const std::lock_guard lock(m_mutex);
    const auto it = m_finished.find(id);
    return it == m_finished.end() ? 0 : static_cast<int>(it->second.size());
}

bool Exchanges::eachFinishedOnce() {
    const bool all = waitForAll();
    destroyPool();
    return all && std::all_of(m_started.begin(), m_started.end(), [this](ExchangeId id) { return finishes(id) == 1; });
}

HttpRequest post(const std::string &url, const QByteArray &body) {
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = url;
    request.contentType = "application/json";
    request.body = body.toStdString();
    return request;
}

HttpRequest get(const std::string &url) {
    HttpRequest request;
    request.url = url;
    return request;
}

QByteArray textOf(const HttpResponse &response) {
    QByteArray text = QByteArray::fromStdString(response.body) + '\n' + QByteArray::fromStdString(response.contentType);
    for (const auto &part : {response.retryAfter, response.location})
        text += '\n' + QByteArray::fromStdString(part.value_or(std::string()));
    return text;
}

QByteArray nameOf(WirePhase phase) {
    switch (phase) {
    case WirePhase::NotWritten: return "NotWritten";
    case WirePhase::Written: return "Written";
    case WirePhase::Answered: return "Answered";
    }
    return "?";
}

QByteArray nameOf(HttpFailure failure) {
    switch (failure) {
    case HttpFailure::None: return "None";
    case HttpFailure::NameLookup: return "NameLookup";
    case HttpFailure::ConnectionRefused: return "ConnectionRefused";
    case HttpFailure::ConnectTimeout: return "ConnectTimeout";
    case HttpFailure::Unreachable: return "Unreachable";
    case HttpFailure::Proxy: return "Proxy";
    case HttpFailure::ProxyLogin: return "ProxyLogin";
    case HttpFailure::TlsHandshake: return "TlsHandshake";
    case HttpFailure::TlsUntrusted: return "TlsUntrusted";
    case HttpFailure::Closed: return "Closed";
    case HttpFailure::Timeout: return "Timeout";
    case HttpFailure::BrokenBody: return "BrokenBody";
    case HttpFailure::TooLarge: return "TooLarge";
    case HttpFailure::Cancelled: return "Cancelled";
    case HttpFailure::Other: return "Other";
    }
    return "?";
}

} // namespace songda::net::testing
