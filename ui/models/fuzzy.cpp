// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/fuzzy.h"

#include <QStringList>

namespace songda::ui {

namespace {

constexpr int atTheBeginning = 100;
constexpr int atAWord = 60;
constexpr int inside = 40;
constexpr int scattered = 10;

int fitWord(const QString &word, const QString &text) {
    const qsizetype at = text.indexOf(word);
    if (at == 0)
        return atTheBeginning;
    if (at > 0) {
        for (qsizetype i = at; i >= 0; i = text.indexOf(word, i + 1)) {
            if (!text[i - 1].isLetterOrNumber())
                return atAWord;
        }
        return inside;
    }
    // A single letter is found nearly everywhere.
    if (word.size() < 2)
        return 0;
    qsizetype from = 0;
    for (const QChar c : word) {
        from = text.indexOf(c, from) + 1;
        if (from == 0)
            return 0;
    }
    return scattered;
}

} // namespace

int fit(const QString &typed, const QString &text) {
    const QString lower = text.toLower();
    int sum = 1;
    for (const QString &word : typed.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const int one = fitWord(word, lower);
        if (one == 0)
            return 0;
        sum += one;
    }
    return sum;
}

} // namespace songda::ui
