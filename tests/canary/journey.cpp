// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/canary/journey.h"

#include <QDir>
#include <QFile>
#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace songda::canary {

using net::testing::answer;
using net::testing::ok;
using net::testing::Plan;
using net::testing::SeenRequest;

namespace {

constexpr int deadline = 60'000;

QByteArray tokenAnswer() { return "{\"access_token\":\"" + accessToken + "\",\"expires_in\":7200}"; }

QByteArray badly(LeakyPlatform::Mode mode, const SeenRequest &request) {
    using Mode = LeakyPlatform::Mode;
    const QByteArray page = "<html><body>The request " + request.method + " " + request.target + " with " + request.body + " was refused by the proxy.</body></html>";
    switch (mode) {
    case Mode::NotLatest: return ok("{\"errcode\":40001,\"errmsg\":\"invalid credential " + accessToken + ", access_token=" + accessToken + " is not latest\"}");
    case Mode::ErrorPage: return answer("502 Bad Gateway", "Content-Type: text/html\r\n", page);
    case Mode::Redirect: return answer("307 Temporary Redirect", "Location: http://127.0.0.1:9" + request.target + "\r\n", page);
    case Mode::Portal: return answer("200 OK", "Content-Type: text/html\r\n", page);
    case Mode::HalfJson: return ok(tokenAnswer().chopped(20));
    case Mode::EchoesSecret: return ok("{\"errcode\":40125,\"errmsg\":\"invalid appsecret, in " + QByteArray(request.body).replace('"', '\'') + " secret " + appSecret + "\"}");
    case Mode::Silent: return answer("503 Service Unavailable", {}, {});
    default: return ok();
    }
}

} // namespace

LeakyPlatform::LeakyPlatform()
    : m_server(std::make_unique<net::testing::ScriptedServer>([this](int, int) { return next(); })) {}

Plan LeakyPlatform::next() {
    Plan plan;
    const Mode mode = m_mode;
    if (mode == Mode::Reset || mode == Mode::Cut) {
        plan.answer = mode == Mode::Cut ? "HTTP/1." : "";
        plan.end = mode == Mode::Cut ? Plan::End::Cut : Plan::End::Reset;
        return plan;
    }
    plan.answerTo = [this, mode](const SeenRequest &request) {
        const bool isToken = request.target.startsWith("/cgi-bin/stable_token");
        // The token must be there before it can get out.
        const bool forTokens = mode == Mode::HalfJson || mode == Mode::EchoesSecret;
        if (mode != Mode::Well && (!isToken || forTokens))
            return badly(mode, request);
        if (isToken)
            return ok(tokenAnswer());
        if (request.target.startsWith("/cgi-bin/template/"))
            return ok("{\"template_list\":[]}");
        return ok("{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":" + QByteArray::number(m_msgid += 2) + "}");
    };
    return plan;
}

CoreLimit coreLimitOf(qint64 process) {
    QFile limits(QStringLiteral("/proc/%1/limits").arg(process));
    if (!limits.open(QIODevice::ReadOnly))
        return {};
    static constexpr QByteArrayView name = "Max core file size";
    for (const QByteArray &line : limits.readAll().split('\n')) {
        if (!line.startsWith(name))
            continue;
        const QList<QByteArray> values = line.mid(name.size()).simplified().split(' ');
        return {values.value(0), values.value(1)};
    }
    return {};
}

bool writeMemoryOf(qint64 process, const QString &path) {
    QFile maps(QStringLiteral("/proc/%1/maps").arg(process));
    QFile memory(QStringLiteral("/proc/%1/mem").arg(process));
    QFile image(path);
    if (!maps.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered) || !image.open(QIODevice::WriteOnly))
        return false;
    for (const QByteArray &line : maps.readAll().split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (!words.value(1).startsWith("rw"))
            continue;
        const QList<QByteArray> ends = words.first().split('-');
        const auto from = ends.first().toLongLong(nullptr, 16);
        const auto to = ends.last().toLongLong(nullptr, 16);
        constexpr qint64 page = 4096;
        static const QByteArray empty(page, '\0'); // stacks are large, and hardly used
        for (qint64 at = from; at < to; at += page) {
            const QByteArray bytes = memory.seek(at) ? memory.read(page) : QByteArray(); // what the kernel does not show is left out
            if (bytes != empty)
                image.write(bytes);
        }
    }
    return image.size() > 0;
}

Journey::Journey() {
    for (const char *folder : {"home", "tmp", "said", "in", "out", "work"})
        QDir(m_dir.path()).mkpath(QLatin1String(folder));
}

QProcessEnvironment Journey::environment() const {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QMap<QString, QString> own{{QStringLiteral("HOME"), path(QStringLiteral("home"))}, {QStringLiteral("TMPDIR"), path(QStringLiteral("tmp"))},
        {QStringLiteral("XDG_CONFIG_HOME"), path(QStringLiteral("home/config"))}, {QStringLiteral("XDG_DATA_HOME"), path(QStringLiteral("home/data"))},
        {QStringLiteral("XDG_CACHE_HOME"), path(QStringLiteral("home/cache"))}, {QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen")},
        {QStringLiteral("SONGDA_PASSPHRASE"), QString::fromLatin1(m_passphrase)}};
    for (auto it = own.begin(); it != own.end(); ++it)
        environment.insert(it.key(), it.value());
    environment.remove(QStringLiteral("SONGDA_PROFILE"));
    return environment;
}

void Journey::write(const QString &name, const QByteArray &bytes) const {
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(name));
}

QByteArray Journey::cli(const QStringList &arguments, const QByteArray &input, Says says) {
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setWorkingDirectory(path(QStringLiteral("work")));
    const QString said = path(QStringLiteral("said/%1").arg(++m_commands, 3, 10, QLatin1Char('0')));
    process.setStandardErrorFile(said + QStringLiteral(".err"));
    process.start(QStringLiteral(SONGDA_BIN_DIR "/songda-cli"), QStringList{QStringLiteral("--profile"), profile()} + arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(deadline))
        qFatal("songda-cli %s does not end", qPrintable(arguments.join(QLatin1Char(' '))));
    m_exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    const QByteArray out = process.readAllStandardOutput();
    if (says == Says::Kept)
        write(QStringLiteral("said/%1.out").arg(m_commands, 3, 10, QLatin1Char('0')), out);
    return out;
}

std::unique_ptr<QProcess> Journey::start(const QString &program, const QStringList &arguments, const QMap<QString, QString> &more) {
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment own = environment();
    for (auto it = more.begin(); it != more.end(); ++it)
        own.insert(it.key(), it.value());
    process->setProcessEnvironment(own);
    process->setWorkingDirectory(path(QStringLiteral("work")));
    const QString said = path(QStringLiteral("said/%1").arg(++m_commands, 3, 10, QLatin1Char('0')));
    process->setStandardOutputFile(said + QStringLiteral(".out"));
    process->setStandardErrorFile(said + QStringLiteral(".err"));
    process->setChildProcessModifier([] {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        rlimit limit{};
        getrlimit(RLIMIT_CORE, &limit);
        limit.rlim_cur = limit.rlim_max; // as somebody has it who wants core files
        setrlimit(RLIMIT_CORE, &limit);
    });
    process->start(QStringLiteral(SONGDA_BIN_DIR "/") + program, arguments);
    if (!process->waitForStarted(deadline))
        qFatal("%s does not start", qPrintable(program));
    return process;
}

} // namespace songda::canary
