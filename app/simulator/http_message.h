// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace songda::simulator {

enum class Method { Get, Post, Other };

/// One query argument, already percent-decoded.
struct Argument {
    std::string_view name;
    std::string_view value;
};

/// A request that was read in full. The views belong to the connection and live as long as the call.
struct Request {
    Method method = Method::Get;
    std::string_view path;
    std::vector<Argument> arguments;
    std::string_view body;
    std::string_view peer; ///< address of the client, without the port
    bool chunked = false; ///< the body came with Transfer-Encoding: chunked
    bool tooLarge = false; ///< the body passed the limit; its rest was dropped

    std::optional<std::string_view> argument(std::string_view name) const {
        for (const Argument &argument : arguments) {
            if (argument.name == name) {
                return argument.value;
            }
        }
        return std::nullopt;
    }
};

/// How the exchange ends on the wire.
enum class Ending {
    Answer, ///< the whole answer
    Close, ///< the connection is closed without one
    Hang, ///< nothing happens until the client gives up
    Reset, ///< a TCP reset instead of an answer
    Half, ///< head and half the body, then closed
    Drip, ///< the body byte by byte
};

enum class ContentType { None, Json, Html, Csv };

/// Gives the next piece of a long body, and nothing at its end.
using BodyStream = std::function<std::optional<std::string>()>;

/// An answer as a value; only the HTTP server knows how to put it on the wire.
struct Reply {
    int status = 200;
    ContentType type = ContentType::Json;
    std::string body;
    int logicRet = 0; ///< errcode repeated in the LogicRet header, 0 = no header (wechat-api.md section 1)
    int retryAfter = -1; ///< seconds in the Retry-After header, negative = no header
    std::string location; ///< Location header, empty = none
    Ending ending = Ending::Answer;
    std::chrono::milliseconds delay{0}; ///< before the answer starts
    std::chrono::milliseconds dripPause{0}; ///< before each byte when the ending is Drip
    BodyStream stream; ///< replaces `body` if set
    std::atomic<std::uint64_t> *unanswered = nullptr; ///< counts one more if the client is gone before the answer
};

} // namespace songda::simulator
