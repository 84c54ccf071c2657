// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <optional>
#include <QTest>
#include <string>

/// How a failed comparison prints the types the tests compare most.
namespace QTest {

template <> inline char *toString(const std::string &text) {
    return qstrdup(('"' + text + '"').c_str());
}

template <> inline char *toString(const std::optional<std::string> &text) {
    return text ? toString(*text) : qstrdup("nothing");
}

template <> inline char *toString(const std::optional<std::int64_t> &number) {
    return qstrdup(number ? std::to_string(*number).c_str() : "nothing");
}

template <> inline char *toString(const songda::WallTime &time) {
    return qstrdup(songda::toIso8601(time).c_str());
}

template <> inline char *toString(const std::optional<songda::WallTime> &time) {
    return time ? toString(*time) : qstrdup("nothing");
}

template <> inline char *toString(const songda::Millis &span) {
    return qstrdup((std::to_string(span.count()) + " ms").c_str());
}

template <> inline char *toString(const std::optional<songda::Millis> &span) {
    return span ? toString(*span) : qstrdup("nothing");
}

} // namespace QTest

namespace songda::testing {

/// The name of an enumerator, to be compared instead of it: QCOMPARE would print the enumerator itself with
/// our own toString() and then free those words.
template <class Enum> std::string named(Enum value) {
    return toString(value);
}

} // namespace songda::testing
