// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QMetaObject>
#include <QPromise>
#include <QThread>
#include <exception>
#include <memory>
#include <type_traits>
#include <utility>

/// How to go on when a future ends. QFuture::then(), unwrap() and their kin are not used (tests/architecture sees to
/// it): with Qt 6.4, a future that ends in another thread between then()'s look at it and its own last step runs the
/// function twice, the second time with what was moved away, which is a crash (measured: always within the first 100,000
/// tries of a loop that ends futures in another thread; when_done_test has the case); and one that ends after its context object is gone calls that object.
/// QFutureWatcher, which both of these are built on, has neither fault.
namespace songda {

namespace when_done {

template <class T> struct Flat {
    using Type = T;
};
template <class T> struct Flat<QFuture<T>> {
    using Type = T;
};

/// What `F` makes of the answer of a QFuture<T>; void has none.
template <class F, class T> struct Made {
    using Type = std::invoke_result_t<F, T>;
};
template <class F> struct Made<F, void> {
    using Type = std::invoke_result_t<F>;
};

template <class T> bool hasAnswer(const QFuture<T> &ended) {
    if constexpr (std::is_void_v<T>)
        return !ended.isCanceled();
    else
        return ended.resultCount() > 0;
}

/// Calls `f` with the ended future, in the thread of `context`, which must be the present one.
template <class T, class F> void watch(const QFuture<T> &future, QObject *context, F f) {
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [watcher, f = std::move(f)]() mutable {
        watcher->deleteLater();
        f(watcher->future());
    });
    watcher->setFuture(future);
}

} // namespace when_done

/// Calls `f` once with the future when it has ended, with or without an answer or with an exception; in the thread of
/// `context`, never before this returns, and not at all when `context` is gone before that. From any thread, as long
/// as `context` lives during the call.
template <class T, class F> void whenEnded(const QFuture<T> &future, QObject *context, F f) {
    if (context->thread() == QThread::currentThread())
        when_done::watch(future, context, std::move(f));
    else
        QMetaObject::invokeMethod(context, [future, context, f = std::move(f)]() mutable { when_done::watch(future, context, std::move(f)); }, Qt::QueuedConnection);
}

namespace when_done {

/// Ends `promise` as `future` ended.
template <class T> void pass(QFuture<T> future, QPromise<T> &promise) {
    try {
        future.waitForFinished(); // throws what was thrown
        if (hasAnswer(future))
            promise.addResult(future.result());
        else
            promise.future().cancel();
    } catch (...) {
        promise.setException(std::current_exception());
    }
    promise.finish();
}

} // namespace when_done

/// The same with the future's answer; not when it ends without one (whoever promised it was closed).
template <class T, class F> void whenDone(const QFuture<T> &future, QObject *context, F f) {
    whenEnded(future, context, [f = std::move(f)](const QFuture<T> &ended) mutable {
        if (when_done::hasAnswer(ended))
            f(ended.result());
    });
}

/// The same, with what `f` gives back as the answer of a new future; where that is a future itself, with its answer.
/// What `f` or the first future throws is the exception of the new one; it is cancelled when the first one is, or when
/// `context` is gone before the answer is there. `f` is called in the thread of `context`.
template <class T, class F> auto chained(const QFuture<T> &future, QObject *context, F f) {
    using Made = typename when_done::Made<F, T>::Type;
    using Answer = typename when_done::Flat<Made>::Type;
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    whenEnded(future, context, [promise, context, f = std::move(f)](QFuture<T> ended) mutable {
        const auto next = [&]() -> Made {
            if constexpr (std::is_void_v<T>)
                return f();
            else
                return f(ended.result());
        };
        try {
            ended.waitForFinished(); // throws what was thrown
            if (!when_done::hasAnswer(ended)) {
                promise->future().cancel();
            } else if constexpr (std::is_same_v<Made, QFuture<Answer>>) {
                whenEnded(next(), context, [promise](const QFuture<Answer> &last) { when_done::pass(last, *promise); });
                return;
            } else {
                promise->addResult(next());
            }
        } catch (...) {
            promise->setException(std::current_exception());
        }
        promise->finish();
    });
    return promise->future();
}

} // namespace songda
