// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/passphrase.h"

#include <QApplication>
#include <QInputDialog>
#include <QThread>

namespace songda::console {

namespace {

struct Passphrase {
    Q_DECLARE_TR_FUNCTIONS(Passphrase)
};

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
    std::optional<std::string> answer;
    QMetaObject::invokeMethod(qApp, [&answer] { answer = ask(); }, Qt::BlockingQueuedConnection);
    return answer;
}

} // namespace songda::console
