// SPDX-License-Identifier: GPL-3.0-or-later
//
// The engine speaks English and knows no other language. The console has words for every sentence of it that can come on
// the screen; this test reads the sentences out of the sources.
#include "engine/model/error.h"
#include "ui/widgets/engine_words.h"
#include "ui/widgets/words.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>

using namespace songda;
using namespace songda::ui;

namespace {

/// Puts a mark before everything it is asked for of the engine's sentences.
class Marking final : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *, int) const override {
        return qstrcmp(context, "EngineWords") == 0 ? QStringLiteral("«%1»").arg(QString::fromUtf8(source)) : QString();
    }
};

/// What can only come out of a broken program, or never to the console.
const QStringList notShown{QStringLiteral("the error catalogue is missing from the program"), QStringLiteral("the Qt driver does not hand out its SQLite connection"),
    QStringLiteral("only the last act can be taken back"), QStringLiteral("an act that something followed cannot be taken back"), QStringLiteral("no such kind of sink"),
    QStringLiteral("stopped")};
bool isShown(const QString &sentence) {
    return !notShown.contains(sentence) && !sentence.startsWith(QLatin1String("error catalogue")) && !sentence.startsWith(QLatin1String("the schema step"));
}

/// Walks over C++ text and calls `at` for each sign outside of quotes, with the depth of brackets; stops when that says no.
template <class At> qsizetype walk(const QString &text, qsizetype from, At at) {
    int depth = 0;
    bool quoted = false;
    for (qsizetype i = from; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted) {
            if (c == QLatin1Char('\\'))
                ++i;
            else if (c == QLatin1Char('"'))
                quoted = false;
            continue;
        }
        if (c == QLatin1Char('"')) {
            quoted = true;
            continue;
        }
        if (QStringLiteral("([{").contains(c))
            ++depth;
        else if (QStringLiteral(")]}").contains(c))
            --depth;
        if (!at(i, c, depth))
            return i;
    }
    return text.size();
}

QStringList split(const QString &text, QChar by) {
    QStringList parts;
    qsizetype start = 0;
    walk(text, 0, [&](qsizetype i, QChar c, int depth) {
        if (c == by && depth == 0) {
            parts.append(text.mid(start, i - start));
            start = i + 1;
        }
        return true;
    });
    parts.append(text.mid(start));
    return parts;
}

/// The sentence an expression makes, with "Qq" where a value comes; several where it chooses.
QStringList sentencesOf(const QString &expression) {
    const QStringList asked = split(expression, QLatin1Char('?'));
    if (asked.size() == 2) {
        const QStringList both = split(asked[1], QLatin1Char(':'));
        if (both.size() == 2)
            return sentencesOf(both[0]) + sentencesOf(both[1]);
    }
    static const QRegularExpression literal(QStringLiteral("^(?:std::string\\()?((?:\\s*\"(?:[^\"\\\\]|\\\\.)*\")+)\\)?$"), QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression piece(QStringLiteral("\"((?:[^\"\\\\]|\\\\.)*)\""));
    QString sentence;
    for (const QString &part : split(expression, QLatin1Char('+'))) {
        const auto match = literal.match(part.trimmed());
        if (!match.hasMatch()) {
            if (!sentence.endsWith(QLatin1String("Qq")))
                sentence += QLatin1String("Qq");
            continue;
        }
        for (auto it = piece.globalMatch(match.captured(1)); it.hasNext();)
            sentence += it.next().captured(1).replace(QLatin1String("\\\""), QLatin1String("\""));
    }
    return {sentence};
}

QStringList sentencesIn(const QString &file) {
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(source.readAll());
    QStringList sentences;
    static const QString call = QStringLiteral("fail(");
    for (qsizetype at = text.indexOf(call); at >= 0; at = text.indexOf(call, at + 1)) {
        const qsizetype begin = at + call.size();
        const qsizetype end = walk(text, begin, [](qsizetype, QChar, int depth) { return depth >= 0; });
        const QStringList arguments = split(text.mid(begin, end - begin), QLatin1Char(','));
        if (arguments.size() == 2)
            sentences += sentencesOf(arguments[1]);
    }
    return sentences;
}

} // namespace

class EngineWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCoreApplication::installTranslator(&m_marking); }
    void everySentenceHasWords();
    void whatDiffersStaysInItsPlace();
    void whatTheDatabaseSaysGoesToTheLog();
    void whatAPersonWroteStays();

private:
    Marking m_marking;
};

void EngineWordsTest::everySentenceHasWords() {
    int found = 0;
    QStringList missing;
    for (const char *folder : {"facade", "store", "exchange", "policy", "secrets"}) {
        QDirIterator files(QStringLiteral(SONGDA_SOURCE_DIR "/engine/") + QLatin1String(folder), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files);
        while (files.hasNext()) {
            for (const QString &sentence : sentencesIn(files.next())) {
                static const QRegularExpression word(QStringLiteral("[a-z]{2,}"));
                if (!QString(sentence).remove(QLatin1String("Qq")).contains(word) || !isShown(sentence))
                    continue;
                ++found;
                if (!engineWords(sentence.toStdString()).contains(QChar(0xAB)))
                    missing.append(files.fileName() + QStringLiteral(": ") + sentence);
            }
        }
    }
    // What is kept, and not only answered.
    for (const char *kept : {"its secret was not kept; remove it and add it again"}) {
        if (!engineWords(kept).contains(QChar(0xAB)))
            missing.append(QString::fromLatin1(kept));
    }
    QVERIFY2(found > 150, qPrintable(QString::number(found)));
    for (const QString &one : missing)
        qWarning("%s", qPrintable(one));
    QVERIFY2(missing.isEmpty(), "engine sentences that ui/widgets/engine_words.cpp has no words for");
}

void EngineWordsTest::whatDiffersStaysInItsPlace() {
    QCOMPARE(engineWords("there is no account named \"店铺 100%2\"; see account list"), QStringLiteral("«there is no account named \"店铺 100%2\"; see account list»"));
    // A sentence in a sentence, a sentence behind what it is about, a state.
    QCOMPARE(engineWords("/tmp/a.csv cannot be read: Permission denied"), QStringLiteral("«/tmp/a.csv cannot be read: «Permission denied»»"));
    QCOMPARE(engineWords("policy.json: line 3: this is no JSON"), QStringLiteral("policy.json: «line 3: «this is no JSON»»"));
    QCOMPARE(engineWords("message 7 is dead; only what failed or was cancelled can be sent again"),
        QStringLiteral("«message 7 is %1; only what failed or was cancelled can be sent again»").arg(words::state(MessageState::Dead)));
    QCOMPARE(engineWords("invalid credential, access_token is invalid"), QStringLiteral("invalid credential, access_token is invalid"));
    QCOMPARE(engineWords("no sentence of ours"), QStringLiteral("no sentence of ours"));
    QCOMPARE(engineWords({}), QString());
}

void EngineWordsTest::whatTheDatabaseSaysGoesToTheLog() {
    QTest::ignoreMessage(QtWarningMsg, "database: step: disk I/O error");
    const QString said = words::error({ErrorCode::Storage, "database: step: disk I/O error"});
    QVERIFY2(!said.contains(QLatin1String("I/O")) && said.contains(QLatin1String("the log")), qPrintable(said));
    words::error({ErrorCode::Storage, "database: step: disk I/O error"}); // said once, not ten times a second
}

void EngineWordsTest::whatAPersonWroteStays() {
    AuditEntry act;
    act.who = "li";
    act.reason = "line 3: mended";
    QCOMPARE(reasonWords(act), QStringLiteral("line 3: mended"));
    act.reason = "agreed in the console";
    QCOMPARE(reasonWords(act), QStringLiteral("«agreed in the console»"));
    act.who = "engine";
    act.reason = "line 3: this is no JSON";
    QCOMPARE(reasonWords(act), QStringLiteral("«line 3: «this is no JSON»»"));
}

QTEST_GUILESS_MAIN(EngineWordsTest)
#include "engine_words_test.moc"
