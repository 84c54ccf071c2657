// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/error.h"

namespace songda {

const char *toString(ErrorCode code) {
    switch (code) {
    case ErrorCode::InvalidInput: return "invalid_input";
    case ErrorCode::NotFound: return "not_found";
    case ErrorCode::AlreadyExists: return "already_exists";
    case ErrorCode::InUse: return "in_use";
    case ErrorCode::Storage: return "storage";
    case ErrorCode::DiskFull: return "disk_full";
    case ErrorCode::Corrupt: return "corrupt";
    case ErrorCode::TooNew: return "too_new";
    case ErrorCode::Restored: return "restored";
    case ErrorCode::Secret: return "secret";
    case ErrorCode::Network: return "network";
    case ErrorCode::Refused: return "refused";
    case ErrorCode::Cancelled: return "cancelled";
    case ErrorCode::NotAllowed: return "not_allowed";
    case ErrorCode::Internal: return "internal";
    }
    return "internal";
}

} // namespace songda
