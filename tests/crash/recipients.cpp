// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/recipients.h"

#include <QFile>

namespace songda::testing {

namespace {

constexpr qsizetype flushAt = 1 << 20;

QByteArray padded(int number, int digits) { return QByteArray::number(number).rightJustified(digits, '0'); }

QByteArray rowOf(int row) {
    QByteArray line = keyOf(row) + ',' + openidOf(row) + ",SO" + padded(row, 10) + ',';
    line += row % 7 == 0 ? "\"茶,\"\"" + QByteArray::number(row % 1000) + "\"\"\"" : "商品" + QByteArray::number(row % 1000);
    line += ",¥" + QByteArray::number(row % 900) + ".50,2026-01-" + padded(row % 28 + 1, 2) + " 15:01\r\n";
    return line;
}

} // namespace

QByteArray openidOf(int row) { return (row % 17 == 3 ? "-w" : "oW") + padded(row, 26); }

QByteArray keyOf(int row) {
    static constexpr const char *begins[] = {"", "=", "+", "-", "@"};
    return begins[row % 5] + QByteArray("order-") + padded(row, 10);
}

bool writeRecipients(const QString &path, int first, int count) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    QByteArray text = "\xEF\xBB\xBFkey,openid,character_string1,thing2,amount3,time4\r\n";
    for (int row = first; row < first + count; ++row) {
        text += rowOf(row);
        if (text.size() >= flushAt) {
            if (file.write(text) != text.size())
                return false;
            text.clear();
        }
    }
    return file.write(text) == text.size() && file.flush();
}

} // namespace songda::testing
