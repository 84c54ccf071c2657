// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/integration/scripted_server.h"

#include <nlohmann/json.hpp>
#include <openssl/hmac.h>

#include <QByteArray>
#include <QDateTime>
#include <map>
#include <mutex>
#include <set>

namespace songda::testing {

/// A business system that is told what became of messages, and checks each delivery by itself: written from the text of
/// Standard Webhooks, not from our code.
class HookReceiver {
public:
    using Seen = net::testing::SeenRequest;
    /// What is answered; by how many came before.
    using Answer = std::function<QByteArray(const Seen &, int before)>;

    explicit HookReceiver(Answer answer = {})
        : m_answer(std::move(answer))
        , m_server([this](int, int) {
            net::testing::Plan plan;
            plan.answerTo = [this](const Seen &seen) { return take(seen); };
            return plan;
        }) {}

    std::string url() const { return m_server.base() + "/songda"; }
    quint16 port() const { return m_server.port(); }
    void setSecret(const std::string &secret) {
        const std::lock_guard lock(m_mutex);
        m_secret = QByteArray::fromBase64(QByteArray::fromStdString(secret).mid(6));
    }
    void setAnswer(Answer answer) {
        const std::lock_guard lock(m_mutex);
        m_answer = std::move(answer);
    }

    static QByteArray status(int code, const QByteArray &headers = {}) {
        return net::testing::answer(QByteArray::number(code) + " X", headers, code == 204 ? "" : "x");
    }
    /// Whether a delivery is signed with the secret, by OpenSSL's HMAC.
    static bool isSigned(const Seen &seen, const QByteArray &secret) {
        const QByteArray text = seen.first("webhook-id") + "." + seen.first("webhook-timestamp") + "." + seen.body;
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned int size = 0;
        HMAC(EVP_sha256(), secret.constData(), static_cast<int>(secret.size()), reinterpret_cast<const unsigned char *>(text.constData()),
            static_cast<std::size_t>(text.size()), digest, &size);
        const QByteArray wanted = "v1," + QByteArray(reinterpret_cast<const char *>(digest), static_cast<qsizetype>(size)).toBase64();
        return seen.first("webhook-signature").split(' ').contains(wanted);
    }

    struct Record {
        int requests = 0;
        int badlySigned = 0;
        int outOfTime = 0;
        int changed = 0; ///< came again under the same id with other bytes
        std::map<QByteArray, QByteArray> taken; ///< bodies by id, answered 2xx
        std::set<std::pair<qint64, std::string>> outcomes; ///< message and state, answered 2xx
        int again = 0; ///< taken before
        std::vector<QByteArray> traceparents;
    };
    Record record() const {
        const std::lock_guard lock(m_mutex);
        return m_record;
    }
    std::size_t outcomes() const { return record().outcomes.size(); }

private:
    QByteArray take(const Seen &seen) {
        const std::lock_guard lock(m_mutex);
        const QByteArray answer = m_answer ? m_answer(seen, m_record.requests) : status(204);
        ++m_record.requests;
        m_record.badlySigned += isSigned(seen, m_secret) ? 0 : 1;
        const qint64 age = QDateTime::currentSecsSinceEpoch() - seen.first("webhook-timestamp").toLongLong();
        m_record.outOfTime += std::abs(age) > 5 ? 1 : 0;
        if (!seen.first("traceparent").isEmpty())
            m_record.traceparents.push_back(seen.first("traceparent"));
        const QByteArray id = seen.first("webhook-id");
        const auto [known, fresh] = m_record.taken.try_emplace(id, seen.body);
        m_record.changed += known->second != seen.body ? 1 : 0;
        if (!answer.startsWith("HTTP/1.1 2")) {
            if (fresh)
                m_record.taken.erase(known);
            return answer;
        }
        m_record.again += fresh ? 0 : 1;
        const auto body = nlohmann::json::parse(seen.body.toStdString(), nullptr, false);
        const auto data = body.is_object() ? body.find("data") : body.end(); // a group robot's notice has none
        if (data != body.end() && data->contains("state"))
            m_record.outcomes.emplace(data->at("message_id").get<qint64>(), data->at("state").get<std::string>());
        return answer;
    }

    mutable std::mutex m_mutex;
    Answer m_answer;
    QByteArray m_secret;
    Record m_record;
    net::testing::ScriptedServer m_server; ///< last: its thread uses the others
};

} // namespace songda::testing
