// SPDX-License-Identifier: GPL-3.0-or-later
//
// One word for one thing, see docs/glossary.md.
#include "tests/ui/catalogue.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace songda::test;

namespace {

/// Words that say what another one says already.
const QStringList forbidden{QStringLiteral("中国时间"), QStringLiteral("账号"), QStringLiteral("帐号"), QStringLiteral("回报"), QStringLiteral("收件人"), QStringLiteral("接收者"),
    QStringLiteral("挂起"), QStringLiteral("业务键"), QStringLiteral("已接受"), QStringLiteral("操作记录"), QStringLiteral("重放"), QStringLiteral("回放")};

QString forbiddenIn(const QString &chinese) {
    for (const QString &word : forbidden) {
        if (chinese.contains(word))
            return word;
    }
    static const QRegularExpression openid(QStringLiteral("(?<![A-Za-z_])openid(?![:A-Za-z_])")); // in a search it is typed so
    return chinese.contains(openid) ? QStringLiteral("openid") : QString();
}

QByteArray readAll(const char *path) {
    QFile file(QStringLiteral(SONGDA_SOURCE_DIR "/") + QLatin1String(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class GlossaryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneWordForOneThingOnTheScreens();
    void oneWordForOneThingInEnglish();
    void oneWordForOneThingInTheCatalogue();
    void heldIsNotPausedAndACauseIsNoReason();
    void chineseHasItsOwnPunctuation();
};

void GlossaryTest::oneWordForOneThingOnTheScreens() {
    const QList<CatalogueEntry> all = readCatalogue();
    QVERIFY(all.size() > 1000);
    QStringList wrong;
    for (const CatalogueEntry &entry : all) {
        const QString word = forbiddenIn(entry.translation);
        if (!word.isEmpty())
            wrong.append(QStringLiteral("%1: %2 (%3)").arg(word, entry.translation, entry.context));
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void GlossaryTest::oneWordForOneThingInEnglish() {
    static const QRegularExpression said(QStringLiteral("tr\\(\"[^\"]*(put|puts|putting) [a-z ]*away"));
    int files = 0;
    for (const char *folder : {"ui", "app/console"}) {
        QDirIterator sources(QStringLiteral(SONGDA_SOURCE_DIR "/") + QLatin1String(folder), {QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
        while (sources.hasNext()) {
            QFile file(sources.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            ++files;
            QVERIFY2(!QString::fromUtf8(file.readAll()).contains(said), qPrintable(file.fileName()));
        }
    }
    QVERIFY(files > 100);
}

void GlossaryTest::oneWordForOneThingInTheCatalogue() {
    const QJsonArray entries = QJsonDocument::fromJson(readAll("resources/error_catalogue.json")).object().value(QStringLiteral("entries")).toArray();
    QVERIFY(entries.size() > 100);
    QStringList wrong;
    for (const QJsonValue &value : entries) {
        const QJsonObject entry = value.toObject();
        const QString family = entry.value(QStringLiteral("family")).toString();
        for (const char *part : {"meaning", "advice"}) {
            QString chinese = entry.value(QLatin1String(part)).toObject().value(QStringLiteral("zh")).toString();
            // Other platforms have accounts that are no 公众号.
            if (family != QLatin1String("wechat") && family != QLatin1String("transport"))
                chinese.remove(QStringLiteral("账号"));
            const QString word = forbiddenIn(chinese);
            if (!word.isEmpty())
                wrong.append(QStringLiteral("%1: %2 (%3)").arg(word, chinese, entry.value(QStringLiteral("code")).toString()));
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void GlossaryTest::heldIsNotPausedAndACauseIsNoReason() {
    QMap<QString, QStringList> said;
    for (const CatalogueEntry &entry : readCatalogue())
        said[entry.source].append(entry.translation);
    const auto all = [&said](const char *source, const char *chinese) {
        const QStringList found = said.value(QLatin1String(source));
        return !found.isEmpty() && found.count(QString::fromUtf8(chinese)) == found.size();
    };
    QVERIFY(all("Held", "暂停发送"));
    QVERIFY(all("Paused", "已暂停"));
    QVERIFY(all("Cause", "失败原因"));
    QVERIFY(all("Reason", "操作理由"));
}

void GlossaryTest::chineseHasItsOwnPunctuation() {
    // Beside a Chinese character; patterns of file names are listed with two semicolons.
    static const QRegularExpression halfWidth(QString::fromUtf8("[\\x{4e00}-\\x{9fff}）%0-9A-Za-z][,;:!?](?=[\\x{4e00}-\\x{9fff}])|[\\x{4e00}-\\x{9fff}）][,;:!?](?![,;:!?])"));
    QStringList wrong;
    for (const CatalogueEntry &entry : readCatalogue()) {
        if (entry.translation.contains(halfWidth) && !entry.translation.contains(QLatin1String("(*")))
            wrong.append(entry.translation);
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

QTEST_GUILESS_MAIN(GlossaryTest)
#include "glossary_test.moc"
