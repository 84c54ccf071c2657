// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/journal_writer.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace songda {

/// What the engine decided by itself, such as a hold, on its way to the journal: what cannot be written is written again after a
/// pause, until it is on record or something newer about the same thing took its place. Sans-I/O; one thread.
///
/// Bound: one entry for each thing, that is a few for each account and template.
class OwnWrites {
public:
    using Job = store::JournalWriter::Job;
    /// Hands a job in; its end comes back through ended() with the number, never from within the call.
    using Submit = std::function<void(std::uint64_t number, const Job &job)>;
    explicit OwnWrites(Submit submit)
        : m_submit(std::move(submit)) {}

    /// `what` names the thing it is about.
    void write(const std::string &what, Job job);
    void ended(std::uint64_t number, bool recorded, SteadyTime now);
    /// Called now and then: hands in again what is due.
    void tick(SteadyTime now);

private:
    struct Wish {
        std::uint64_t number = 0;
        Job job;
        std::optional<SteadyTime> again; ///< it failed; nothing while it is under way
    };

    const Submit m_submit;
    std::uint64_t m_last = 0;
    std::map<std::string, Wish> m_wishes;
};

} // namespace songda
