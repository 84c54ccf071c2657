// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is wrong, in the operator's words: with a value, a row of a file, a report, or an operation that failed.
#include "ui/widgets/engine_words.h"
#include "ui/widgets/format.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>

namespace songda::ui::words {

namespace {

struct FaultTexts {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

} // namespace

QString reportFault(const ReportProblem &problem) {
    switch (problem.fault) {
    case ReportFault::NoManifest: return FaultTexts::tr("There is no manifest beside it.");
    case ReportFault::NotAManifest: return FaultTexts::tr("What lies beside it is not the manifest of a report.");
    case ReportFault::OtherFile: return FaultTexts::tr("The manifest is that of another file.");
    case ReportFault::Content: return FaultTexts::tr("The file was changed after it was exported: its SHA-256 is another one.");
    case ReportFault::Rows: return FaultTexts::tr("It has more or fewer rows than it had.");
    case ReportFault::States: return FaultTexts::tr("The rows per state are other ones.");
    case ReportFault::Chain: return FaultTexts::tr("It does not follow in the chain of reports: the manifest was changed, or a report before it is missing.");
    }
    return {};
}

QString valueType(ValueType type) {
    const int most = lengthLimit(type);
    switch (type) {
    case ValueType::Thing:
    case ValueType::ShortThing: return FaultTexts::tr("Text, at most %1 characters").arg(most);
    case ValueType::Constant: return FaultTexts::tr("One of the fixed words, at most %1 characters").arg(most);
    case ValueType::CharacterString: return FaultTexts::tr("Digits, letters or signs, at most %1").arg(most);
    case ValueType::Number: return FaultTexts::tr("A number, at most %1 digits").arg(most);
    case ValueType::Letter: return FaultTexts::tr("Letters, at most %1").arg(most);
    case ValueType::Symbol: return FaultTexts::tr("Signs, at most %1").arg(most);
    case ValueType::Phrase: return FaultTexts::tr("Chinese characters, at most %1").arg(most);
    case ValueType::Name: return FaultTexts::tr("A name, at most %1 characters").arg(most);
    case ValueType::Amount: return FaultTexts::tr("An amount of money, such as ¥129.50");
    case ValueType::PhoneNumber: return FaultTexts::tr("A phone number");
    case ValueType::CarNumber: return FaultTexts::tr("A car's number plate");
    case ValueType::Time: return FaultTexts::tr("A time, such as 2026-01-31 18:30 or 18:30");
    case ValueType::Date: return FaultTexts::tr("A date, such as 2026-01-31 or 2026年1月31日");
    case ValueType::Untyped: return FaultTexts::tr("Any text; WeChat cuts what is too long");
    }
    return {};
}

QString fault(ValueFault fault, ValueType type) {
    switch (fault) {
    case ValueFault::Empty: return FaultTexts::tr("A value is needed here.");
    case ValueFault::TooLong: return FaultTexts::tr("Too long: at most %1 characters.").arg(lengthLimit(type));
    case ValueFault::NotUtf8: return FaultTexts::tr("Not readable text. Type it again.");
    case ValueFault::ControlCharacter: return FaultTexts::tr("Line breaks and control characters are not allowed.");
    case ValueFault::WrongForm: return FaultTexts::tr("Wrong form. Wanted: %1.").arg(valueType(type));
    case ValueFault::MissingKey: return FaultTexts::tr("The template needs this value.");
    case ValueFault::UnknownKey: return FaultTexts::tr("The template has no such key.");
    case ValueFault::BadOpenid: return FaultTexts::tr("An openid has 1 to 64 letters, digits, _ or -.");
    case ValueFault::BadUrl: return FaultTexts::tr("A link begins with http:// or https:// and has no blanks.");
    }
    return {};
}

QString rowFault(const RowProblem &problem) {
    const ValueType type = valueTypeOf(problem.key);
    switch (problem.fault) {
    case RowFault::BrokenQuote: return FaultTexts::tr("A quotation mark is not closed, or text follows a closing one.");
    case RowFault::NulByte: return FaultTexts::tr("The row has NUL bytes; it may not be a text file.");
    case RowFault::NotReadable: return FaultTexts::tr("Characters that cannot be read in the file's encoding.");
    case RowFault::RowTooLong: return FaultTexts::tr("The row is longer than 1 MB.");
    case RowFault::FieldCount: return FaultTexts::tr("The row has more or fewer fields than the header.");
    case RowFault::Openid: return fault(ValueFault::BadOpenid, type);
    case RowFault::Url: return fault(ValueFault::BadUrl, type);
    case RowFault::Key: return FaultTexts::tr("The business key is empty or too long.");
    case RowFault::ValueEmpty: return fault(ValueFault::Empty, type);
    case RowFault::ValueTooLong: return fault(ValueFault::TooLong, type);
    case RowFault::ValueControlCharacter: return fault(ValueFault::ControlCharacter, type);
    case RowFault::ValueForm: return fault(ValueFault::WrongForm, type);
    case RowFault::SensitiveWord: return FaultTexts::tr("The text has a word from the list of sensitive words.");
    case RowFault::OptedOut: return FaultTexts::tr("This person asked for no more messages.");
    case RowFault::Rounded: return FaultTexts::tr("A spreadsheet program has rounded this number, so it is another one. Format its column as text there, and save the file anew.");
    case RowFault::Duplicate: return FaultTexts::tr("The same message is there already, or stands further up in the file.");
    }
    return engineWords(problem.reason);
}

QString error(const Error &error) {
    QString what;
    switch (error.code) {
    case ErrorCode::InvalidInput: what = FaultTexts::tr("This does not fit."); break;
    case ErrorCode::NotFound: what = FaultTexts::tr("It is not there (any more)."); break;
    case ErrorCode::AlreadyExists: what = FaultTexts::tr("There is one already."); break;
    case ErrorCode::InUse: what = FaultTexts::tr("Another process runs the engine of this profile; here you can only look."); break;
    case ErrorCode::Storage: what = FaultTexts::tr("A file or the database could not be read or written."); break;
    case ErrorCode::DiskFull: what = FaultTexts::tr("The disk is full. Free some space and try again."); break;
    case ErrorCode::Corrupt: what = FaultTexts::tr("This is not a database of Songda, or it is damaged."); break;
    case ErrorCode::NotAllowed: what = FaultTexts::tr("This is not for the user who has signed in."); break;
    case ErrorCode::TooNew: what = FaultTexts::tr("This profile was written by a newer Songda. Update this one."); break;
    case ErrorCode::Restored: what = FaultTexts::tr("This database is older than what last ran here, as after a restored backup. Nothing is sent until somebody agrees."); break;
    case ErrorCode::Secret: what = FaultTexts::tr("The secret could not be read. Check the key store or the passphrase."); break;
    case ErrorCode::Network: what = FaultTexts::tr("WeChat could not be reached. Check the network and the API address."); break;
    case ErrorCode::Refused: what = FaultTexts::tr("WeChat refused."); break;
    case ErrorCode::Cancelled: what = FaultTexts::tr("Cancelled."); break;
    case ErrorCode::Internal: what = FaultTexts::tr("Something went wrong inside Songda. Please report it."); break;
    }
    return error.detail.empty() ? what : FaultTexts::tr("%1 (%2)", "what went wrong (the particulars)").arg(what, engineWords(error.detail));
}

} // namespace songda::ui::words
