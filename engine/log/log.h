// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/log/redaction.h"
#include "engine/model/error.h"
#include "engine/model/time.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>

namespace songda::log {

enum class Level { Debug, Info, Warning, Error, Off };
enum class Category { Engine, Delivery, Intake, Reports, Hooks, Doors, Qt };
inline constexpr std::size_t categoryCount = 7;

const char *toString(Level level);
const char *toString(Category category);

/// From which level on each category is written.
class Levels {
public:
    Levels() { m_levels.fill(Level::Info); }
    /// "delivery=debug,doors=warning", "all=off" for the rest; what is not named stays at info. InvalidInput says what is wrong.
    static Result<Levels> parse(std::string_view text);
    std::string text() const;

    Level of(Category category) const { return m_levels[static_cast<std::size_t>(category)]; }

private:
    std::array<Level, categoryCount> m_levels{};
};

/// Names and events are the program's own words; values come from anywhere and are redacted.
struct Field {
    std::string_view name;
    std::variant<std::string_view, std::int64_t> value;
};

/// What happens, as lines of JSON in songda.log: one event, one line. Any thread.
///
/// An event that comes again and again (the same category, level, event and `cause`) is written a few times in each span of
/// time and then counted; one line says how many there were. The files hold their ceiling whatever is written, and are
/// readable by their owner. A disk that takes nothing loses lines, which is said when it does again, and nothing else.
class Log {
public:
    struct Options {
        std::string folder;
        std::int64_t fileBytes = 8 << 20;
        int files = 4; ///< songda.log and the older ones, songda.log.1 the youngest of them
        Millis span{10'000};
        int plainLines = 5; ///< of one event in a span
        std::function<Now()> clock; ///< the machine's without one
    };

    static Result<std::unique_ptr<Log>> open(Options options);
    ~Log();
    Log(const Log &) = delete;
    Log &operator=(const Log &) = delete;

    bool wants(Category category, Level level) const {
        return level >= static_cast<Level>(m_levels[static_cast<std::size_t>(category)].load(std::memory_order_relaxed));
    }
    void write(Category category, Level level, std::string_view event, std::initializer_list<Field> fields);
    void setLevels(const Levels &levels);
    Redactor &redactor() { return m_redactor; }

private:
    struct Repeated {
        SteadyTime since;
        WallTime sinceWall;
        Category category = Category::Engine;
        Level level = Level::Info;
        std::string event, cause;
        std::int64_t lines = 0; ///< in this span, written or not
    };

    explicit Log(Options options);
    void writeLine(WallTime at, Category category, Level level, std::string_view event, std::initializer_list<Field> fields);
    void append(const std::string &line);
    bool openFile();
    void rotate();
    /// Says how often what was counted came, of spans that are over; of all at the end.
    void sumUp(const Now &now, bool all);

    const Options m_options;
    Redactor m_redactor;
    std::array<std::atomic<int>, categoryCount> m_levels{};

    std::mutex m_mutex; // all below
    std::map<std::string, Repeated> m_repeated;
    SteadyTime m_nextSum{};
    int m_file = -1;
    std::int64_t m_size = 0;
    std::int64_t m_lost = 0;
};

/// Sends what Qt says to a log, or to standard error while there is none; redacted in either case. Its words on failed
/// requests name the whole address, with the access token in it.
void catchQtMessages();
/// The log that Qt's messages go to; nothing: none.
void setQtLog(std::shared_ptr<Log> log);

} // namespace songda::log
