// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/event_pusher.h"

#include <curl/curl.h>

#include <algorithm>
#include <random>
#include <utility>

namespace songda::simulator {

namespace {

constexpr int senders = 4;
constexpr int tries = 3;
constexpr long patienceMs = 5000;
constexpr std::size_t keptAnswer = 4096;

/// One sender's connection, kept between reports.
class Wire {
public:
    explicit Wire(const std::atomic<bool> &stopping)
        : m_easy(curl_easy_init(), curl_easy_cleanup)
        , m_headers(curl_slist_append(nullptr, "Content-Type: text/xml"), curl_slist_free_all) {
        curl_easy_setopt(m_easy.get(), CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(m_easy.get(), CURLOPT_PROXY, "");
        curl_easy_setopt(m_easy.get(), CURLOPT_TIMEOUT_MS, patienceMs);
        curl_easy_setopt(m_easy.get(), CURLOPT_USERAGENT, "Mozilla/4.0");
        curl_easy_setopt(m_easy.get(), CURLOPT_HTTPHEADER, m_headers.get());
        // Whoever is practised with has a certificate of their own making, if any.
        curl_easy_setopt(m_easy.get(), CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(m_easy.get(), CURLOPT_WRITEFUNCTION, &Wire::onBody);
        curl_easy_setopt(m_easy.get(), CURLOPT_WRITEDATA, &m_answer);
        curl_easy_setopt(m_easy.get(), CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(m_easy.get(), CURLOPT_XFERINFOFUNCTION, &Wire::onProgress);
        curl_easy_setopt(m_easy.get(), CURLOPT_XFERINFODATA, &stopping);
    }

    /// Whether it was taken.
    bool post(const std::string &url, const PushRequest &push) {
        m_answer.clear();
        const std::string address = url + push.query;
        curl_easy_setopt(m_easy.get(), CURLOPT_URL, address.c_str());
        curl_easy_setopt(
            m_easy.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(push.body.size()));
        curl_easy_setopt(m_easy.get(), CURLOPT_POSTFIELDS, push.body.c_str());
        if (curl_easy_perform(m_easy.get()) != CURLE_OK) {
            return false;
        }
        long status = 0;
        curl_easy_getinfo(m_easy.get(), CURLINFO_RESPONSE_CODE, &status);
        return status == 200 && (m_answer.empty() || m_answer == "success");
    }

private:
    static std::size_t onBody(const char *bytes, std::size_t size, std::size_t count, void *answer) {
        auto &text = *static_cast<std::string *>(answer);
        text.append(bytes, std::min(size * count, keptAnswer - std::min(keptAnswer, text.size())));
        return size * count;
    }

    /// Asked several times a second: ends what is under way when there is nobody left to wait for it.
    static int onProgress(const void *stopping, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        return *static_cast<const std::atomic<bool> *>(stopping) ? 1 : 0;
    }

    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> m_easy;
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> m_headers;
    std::string m_answer;
};

} // namespace

EventPusher::EventPusher(std::function<TimePoint()> clock, std::function<std::string()> appid)
    : m_clock(std::move(clock))
    , m_appid(std::move(appid)) { }

EventPusher::~EventPusher() {
    stop();
}

void EventPusher::setTarget(std::optional<EventTarget> target) {
    const std::lock_guard lock{m_mutex};
    m_on = target.has_value();
    if (!target) {
        m_target.reset();
        m_due = {};
        return;
    }
    m_target = std::make_shared<const EventTarget>(std::move(*target));
    if (!m_threads.empty() || m_stopping) {
        return;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    std::random_device device;
    for (int i = 0; i < senders; ++i) {
        m_threads.emplace_back([this, seed = (std::uint64_t{device()} << 32) | device()] { run(seed); });
    }
}

void EventPusher::report(std::string_view openid, std::uint64_t msgid) {
    if (!m_on) {
        return;
    }
    const TimePoint now = m_clock();
    const std::lock_guard lock{m_mutex};
    if (!m_target) {
        return;
    }
    Due due{std::chrono::steady_clock::now() + m_target->delay, 0, {std::string{openid}, msgid, now}, {},
        m_target};
    due.status = statusOf(*m_target, due.report);
    if (due.status.empty()) {
        ++m_counts.dropped;
        return;
    }
    ++m_counts.due;
    for (int copy = 0; copy < m_target->copies; ++copy) {
        due.number = ++m_number;
        m_due.push(due);
    }
    m_changed.notify_one();
}

PushCounts EventPusher::counts() const {
    const std::lock_guard lock{m_mutex};
    PushCounts counts = m_counts;
    counts.waiting = m_due.size();
    return counts;
}

void EventPusher::stop() {
    {
        const std::lock_guard lock{m_mutex};
        m_stopping = true;
        m_on = false;
        m_changed.notify_all();
    }
    for (std::thread &thread : m_threads) {
        if (thread.joinable()) {
            thread.join();
        }
    }
}

void EventPusher::run(std::uint64_t seed) {
    Wire wire{m_stopping};
    std::mt19937_64 random{seed};
    std::unique_lock lock{m_mutex};
    while (!m_stopping) {
        if (m_due.empty()) {
            m_changed.wait(lock);
            continue;
        }
        if (const auto at = m_due.top().at; at > std::chrono::steady_clock::now()) {
            m_changed.wait_until(lock, at);
            continue;
        }
        const Due due = m_due.top();
        m_due.pop();
        lock.unlock();
        bool taken = false;
        int tried = 0;
        while (!taken && tried < tries && !m_stopping) {
            ++tried;
            std::string bytes;
            for (int i = 0; i < 16; ++i) {
                bytes += static_cast<char>(random() & 0xff);
            }
            const auto push = writePush(*due.target, m_appid(), due.report, due.status, m_clock(),
                std::to_string(random() % 10'000'000'000), bytes);
            taken = push && wire.post(due.target->url, *push);
        }
        lock.lock();
        m_counts.tries += static_cast<std::uint64_t>(tried);
        ++(taken ? m_counts.answered : m_counts.givenUp);
    }
}

} // namespace songda::simulator
