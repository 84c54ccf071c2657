// SPDX-License-Identifier: GPL-3.0-or-later
//
// How futures go on: once each, in the right thread, and not for what is gone.
#include "engine/when_done.h"

#include <QTest>
#include <atomic>
#include <stdexcept>
#include <thread>

using namespace songda;

namespace {

/// A thread that ends promises as soon as it sees them: as near as can be to the moment somebody waits for them.
class Ender {
public:
    ~Ender() {
        m_stop = true;
        m_thread.join();
    }
    QFuture<int> end(int value) {
        auto *promise = new QPromise<int>;
        promise->start();
        auto future = promise->future();
        m_value = value;
        m_next = promise;
        return future;
    }

private:
    std::atomic<QPromise<int> *> m_next{nullptr};
    std::atomic<int> m_value{0};
    std::atomic<bool> m_stop{false};
    std::thread m_thread{[this] {
        while (!m_stop) {
            const std::unique_ptr<QPromise<int>> promise(m_next.exchange(nullptr));
            if (!promise) {
                std::this_thread::yield();
                continue;
            }
            promise->addResult(m_value.load());
            promise->finish();
        }
    }};
};

template <class T> QFuture<T> ended(QPromise<T> &promise) {
    promise.start();
    auto future = promise.future();
    promise.finish();
    return future;
}

} // namespace

class WhenDoneTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachEndIsTakenOnceWhateverTheMoment();
    void goesOnInTheThreadOfItsContext();
    void whatIsGoneIsNotCalled();
    void anEndWithoutAnswerIsNone();
    void aChainFlattensAndHandsOnWhatIsThrown();
};

void WhenDoneTest::eachEndIsTakenOnceWhateverTheMoment() {
    constexpr int tries = 20'000;
    Ender ender;
    std::vector<int> taken(tries, 0);
    int chainedOnes = 0;
    QObject context;
    for (int i = 0; i < tries; ++i) {
        const auto future = ender.end(i);
        for (int spin = 0; spin < i % 500; ++spin)
            std::atomic_signal_fence(std::memory_order_seq_cst); // another moment each time
        if (i % 2 == 0)
            whenDone(future, &context, [&taken](int value) { ++taken[static_cast<std::size_t>(value)]; });
        else
            whenDone(chained(future, &context, [](int value) { return QtFuture::makeReadyFuture(value); }), &context, [&](int value) {
                ++taken[static_cast<std::size_t>(value)];
                ++chainedOnes;
            });
        QFuture<int>(future).waitForFinished();
        if (i % 64 == 0)
            QCoreApplication::processEvents();
    }
    QTRY_COMPARE(chainedOnes, tries / 2);
    QCOMPARE(std::count(taken.begin(), taken.end(), 1), tries);
}

void WhenDoneTest::goesOnInTheThreadOfItsContext() {
    QThread thread;
    QObject context;
    context.moveToThread(&thread);
    thread.start();
    QPromise<int> promise;
    promise.start();
    std::atomic<QThread *> where{nullptr};
    whenDone(promise.future(), &context, [&](int) { where = QThread::currentThread(); });
    promise.addResult(1);
    QVERIFY(where == nullptr);
    promise.finish();
    QTRY_COMPARE(where.load(), &thread);
    thread.quit();
    thread.wait();
}

void WhenDoneTest::whatIsGoneIsNotCalled() {
    QPromise<int> promise;
    promise.start();
    bool called = false;
    QFuture<int> next;
    {
        QObject context;
        whenDone(promise.future(), &context, [&](int) { called = true; });
        next = chained(promise.future(), &context, [&](int value) {
            called = true;
            return value;
        });
    }
    promise.addResult(1);
    promise.finish();
    QCoreApplication::processEvents();
    QVERIFY(!called);
    QVERIFY(next.isFinished() && next.isCanceled());
}

void WhenDoneTest::anEndWithoutAnswerIsNone() {
    QObject context;
    QFuture<int> broken;
    {
        QPromise<int> promise;
        promise.start();
        broken = promise.future();
    }
    bool called = false;
    bool seen = false;
    whenDone(broken, &context, [&](int) { called = true; });
    whenEnded(broken, &context, [&](const QFuture<int> &future) { seen = future.resultCount() == 0; });
    auto next = chained(broken, &context, [](int value) { return value; });
    QTRY_VERIFY(seen && next.isFinished());
    QVERIFY(!called && next.isCanceled());
    QPromise<void> promise;
    bool done = false;
    whenDone(chained(ended(promise), &context, [] { return 7; }), &context, [&](int value) { done = value == 7; });
    QTRY_VERIFY(done);
}

void WhenDoneTest::aChainFlattensAndHandsOnWhatIsThrown() {
    QObject context;
    auto throwing = chained(QtFuture::makeReadyFuture(1), &context, [](int) -> int { throw std::runtime_error("first"); });
    auto second = chained(throwing, &context, [](int value) { return QtFuture::makeReadyFuture(value); });
    auto third = chained(QtFuture::makeReadyFuture(1), &context, [throwing](int) { return throwing; });
    QTRY_VERIFY(second.isFinished() && third.isFinished());
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, second.result());
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, third.result());
}

QTEST_GUILESS_MAIN(WhenDoneTest)
#include "when_done_test.moc"
