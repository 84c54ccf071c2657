// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/value_time.h"

#include <optional>
#include <string_view>

namespace songda::simulator {

namespace {

/// Takes numbers and marks off the front of a text.
class Reader {
public:
    explicit Reader(std::u32string_view text)
        : m_text(text) { }

    bool atEnd() const { return m_text.empty(); }
    std::u32string_view rest() const { return m_text; }

    std::optional<int> number(std::size_t mostDigits) {
        int value = 0;
        std::size_t digits = 0;
        while (digits < m_text.size() && digits < mostDigits && m_text[digits] >= U'0'
            && m_text[digits] <= U'9') {
            value = value * 10 + static_cast<int>(m_text[digits] - U'0');
            ++digits;
        }
        m_text.remove_prefix(digits);
        return digits > 0 ? std::optional{value} : std::nullopt;
    }

    std::optional<char32_t> mark(std::u32string_view allowed) {
        if (m_text.empty() || allowed.find(m_text.front()) == std::u32string_view::npos) {
            return std::nullopt;
        }
        const char32_t found = m_text.front();
        m_text.remove_prefix(1);
        return found;
    }

    void skipBlanks() {
        while (mark(U" ")) { }
    }

private:
    std::u32string_view m_text;
};

bool takeDate(Reader &reader) {
    const auto year = reader.number(4);
    const auto first = reader.mark(U"年-/.");
    if (!year || *year < 1900 || !first) {
        return false;
    }
    const auto month = reader.number(2);
    const char32_t expected = *first == U'年' ? U'月' : *first;
    if (!month || *month < 1 || *month > 12 || !reader.mark(std::u32string_view{&expected, 1})) {
        return false;
    }
    const auto day = reader.number(2);
    return day && *day >= 1 && *day <= 31 && (*first != U'年' || reader.mark(U"日"));
}

bool takeClock(Reader &reader) {
    const auto hour = reader.number(2);
    if (!hour || *hour > 23 || !reader.mark(U":：")) {
        return false;
    }
    const auto minute = reader.number(2);
    if (!minute || *minute > 59) {
        return false;
    }
    if (!reader.mark(U":：")) {
        return true;
    }
    const auto second = reader.number(2);
    return second && *second <= 59;
}

struct Moment {
    bool valid = false;
    bool hasDate = false;
    bool hasClock = false;
};

Moment readMoment(std::u32string_view text) {
    Reader reader{text};
    reader.skipBlanks();
    Moment moment;
    Reader attempt = reader;
    if (takeDate(attempt)) {
        moment.hasDate = true;
        reader = attempt;
        reader.skipBlanks();
    }
    if (!reader.atEnd()) {
        moment.hasClock = takeClock(reader);
        reader.skipBlanks();
    }
    moment.valid = reader.atEnd() && (moment.hasDate || moment.hasClock);
    return moment;
}

/// Both ends of a range must be valid; what is asked of the first (`needed`) the second may leave out,
/// as in `2019-10-01 15:00~16:00`.
bool isRangeWith(std::u32string_view text, bool Moment::*needed) {
    const std::size_t tilde = text.find(U'~');
    const Moment first = readMoment(text.substr(0, tilde));
    if (!first.valid || !(first.*needed)) {
        return false;
    }
    return tilde == std::u32string_view::npos || readMoment(text.substr(tilde + 1)).valid;
}

} // namespace

bool isTimeValue(const std::u32string &text) {
    return isRangeWith(text, &Moment::hasClock);
}

bool isDateValue(const std::u32string &text) {
    return isRangeWith(text, &Moment::hasDate);
}

} // namespace songda::simulator
