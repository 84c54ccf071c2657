// SPDX-License-Identifier: GPL-3.0-or-later
//
// All words of the console come from one catalogue, and it is complete.
#include "tests/ui/catalogue.h"

#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace songda::test;

namespace {

QMap<QString, int> placeholders(const QString &text) {
    static const QRegularExpression form(QStringLiteral("%[0-9n]"));
    QMap<QString, int> found;
    for (auto it = form.globalMatch(text); it.hasNext();)
        ++found[it.next().captured()];
    return found;
}

} // namespace

class TranslationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyEntryIsTranslated();
    void placeholdersAreTheSame();
    void everyWordOfTheSourceIsInTheCatalogue();
};

void TranslationsTest::everyEntryIsTranslated() {
    const QList<CatalogueEntry> entries = readCatalogue();
    QVERIFY(entries.size() > 300);
    for (const CatalogueEntry &entry : entries)
        QVERIFY2(entry.finished && !entry.translation.isEmpty(), qPrintable(entry.id()));
}

void TranslationsTest::placeholdersAreTheSame() {
    for (const CatalogueEntry &entry : readCatalogue())
        QVERIFY2(placeholders(entry.source) == placeholders(entry.translation), qPrintable(entry.id()));
}

void TranslationsTest::everyWordOfTheSourceIsInTheCatalogue() {
    const QTemporaryDir dir;
    const QString fresh = dir.filePath(QStringLiteral("fresh.ts"));
    QProcess lupdate;
    lupdate.setWorkingDirectory(QStringLiteral(SONGDA_SOURCE_DIR));
    lupdate.start(QStringLiteral(SONGDA_LUPDATE),
        {QStringLiteral("-no-obsolete"), QStringLiteral("-locations"), QStringLiteral("none"), QStringLiteral("-I"), QStringLiteral("."), QStringLiteral("ui"),
            QStringLiteral("app/console"), QStringLiteral("-ts"), fresh});
    QVERIFY2(lupdate.waitForFinished(60'000), qPrintable(lupdate.errorString()));
    QCOMPARE(lupdate.exitCode(), 0);
    // A class lupdate does not know would get a context the program never asks for.
    const QByteArray said = lupdate.readAllStandardError();
    QVERIFY2(!said.contains("Qualifying with unknown"), said.constData());
    QSet<QString> inSource;
    for (const CatalogueEntry &entry : readCatalogue(fresh))
        inSource.insert(entry.id());
    QSet<QString> inCatalogue;
    for (const CatalogueEntry &entry : readCatalogue())
        inCatalogue.insert(entry.id());
    QVERIFY(!inSource.isEmpty());
    const auto missing = inSource - inCatalogue;
    QVERIFY2(missing.isEmpty(), qPrintable(QStringList(missing.begin(), missing.end()).join(QLatin1Char('\n'))));
    const auto left = inCatalogue - inSource;
    QVERIFY2(left.isEmpty(), qPrintable(QStringList(left.begin(), left.end()).join(QLatin1Char('\n'))));
}

QTEST_GUILESS_MAIN(TranslationsTest)
#include "translations_test.moc"
