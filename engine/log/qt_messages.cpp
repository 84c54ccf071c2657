// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/log.h"

#include <QMessageLogContext>
#include <QString>
#include <cstdio>

namespace songda::log {

namespace {

struct QtLog {
    std::mutex mutex;
    std::shared_ptr<Log> log; ///< guarded by mutex
};

/// Never destroyed: Qt may speak while the program ends.
QtLog &qtLog() {
    static auto *it = new QtLog;
    return *it;
}

Level levelOf(QtMsgType type) {
    switch (type) {
    case QtDebugMsg: return Level::Debug;
    case QtInfoMsg: return Level::Info;
    case QtWarningMsg: return Level::Warning;
    case QtCriticalMsg:
    case QtFatalMsg: return Level::Error;
    }
    return Level::Warning;
}

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message) {
    std::shared_ptr<Log> log;
    {
        const std::lock_guard lock(qtLog().mutex);
        log = qtLog().log;
    }
    const std::string text = message.toStdString();
    if (log) {
        // Its first words tell one complaint from another.
        const std::string cause = std::string(context.category ? context.category : "") + " " + text.substr(0, text.find_first_of("0123456789:\""));
        log->write(Category::Qt, levelOf(type), "message", {{"cause", cause}, {"text", text}});
    } else {
        const std::string line = Redactor()(text) + "\n";
        std::fputs(line.c_str(), stderr);
    }
}

} // namespace

void catchQtMessages() { qInstallMessageHandler(handle); }

void setQtLog(std::shared_ptr<Log> log) {
    const std::lock_guard lock(qtLog().mutex);
    qtLog().log = std::move(log);
}

} // namespace songda::log
