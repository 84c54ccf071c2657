// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/log.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace songda::log {

namespace {

/// Kinds of events that are counted apart at one time.
constexpr std::size_t mostKinds = 128;

constexpr const char *levelNames[] = {"debug", "info", "warning", "error", "off"};
constexpr const char *categoryNames[] = {"engine", "delivery", "intake", "reports", "hooks", "doors", "qt"};

template <std::size_t N> std::optional<std::size_t> indexOf(const char *const (&names)[N], std::string_view name) {
    for (std::size_t i = 0; i < N; ++i) {
        if (name == names[i])
            return i;
    }
    return std::nullopt;
}

Now machineNow() {
    return {std::chrono::time_point_cast<WallTime::duration>(std::chrono::system_clock::now()),
        SteadyTime{std::chrono::duration_cast<Micros>(std::chrono::steady_clock::now().time_since_epoch())}};
}

/// Of a text without control characters.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

bool writeAll(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t n = ::write(file, text.data(), text.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

} // namespace

const char *toString(Level level) { return levelNames[static_cast<std::size_t>(level)]; }
const char *toString(Category category) { return categoryNames[static_cast<std::size_t>(category)]; }

Result<Levels> Levels::parse(std::string_view text) {
    Levels levels;
    std::array<bool, categoryCount> named{};
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        const std::string_view one = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto sign = one.find('=');
        const auto level = sign == std::string_view::npos ? std::nullopt : indexOf(levelNames, one.substr(sign + 1));
        const auto category = indexOf(categoryNames, one.substr(0, std::min(sign, one.size())));
        const bool all = one.substr(0, std::min(sign, one.size())) == "all";
        if (!level || (!category && !all))
            return fail(ErrorCode::InvalidInput,
                "\"" + std::string(one) + "\": write CATEGORY=LEVEL; categories are engine, delivery, intake, reports, hooks, doors, qt, all; levels are"
                " debug, info, warning, error, off");
        for (std::size_t i = 0; i < categoryCount; ++i) {
            if (category == i || (all && !named[i]))
                levels.m_levels[i] = static_cast<Level>(*level);
        }
        if (category)
            named[*category] = true;
    }
    return levels;
}

std::string Levels::text() const {
    std::string text;
    for (std::size_t i = 0; i < categoryCount; ++i)
        text += std::string(i == 0 ? "" : ",") + categoryNames[i] + "=" + toString(m_levels[i]);
    return text;
}

Log::Log(Options options)
    : m_options(std::move(options)) {
    setLevels(Levels());
}

Result<std::unique_ptr<Log>> Log::open(Options options) {
    if (!options.clock)
        options.clock = machineNow;
    std::unique_ptr<Log> log(new Log(std::move(options)));
    if (!log->openFile())
        return fail(ErrorCode::Storage, "cannot open " + log->m_options.folder + "/songda.log: " + std::strerror(errno));
    return log;
}

Log::~Log() {
    const std::lock_guard lock(m_mutex);
    sumUp(m_options.clock(), true);
    if (m_file >= 0)
        ::close(m_file);
}

void Log::setLevels(const Levels &levels) {
    for (std::size_t i = 0; i < categoryCount; ++i)
        m_levels[i] = static_cast<int>(levels.of(static_cast<Category>(i)));
}

void Log::write(Category category, Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (!wants(category, level))
        return;
    std::string cause;
    for (const Field &field : fields) {
        if (const auto *text = std::get_if<std::string_view>(&field.value); text && field.name == "cause")
            cause = m_redactor(*text);
    }
    const Now now = m_options.clock();
    const std::lock_guard lock(m_mutex);
    if (now.steady >= m_nextSum)
        sumUp(now, false);
    // What was asked for in detail is not summed up.
    if (level > Level::Debug) {
        const std::string kind = std::string(toString(category)) + ' ' + toString(level) + ' ' + std::string(event) + ' ' + cause;
        if (m_repeated.size() == mostKinds && !m_repeated.contains(kind))
            sumUp(now, true);
        Repeated &repeated = m_repeated[kind];
        if (repeated.lines == 0)
            repeated = {now.steady, now.wall, category, level, std::string(event), cause, 0};
        if (++repeated.lines > m_options.plainLines)
            return;
    }
    writeLine(now.wall, category, level, event, fields);
}

void Log::sumUp(const Now &now, bool all) {
    m_nextSum = now.steady + m_options.span;
    for (auto it = m_repeated.begin(); it != m_repeated.end();) {
        const Repeated &r = it->second;
        const SteadyTime end = r.since + m_options.span;
        if (!all && end > now.steady) {
            m_nextSum = std::min(m_nextSum, end);
            ++it;
            continue;
        }
        if (r.lines > m_options.plainLines) {
            const std::string since = toIso8601(r.sinceWall);
            writeLine(now.wall, r.category, r.level, "repeated",
                {{"of", r.event}, {"cause", r.cause}, {"times", r.lines}, {"written", std::int64_t{m_options.plainLines}}, {"since", since}});
        }
        it = m_repeated.erase(it);
    }
}

void Log::writeLine(WallTime at, Category category, Level level, std::string_view event, std::initializer_list<Field> fields) {
    std::string line = "{\"at\":" + quoted(toIso8601(at)) + ",\"level\":" + quoted(toString(level)) + ",\"category\":" + quoted(toString(category))
        + ",\"event\":" + quoted(m_redactor(event));
    for (const Field &field : fields) {
        line += "," + quoted(m_redactor(field.name)) + ":";
        if (const auto *number = std::get_if<std::int64_t>(&field.value))
            line += std::to_string(*number);
        else
            line += quoted(m_redactor(std::get<std::string_view>(field.value)));
    }
    append(line + "}\n");
}

void Log::append(const std::string &line) {
    if (m_file >= 0 && m_size + static_cast<std::int64_t>(line.size()) > m_options.fileBytes)
        rotate();
    if (m_file < 0 && !openFile()) {
        ++m_lost;
        return;
    }
    const std::string told = m_lost > 0 ? "{\"at\":" + quoted(toIso8601(m_options.clock().wall)) + ",\"level\":\"warning\",\"category\":\"engine\",\"event\":\"lines.lost\",\"times\":"
            + std::to_string(m_lost) + "}\n"
                                        : std::string();
    const std::string text = told + line;
    if (writeAll(m_file, text)) {
        m_size += static_cast<std::int64_t>(text.size());
        m_lost = 0;
        return;
    }
    // No half line stays.
    ++m_lost;
    if (::ftruncate(m_file, m_size) != 0) {
        ::close(m_file);
        m_file = -1;
    }
}

bool Log::openFile() {
    const std::string path = m_options.folder + "/songda.log";
    m_file = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    struct stat status{};
    if (m_file < 0 || ::fstat(m_file, &status) != 0)
        return false;
    m_size = status.st_size;
    // A line that a death of the program cut off stays one for itself.
    char last = '\n';
    if (m_size > 0 && ::pread(m_file, &last, 1, m_size - 1) == 1 && last != '\n' && writeAll(m_file, "\n"))
        ++m_size;
    return true;
}

void Log::rotate() {
    ::close(m_file);
    m_file = -1;
    const std::string path = m_options.folder + "/songda.log";
    const auto older = [&](int n) { return n == 0 ? path : path + "." + std::to_string(n); };
    if (m_options.files <= 1)
        std::remove(path.c_str());
    for (int n = m_options.files - 1; n > 0; --n)
        std::rename(older(n - 1).c_str(), older(n).c_str());
    openFile();
}

} // namespace songda::log
