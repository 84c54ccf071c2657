// SPDX-License-Identifier: GPL-3.0-or-later
//
// The layout is the architecture: an include line may only point along the arrows of engine/README.md.
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

namespace {

/// Which of our folders each folder may include from, besides itself.
const QMap<QString, QStringList> &allowed() {
    static const QMap<QString, QStringList> map{
        {QStringLiteral("engine/model"), {}},
        {QStringLiteral("engine/policy"), {QStringLiteral("engine/model")}},
        {QStringLiteral("engine/log"), {QStringLiteral("engine/model"), QStringLiteral("engine/policy")}},
        {QStringLiteral("engine/net"), {QStringLiteral("engine/model"), QStringLiteral("engine/policy")}},
        {QStringLiteral("engine/store"), {QStringLiteral("engine/model"), QStringLiteral("engine/policy")}},
        {QStringLiteral("engine/secrets"), {QStringLiteral("engine/model"), QStringLiteral("engine/policy")}},
        {QStringLiteral("engine/channels"), {QStringLiteral("engine/model"), QStringLiteral("engine/policy"), QStringLiteral("engine/net")}},
        {QStringLiteral("engine/delivery"),
            {QStringLiteral("engine/model"), QStringLiteral("engine/policy"), QStringLiteral("engine/net"),
                QStringLiteral("engine/store"), QStringLiteral("engine/secrets"), QStringLiteral("engine/channels")}},
        {QStringLiteral("engine/exchange"),
            {QStringLiteral("engine/model"), QStringLiteral("engine/policy"), QStringLiteral("engine/net"),
                QStringLiteral("engine/store"), QStringLiteral("engine/secrets"), QStringLiteral("engine/channels"),
                QStringLiteral("engine/delivery")}},
        {QStringLiteral("engine/facade"), {QStringLiteral("engine")}},
        {QStringLiteral("engine"), {QStringLiteral("engine/model")}}, // engine.h
        // A client of the facade, like a screen; the channels read what a platform pushes.
        {QStringLiteral("engine/doors"),
            {QStringLiteral("engine/engine.h"), QStringLiteral("engine/when_done.h"), QStringLiteral("engine/facade/profile.h"), QStringLiteral("engine/model"),
                QStringLiteral("engine/policy"), QStringLiteral("engine/channels"), QStringLiteral("engine/log")}},
        {QStringLiteral("ui"), {QStringLiteral("engine/engine.h"), QStringLiteral("engine/when_done.h"), QStringLiteral("engine/model"), QStringLiteral("engine/policy/report_verdict.h"), QStringLiteral("engine/policy/template_syntax.h"), QStringLiteral("engine/policy/value_rules.h")}},
        {QStringLiteral("app/cli"), {QStringLiteral("engine/engine.h"), QStringLiteral("engine/when_done.h"), QStringLiteral("engine/doors/doors.h"), QStringLiteral("engine/log/log.h"), QStringLiteral("engine/model")}},
        {QStringLiteral("app/simulator"), {}},
        {QStringLiteral("app/console"),
            {QStringLiteral("engine/engine.h"), QStringLiteral("engine/when_done.h"), QStringLiteral("engine/log/log.h"), QStringLiteral("engine/doors"), QStringLiteral("engine/model"), QStringLiteral("ui"), QStringLiteral("app/simulator")}},
    };
    return map;
}

QString folderOf(const QString &path) {
    QString best;
    for (auto it = allowed().begin(); it != allowed().end(); ++it) {
        if (path.startsWith(it.key() + QLatin1Char('/')) && it.key().size() > best.size())
            best = it.key();
    }
    return best;
}

/// Empty when the include is fine, else a sentence.
QString judge(const QString &file, const QString &include) {
    const QString folder = folderOf(file);
    if (folder.isEmpty())
        return file + QStringLiteral(" is in no known folder");
    const bool graphical = include.startsWith(QLatin1String("QtWidgets")) || include.startsWith(QLatin1String("QtGui"))
        || include == QLatin1String("QWidget") || include == QLatin1String("QApplication") || include == QLatin1String("QGuiApplication");
    if (graphical && !folder.startsWith(QLatin1String("ui")) && folder != QLatin1String("app/console"))
        return file + QStringLiteral(" includes the graphical ") + include;
    const bool ours = include.startsWith(QLatin1String("engine/")) || include.startsWith(QLatin1String("ui/")) || include.startsWith(QLatin1String("app/"));
    if (!ours || include.startsWith(folder + QLatin1Char('/')))
        return {};
    for (const QString &target : allowed()[folder]) {
        if (include == target || include.startsWith(target + QLatin1Char('/')))
            return {};
    }
    return file + QStringLiteral(" must not include ") + include;
}

} // namespace

class IncludeDirectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void judgesWrongDirections();
    void everyIncludePointsAlongTheArrows();
    void policyKnowsNeitherNetworkNorSqlNorClock();
    void futuresGoOnInOneWay();
};

void IncludeDirectionTest::judgesWrongDirections() {
    QVERIFY(judge(QStringLiteral("engine/policy/retry.cpp"), QStringLiteral("engine/model/outcome.h")).isEmpty());
    QVERIFY(!judge(QStringLiteral("engine/model/ids.h"), QStringLiteral("engine/policy/retry.h")).isEmpty());
    QVERIFY(!judge(QStringLiteral("ui/pages/queue/queue_page.cpp"), QStringLiteral("engine/store/database.h")).isEmpty());
    QVERIFY(!judge(QStringLiteral("engine/store/verify.cpp"), QStringLiteral("QtWidgets/QWidget")).isEmpty());
    QVERIFY(!judge(QStringLiteral("engine/net/lane.cpp"), QStringLiteral("ui/shell/main_window.h")).isEmpty());
}

void IncludeDirectionTest::everyIncludePointsAlongTheArrows() {
    const QString root = QStringLiteral(SONGDA_SOURCE_DIR);
    static const QRegularExpression line(QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"), QRegularExpression::MultilineOption);
    QStringList wrong;
    int files = 0;
    for (const QString &top : {QStringLiteral("engine"), QStringLiteral("ui"), QStringLiteral("app")}) {
        QDirIterator it(root + QLatin1Char('/') + top, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            ++files;
            const QString path = file.fileName().mid(root.size() + 1);
            auto found = line.globalMatch(QString::fromUtf8(file.readAll()));
            while (found.hasNext()) {
                const QString sentence = judge(path, found.next().captured(1));
                if (!sentence.isEmpty())
                    wrong << sentence;
            }
        }
    }
    QVERIFY(files > 100);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void IncludeDirectionTest::policyKnowsNeitherNetworkNorSqlNorClock() {
    const QString root = QStringLiteral(SONGDA_SOURCE_DIR) + QStringLiteral("/engine/policy");
    QDirIterator it(root, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files);
    QStringList wrong;
    while (it.hasNext()) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        for (const char *word : {"#include <Q", "sqlite3", "system_clock::now", "steady_clock::now", "random_device"}) {
            if (text.contains(QLatin1String(word)))
                wrong << file.fileName() + QStringLiteral(": ") + QLatin1String(word);
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

// Why: see engine/when_done.h.
void IncludeDirectionTest::futuresGoOnInOneWay() {
    static const QRegularExpression others(QStringLiteral("(\\.|->)(then|unwrap|onFailed|onCanceled)\\(|QtFuture::when(All|Any)\\("));
    QVERIFY(others.match(QStringLiteral("engine.counts().then(this, [] {});")).hasMatch());
    const QString root = QStringLiteral(SONGDA_SOURCE_DIR);
    QStringList wrong;
    for (const QString &top : {QStringLiteral("engine"), QStringLiteral("ui"), QStringLiteral("app"), QStringLiteral("tests")}) {
        QDirIterator it(root + QLatin1Char('/') + top, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            if (others.match(QString::fromUtf8(file.readAll())).hasMatch() && !file.fileName().endsWith(QLatin1String("include_direction_test.cpp")))
                wrong << file.fileName().mid(root.size() + 1);
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

QTEST_GUILESS_MAIN(IncludeDirectionTest)
#include "include_direction_test.moc"
