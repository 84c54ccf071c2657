// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/passphrase.h"

#include <QApplication>
#include <QInputDialog>
#include <QThread>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace songda::console {

namespace {

struct Passphrase {
    Q_DECLARE_TR_FUNCTIONS(Passphrase)
};

/// What a thread waits for that is not the GUI's.
struct Question {
    bool isOver = false;
    std::optional<std::string> answer;
};

std::mutex s_mutex;
std::condition_variable s_answered;
bool s_noMore = false; ///< guarded by s_mutex, as every Question

std::optional<std::string> ask() {
    bool given = false;
    const QString text = QInputDialog::getText(QApplication::activeWindow(), Passphrase::tr("Passphrase"),
        Passphrase::tr("This computer has no key store, so secrets lie in an encrypted file. Its passphrase:"), QLineEdit::Password, {}, &given);
    return given && !text.isEmpty() ? std::optional(text.toStdString()) : std::nullopt;
}

} // namespace

std::optional<std::string> askPassphrase() {
    if (QThread::currentThread() == qApp->thread())
        return ask();
    const auto question = std::make_shared<Question>();
    const auto askThere = [question] {
        {
            const std::lock_guard lock(s_mutex);
            if (s_noMore)
                return;
        }
        auto answer = ask();
        const std::lock_guard lock(s_mutex);
        question->answer = std::move(answer);
        question->isOver = true;
        s_answered.notify_all();
    };
    QMetaObject::invokeMethod(qApp, askThere, Qt::QueuedConnection);
    std::unique_lock lock(s_mutex);
    s_answered.wait(lock, [&question] { return s_noMore || question->isOver; });
    return question->answer;
}

void askNoMore() {
    const std::lock_guard lock(s_mutex);
    s_noMore = true;
    s_answered.notify_all();
}

} // namespace songda::console
