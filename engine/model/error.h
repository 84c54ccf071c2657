// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace songda {

/// The closed set of ways an operation of the engine can fail. An API's refusal of a message is not
/// one of them: that is an Outcome.
enum class ErrorCode {
    InvalidInput, ///< the caller's value is wrong; detail says what, where and what to do
    NotFound,
    AlreadyExists,
    InUse, ///< another process holds the profile
    Storage, ///< the database or a file could not be read or written
    DiskFull,
    Corrupt, ///< not our database, or a damaged one
    TooNew, ///< written by a newer program
    Restored, ///< the database is older than what ran on the profile: a person must agree before anything is sent
    Secret, ///< no key store, no passphrase, or the wrong one
    Network,
    Refused, ///< the platform said no; detail carries its words
    Cancelled,
    NotAllowed, ///< for the user who has signed in; detail says who may
    Internal, ///< a bug: an invariant of ours did not hold
};

/// One failure: a code for programs and one sentence for people (English; the console translates by code).
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string detail;

    bool operator==(const Error &) const = default;
};

template <class T> using Result = tl::expected<T, Error>;

/// Stable lower-case name of a code, as printed by `--json`.
const char *toString(ErrorCode code);

inline tl::unexpected<Error> fail(ErrorCode code, std::string detail) {
    return tl::unexpected<Error>(Error{code, std::move(detail)});
}

} // namespace songda

/// Returns early with the error of an expression that yields a Result.
#define SONGDA_TRY(...) SONGDA_TRY_NAMED(SONGDA_TRY_JOIN(songdaTry, __COUNTER__), __VA_ARGS__)
#define SONGDA_TRY_JOIN(a, b) SONGDA_TRY_JOIN_EXPANDED(a, b)
#define SONGDA_TRY_JOIN_EXPANDED(a, b) a##b
#define SONGDA_TRY_NAMED(name, ...)                                                                            \
    do {                                                                                                       \
        if (auto name = (__VA_ARGS__); !name)                                                                  \
            return tl::unexpected<songda::Error>(std::move(name.error()));                                     \
    } while (false)
