// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <memory>
#include <string>

namespace songda {

/// The right to deliver a profile. The kernel takes it back when the process ends, however it ends: who holds it
/// is never judged by a process number, which another program may have got meanwhile.
class EngineLock {
public:
    /// InUse names the holder.
    static Result<std::unique_ptr<EngineLock>> take(const std::string &profileDir);
    /// Whether a process delivers the profile at this moment.
    static bool isHeld(const std::string &profileDir);
    ~EngineLock();
    EngineLock(const EngineLock &) = delete;
    EngineLock &operator=(const EngineLock &) = delete;

private:
    explicit EngineLock(int file)
        : m_file(file) {}

    int m_file;
};

} // namespace songda
