// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/lane_pool.h"

#include "engine/net/lane.h"

#include <QSslCertificate>
#include <algorithm>

namespace songda::net {

LanePool::LanePool(Options options, FinishedHandler finished)
    : m_finished(std::move(finished)) {
    const auto roots = options.extraRootsPem.isEmpty() ? QList<QSslCertificate>{}
                                                       : QSslCertificate::fromData(options.extraRootsPem, QSsl::Pem);
    for (int i = 0; i < std::clamp(options.lanes, 1, 16); ++i) {
        auto worker = std::make_unique<Worker>();
        Worker *w = worker.get();
        w->lane = new Lane(
            [this, w](std::vector<Finished> finishedOnes) {
                {
                    const std::scoped_lock lock(m_mutex, w->mutex);
                    for (const Finished &f : finishedOnes) {
                        if (const auto it = m_where.find(f.id); it != m_where.end()) {
                            --w->load[it->second.second];
                            m_where.erase(it);
                        }
                    }
                }
                m_finished(std::move(finishedOnes));
            },
            roots);
        w->lane->moveToThread(&w->thread);
        w->thread.setObjectName(QStringLiteral("lane-%1").arg(i));
        QObject::connect(&w->thread, &QThread::finished, w->lane, &QObject::deleteLater);
        w->thread.start();
        m_workers.push_back(std::move(worker));
    }
}

LanePool::~LanePool() {
    for (auto &worker : m_workers)
        worker->thread.quit();
    for (auto &worker : m_workers)
        worker->thread.wait();
    // What was handed over but never looked at by its lane gets its answer too.
    std::vector<Finished> left;
    for (auto &worker : m_workers) {
        for (const Command &command : worker->commands) {
            if (command.kind != Command::Kind::Start)
                continue;
            HttpResponse response;
            response.failure = HttpFailure::Cancelled;
            left.push_back({command.id, std::move(response)});
        }
    }
    if (!left.empty())
        m_finished(std::move(left));
}

void LanePool::setConnections(PeerKey peer, int connections) {
    const int total = std::clamp(connections, 1, 480);
    const int lanes = static_cast<int>(m_workers.size());
    for (int i = 0; i < lanes; ++i) {
        Worker &w = *m_workers[static_cast<std::size_t>(i)];
        const int share = total / lanes + (i < total % lanes ? 1 : 0);
        w.capacity[peer] = share;
        if (share > 0)
            QMetaObject::invokeMethod(w.lane, [lane = w.lane, peer, share] { lane->setConnections(peer, share); });
    }
}

void LanePool::start(PeerKey peer, ExchangeId id, HttpRequest request) {
    const std::size_t worker = pick(peer);
    {
        const std::scoped_lock lock(m_mutex, m_workers[worker]->mutex);
        m_where.emplace(id, std::pair{worker, peer});
        ++m_workers[worker]->load[peer];
    }
    post(worker, Command{Command::Kind::Start, peer, id, std::move(request)});
}

void LanePool::cancel(ExchangeId id) {
    std::size_t worker = 0;
    {
        const std::lock_guard lock(m_mutex);
        const auto it = m_where.find(id);
        if (it == m_where.end())
            return;
        worker = it->second.first;
    }
    post(worker, Command{Command::Kind::Cancel, {}, id, {}});
}

std::size_t LanePool::pick(PeerKey peer) {
    std::size_t best = 0;
    int bestRoom = INT_MIN;
    for (std::size_t i = 0; i < m_workers.size(); ++i) {
        Worker &w = *m_workers[i];
        const auto capacity = w.capacity.find(peer);
        const std::lock_guard lock(w.mutex);
        const int room = (capacity == w.capacity.end() ? Lane::connectionsPerManager : capacity->second) - w.load[peer];
        const bool usable = capacity == w.capacity.end() || capacity->second > 0;
        if (usable && room > bestRoom) {
            best = i;
            bestRoom = room;
        }
    }
    return best;
}

void LanePool::post(std::size_t worker, Command command) {
    Worker &w = *m_workers[worker];
    bool wake = false;
    {
        const std::lock_guard lock(w.mutex);
        wake = w.commands.empty();
        w.commands.push_back(std::move(command));
    }
    // One wake-up for all that gather until the lane looks.
    if (wake)
        QMetaObject::invokeMethod(w.lane, [this, &w] { drain(w); }, Qt::QueuedConnection);
}

void LanePool::drain(Worker &w) {
    std::vector<Command> commands;
    {
        const std::lock_guard lock(w.mutex);
        commands.swap(w.commands);
    }
    for (Command &c : commands) {
        if (c.kind == Command::Kind::Start)
            w.lane->start(c.peer, c.id, std::move(c.request));
        else
            w.lane->cancel(c.id);
    }
}

} // namespace songda::net
