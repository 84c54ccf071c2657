// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/simulator.h"
#include "engine/engine.h"
#include "ui/shell/main_window.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

namespace songda::test {

inline constexpr char accountName[] = "练习号";
inline constexpr char orderTemplate[] = "订单支付成功通知";
/// Of every user that ConsoleFixture::signIn() knows.
inline constexpr char usersPassword[] = "a long password, this one";

/// A console as its user has it: window, engine and profile, and a WeChat of its own in the process.
class ConsoleFixture {
public:
    struct Options {
        std::string mix = {};
        double rate = 2000;
        int connections = 12;
        std::size_t followers = 0;
        QByteArray policy = {}; ///< defaults of the profile's policy file, as JSON; empty: none
        QByteArray passphrase = {}; ///< secrets lie in a file under it; empty: in memory
    };

    /// Fails the running test when something cannot be made; `isReady` tells.
    explicit ConsoleFixture(const Options &options);
    ~ConsoleFixture();

    bool isReady() const { return m_window != nullptr; }
    simulator::Simulator &simulator() { return *m_simulator; }
    Engine &engine() { return *m_engine; }
    ui::MainWindow &window() { return *m_window; }
    ui::Theme &theme() { return m_theme; }
    ui::Language &language() { return m_language; }
    std::string profileDir() const { return m_dir.path().toStdString() + "/profile"; }
    QString path(const QString &name) const { return m_dir.filePath(name); }

    /// Writes a CSV for the order template: `rows` good rows for followers from `first` on, then the lines of `extra`.
    QString writeCsv(const QString &name, int first, int rows, const QByteArray &extra = {}) const;
    /// Imports such a file past the screen.
    bool import(const QString &path);
    /// The same with so many rows that are due in a day.
    Result<ImportReport> importForTomorrow(int rows, int first = 0);
    /// Somebody signs in, and the window knows it.
    bool signIn(const char *name);
    /// Waits, with the window alive, until nothing is left to send.
    bool drain(int seconds = 60);

private:
    QTemporaryDir m_dir;
    std::unique_ptr<simulator::Simulator> m_simulator;
    std::unique_ptr<Engine> m_engine;
    ui::Theme m_theme;
    ui::Language m_language;
    std::unique_ptr<ui::MainWindow> m_window;
};

/// The value of a future, with the event loop running meanwhile; an error when it takes longer than a minute.
template <class T> Result<T> wait(QFuture<Result<T>> future) {
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60'000))
        return fail(ErrorCode::Internal, "no answer within a minute");
    return future.result();
}

} // namespace songda::test
