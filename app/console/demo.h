// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/practice_page.h"
#include "app/simulator/simulator.h"
#include "engine/engine.h"

#include <QObject>
#include <QTemporaryDir>
#include <memory>

namespace songda::console {

/// A WeChat of our own inside the process, with an account, templates, 5,000 followers and a mixed weather of errors;
/// its profile is a temporary folder that goes with it.
class Demo final : public QObject {
    Q_OBJECT
public:
    static constexpr int followers = 5000;
    static constexpr int firstBatch = 2000;

    /// Starts the simulator and makes the profile. The error is a finished sentence.
    static tl::expected<std::unique_ptr<Demo>, std::string> start();
    ~Demo() override;

    std::string profileDir() const { return m_dir.path().toStdString(); }
    /// A second file to try the Send page with: good rows and a few mistakes. Made by start().
    QString sampleFile() const;
    /// Somebody who gets a message of the first batch.
    QString samplePerson() const;
    /// Adds the account, fetches the templates and sends the first batches; `ready` follows, or `failed`.
    void fill(Engine &engine);
    /// What the practice page works with.
    PracticeGround ground(Engine &engine);

Q_SIGNALS:
    void ready();
    void failed(const QString &sentence);

private:
    Demo();
    void sendBatches(Engine &engine);
    ImportRequest requestFor(const QString &path) const;
    bool writeCsv(const QString &path, int first, int rows, bool withMistakes) const;
    void said(const Error &error);

    QTemporaryDir m_dir;
    std::unique_ptr<simulator::Simulator> m_simulator;
    int m_nextFollower = firstBatch + 400; ///< of the next drill; the ones before have their messages
};

} // namespace songda::console
