// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/reject_words.h"

#include "engine/policy/value_rules.h"

namespace songda::exchange {

namespace {

std::string wantedForm(ValueType type) {
    const std::string most = std::to_string(lengthLimit(type));
    switch (type) {
    case ValueType::CharacterString: return "数字、字母或符号，最多 " + most + " 位";
    case ValueType::Number: return "数字，最多 " + most + " 位";
    case ValueType::Letter: return "字母，最多 " + most + " 位";
    case ValueType::Symbol: return "符号，最多 " + most + " 位";
    case ValueType::Phrase: return "汉字，最多 " + most + " 个";
    case ValueType::Name: return "姓名，最多 " + most + " 个字符";
    case ValueType::Amount: return "金额，如 ¥129.50";
    case ValueType::PhoneNumber: return "电话号码";
    case ValueType::CarNumber: return "车牌号";
    case ValueType::Time: return "时间，如 2026-01-31 18:30 或 18:30";
    case ValueType::Date: return "日期，如 2026-01-31 或 2026年1月31日";
    case ValueType::Thing:
    case ValueType::ShortThing:
    case ValueType::Constant:
    case ValueType::Untyped: break;
    }
    return "文字，最多 " + most + " 个字符";
}

std::string chineseReason(const RowProblem &problem) {
    const ValueType type = valueTypeOf(problem.key);
    switch (problem.fault) {
    case RowFault::BrokenQuote: return "引号没有闭合，或闭合引号后还有文字。";
    case RowFault::NulByte: return "该行含有 NUL 字节，可能不是文本文件。";
    case RowFault::NotReadable: return "含有无法按文件编码识别的字符。";
    case RowFault::RowTooLong: return "该行超过 1 MB。";
    case RowFault::FieldCount: return "该行的列数与表头不一致。";
    case RowFault::Openid: return "openid 由 1 至 64 个字母、数字、_ 或 - 组成。";
    case RowFault::Url: return "链接以 http:// 或 https:// 开头，不含空格。";
    case RowFault::Key: return "业务单号为空或过长。";
    case RowFault::ValueEmpty: return "这里必须填写。";
    case RowFault::ValueTooLong: return "太长：最多 " + std::to_string(lengthLimit(type)) + " 个字符。";
    case RowFault::ValueControlCharacter: return "不能含换行或控制字符。";
    case RowFault::ValueForm: return "格式不对。应为：" + wantedForm(type) + "。";
    case RowFault::Rounded: return "电子表格程序已把这个数字四舍五入，它不再是原来的值。请在那里把该列设为文本格式，重新保存文件。";
    case RowFault::Duplicate: return "同样的消息已存在，或在文件前面出现过。";
    case RowFault::SensitiveWord: return "内容含敏感词表中的词。";
    case RowFault::OptedOut: return "该用户已退订。";
    }
    return problem.reason;
}

} // namespace

std::array<const char *, 3> rejectColumns(bool chinese) {
    return chinese ? std::array<const char *, 3>{"行号", "列", "原因"} : std::array<const char *, 3>{"line", "column", "reason"};
}

std::string rejectReason(const RowProblem &problem, bool chinese) { return chinese ? chineseReason(problem) : problem.reason; }

} // namespace songda::exchange
