// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/row_problem.h"

namespace songda {

const char *toString(RowFault fault) {
    switch (fault) {
    case RowFault::BrokenQuote: return "broken_quote";
    case RowFault::NulByte: return "nul_byte";
    case RowFault::NotReadable: return "not_readable";
    case RowFault::RowTooLong: return "row_too_long";
    case RowFault::FieldCount: return "field_count";
    case RowFault::Openid: return "openid";
    case RowFault::Url: return "url";
    case RowFault::Key: return "key";
    case RowFault::ValueEmpty: return "value_empty";
    case RowFault::ValueTooLong: return "value_too_long";
    case RowFault::ValueControlCharacter: return "value_control_character";
    case RowFault::ValueForm: return "value_form";
    case RowFault::Rounded: return "rounded";
    case RowFault::Duplicate: return "duplicate";
    case RowFault::SensitiveWord: return "sensitive_word";
    case RowFault::OptedOut: return "opted_out";
    }
    return "unknown";
}

} // namespace songda
