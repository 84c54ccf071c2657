// SPDX-License-Identifier: GPL-3.0-or-later
//
// H10: markup, pictures, marks that turn the direction of writing and words of a megabyte, in every field that takes words from
// outside, looked at on every page of the real window. All of it is shown as text: nothing is opened, nobody is asked for a
// picture, no label or tooltip can be read as markup, and the window does not stand still over it.
#include "tests/ui/console_fixture.h"
#include "tests/ui/measured_application.h"
#include "tests/ui/operator_hands.h"
#include "ui/pages/send/batch_form.h"
#include "ui/pages/send/send_page.h"
#include "ui/shell/page.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"

#include <QAbstractItemView>
#include <QImage>
#include <QLabel>
#include <QTabWidget>
#include <QTcpServer>
#include <QTextDocumentFragment>
#include <sys/inotify.h>
#include <unistd.h>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr int patience = 30'000;
constexpr int rowsLookedAt = 40;
/// What one event may take of the processor. Measured: some tens; a megabyte laid out takes seconds.
constexpr double mostMs = 400;

const char *const pages[]{"overview", "send", "queue", "dead_letters", "recipient", "errors", "templates", "reports", "accounts", "audit", "alerts", "connections", "users",
    "settings", "handover"};

MeasuredApplication &application() { return *static_cast<MeasuredApplication *>(qApp); }

/// A server and a file that somebody may be tempted to fetch, and whether somebody did.
class Bait {
public:
    Bait()
        : m_picture(m_dir.filePath(QStringLiteral("picture.png"))) {
        QImage image(4, 4, QImage::Format_RGB32);
        image.fill(Qt::red);
        if (!image.save(m_picture) || !m_server.listen(QHostAddress::LocalHost))
            qFatal("no bait");
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { ++m_calls; });
        m_watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        inotify_add_watch(m_watch, QFile::encodeName(m_picture).constData(), IN_OPEN | IN_ACCESS);
    }
    ~Bait() { ::close(m_watch); }

    QString markup() const {
        return QStringLiteral("<img src=\"http://127.0.0.1:%1/a.png\"><img src=\"file://%2\"><img src=\"%2\"><b>bold</b><a href=\"http://127.0.0.1:%1/\">click</a>")
            .arg(m_server.serverPort())
            .arg(m_picture);
    }
    int calls() const { return m_calls; }
    bool wasOpened() const {
        char events[4096];
        return ::read(m_watch, events, sizeof events) > 0;
    }

private:
    QTemporaryDir m_dir;
    QString m_picture;
    QTcpServer m_server;
    int m_calls = 0;
    int m_watch = -1;
};

bool hasTurns(const QString &text) { return std::any_of(text.cbegin(), text.cend(), turnsWriting); }

/// What is wrong with a text in a place of Qt that guesses whether it is markup.
QString wrongWith(const QString &text) {
    if (hasTurns(text))
        return QStringLiteral("turns the writing: ") + text.left(120);
    if (Qt::mightBeRichText(text) && QTextDocumentFragment::fromHtml(text).toPlainText().contains(QChar::ObjectReplacementCharacter))
        return QStringLiteral("has a picture: ") + text.left(120);
    return text.contains(QLatin1String("<img")) && Qt::mightBeRichText(text) ? QStringLiteral("is markup: ") + text.left(120) : QString();
}

/// Whatever a window shows that could be taken for more than text.
QStringList faults(QWidget &window, int *texts) {
    QStringList found;
    const auto note = [&](const QObject *where, const QString &what) {
        if (!what.isEmpty())
            found << QStringLiteral("%1 %2 %3").arg(QLatin1String(where->metaObject()->className()), where->objectName(), what);
    };
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        ++*texts;
        if (label->textFormat() != Qt::PlainText)
            note(label, wrongWith(label->text()));
        else if (hasTurns(label->text()))
            note(label, QStringLiteral("turns the writing: ") + label->text().left(120));
        else if (label->text().size() > 20'000)
            note(label, QStringLiteral("has %1 characters").arg(label->text().size()));
    }
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        ++*texts;
        note(widget, wrongWith(widget->toolTip()));
    }
    for (const QAbstractItemView *view : window.findChildren<QAbstractItemView *>()) {
        const QAbstractItemModel *model = view->model();
        for (int row = 0; model != nullptr && row < std::min(model->rowCount(), rowsLookedAt); ++row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                ++*texts;
                note(view, wrongWith(model->index(row, column).data(Qt::ToolTipRole).toString()));
            }
        }
    }
    return found;
}

} // namespace

class H10ShownAsTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPageShowsText();
    void aHostileFileIsOnlyText();
    void dialogsAndNoticesShowText();
    void theLookWouldFindMarkup();
};

void H10ShownAsTextTest::everyPageShowsText() {
    ConsoleFixture console({.mix = "43004=100"});
    QVERIFY(console.isReady());
    const Bait bait;
    Engine &engine = console.engine();
    const std::string markup = bait.markup().toStdString();
    const std::string turned = "\u202Eexe.gnp\u2066\u200F" + markup;
    const std::string megabyte = markup + std::string(1 << 20, 'W');
    const auto done = [](auto future) { return wait(std::move(future)).has_value(); };

    QVERIFY(console.import(console.writeCsv(QStringLiteral("dead.csv"), 100, 10)));
    QTRY_VERIFY_WITH_TIMEOUT(engine.snapshot().counts[MessageState::Dead] > 0, patience);
    // A template that takes any words, and messages with them. The platform does not know it: they wait.
    Template t;
    t.templateId = std::string(43, 'h');
    t.title = turned.substr(0, 300);
    t.content = "{{first.DATA}}\n<b>号</b>：{{keyword1.DATA}}\n{{remark.DATA}}";
    QVERIFY(done(engine.addTemplate(accountName, t)));
    for (const std::string &value : {markup, turned, std::string(9000, 'W') + markup}) {
        SendRequest request;
        request.account = accountName;
        request.templateId = t.templateId;
        request.openid = "oHostile";
        request.data = {{"first", value}, {"keyword1", value}, {"remark", value}};
        request.url = "https://example.com/<img/src=x>";
        request.idempotencyKey = value.substr(0, 100);
        QVERIFY(done(engine.send(request)));
    }
    // Batches, reasons, notes and lists.
    int files = 0;
    for (const std::string &name : {markup, turned, megabyte}) {
        ImportRequest request;
        request.path = console.writeCsv(QStringLiteral("batch%1.csv").arg(files++), 0, 20).toStdString();
        request.account = accountName;
        request.templateId = orderTemplate;
        request.batchName = name;
        request.at = Engine::wallNow() + std::chrono::hours(24);
        const auto report = wait(engine.importCsv(request));
        QVERIFY(report.has_value());
        QVERIFY(done(engine.setBatchState(report->batch, BatchState::Paused, name)));
        SuppressRequest suppress;
        suppress.account = accountName;
        suppress.openids = {"oNobody" + std::to_string(files)};
        suppress.reason = name;
        QVERIFY(done(engine.suppress(suppress)));
        QVERIFY(done(engine.holdTemplate(accountName, t.templateId, name)));
        QVERIFY(done(engine.resumeTemplate(accountName, t.templateId, name)));
        const auto groups = wait(engine.causeGroups());
        QVERIFY(groups.has_value());
        for (const CauseGroup &group : *groups)
            QVERIFY(done(engine.setCauseNote(group.account, group.cause, name.substr(0, 500))));
        const auto accounts = wait(engine.accounts());
        QVERIFY(accounts.has_value());
        QVERIFY(done(engine.recordEvents(accountName, {DeliveryReport{"77" + std::to_string(files), "oHostile", name, {}}})));
        QVERIFY(done(engine.holdAccount(accountName, name)));
    }

    int texts = 0;
    QStringList wrong;
    double longest = 0;
    QString longestAt;
    application().measuring = true;
    for (const bool chinese : {false, true}) {
        console.language().set(chinese ? Language::Choice::Chinese : Language::Choice::English);
        for (const char *name : pages) {
            console.window().showPage(QLatin1String(name));
            auto *page = console.window().page(QLatin1String(name));
            QVERIFY2(page != nullptr, name);
            application().longestCpuMs = 0;
            QTest::qWait(300); // what it asks for has come
            for (QTabWidget *tabs : page->findChildren<QTabWidget *>()) {
                for (int i = 0; i < tabs->count(); ++i) {
                    tabs->setCurrentIndex(i);
                    QCoreApplication::processEvents();
                }
            }
            for (DataTable *each : page->findChildren<DataTable *>()) {
                if (each->model() == nullptr)
                    continue;
                for (int row = 0; row < std::min(each->model()->rowCount(), 3); ++row) {
                    each->selectRow(row);
                    QTest::qWait(60); // what it stands for is read
                }
            }
            static_cast<void>(console.window().grab());
            if (application().longestCpuMs > longest) {
                longest = application().longestCpuMs;
                longestAt = QStringLiteral("%1, %2").arg(QLatin1String(name), QLatin1String(application().longestAt));
            }
            for (const QString &fault : faults(console.window(), &texts))
                wrong << QLatin1String(name) + QStringLiteral(": ") + fault;
        }
    }
    application().measuring = false;
    wrong.removeDuplicates();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    QVERIFY2(!console.window().windowTitle().contains(QLatin1String("<img")) && !hasTurns(console.window().windowTitle()), qPrintable(console.window().windowTitle()));
    QCOMPARE(bait.calls(), 0);
    QVERIFY(!bait.wasOpened());
    QVERIFY2(longest < mostMs, qPrintable(QStringLiteral("%1 ms at %2").arg(longest).arg(longestAt)));
    qInfo("n = %d texts on %zu pages in two languages: no markup, no picture asked for; longest event %.0f ms of the processor (%s)", texts, std::size(pages), longest,
        qPrintable(longestAt));
}

void H10ShownAsTextTest::aHostileFileIsOnlyText() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const Bait bait;
    const QByteArray markup = bait.markup().replace(QLatin1Char('"'), QLatin1Char('\'')).toUtf8();
    const QByteArray word(900'000, 'W');
    QFile file(console.path(QStringLiteral("<b>&lt;img\u202E.csv")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("openid,character_string1,thing2,amount3,time4," + markup + ",\u202Etxt," + QByteArray(60'000, 'H') + "\n");
    file.write("oA,SO1,tea,1.50,2026-01-31 15:01," + markup + ",x," + word + "\n");
    file.write("oB,SO1," + word + ",1.50,2026-01-31 15:01,x,x,x\n");
    file.write("\"" + markup + "\",SO1,tea,1.50,2026-01-31 15:01,x,\u202Eevil,x\n");
    file.close();
    auto *page = qobject_cast<SendPage *>(console.window().page(QStringLiteral("send")));
    QVERIFY(page != nullptr);
    application().longestCpuMs = 0;
    application().measuring = true;
    console.window().showPage(QStringLiteral("send"));
    page->showForm();
    page->batchForm()->openFile(file.fileName());
    auto *check = part<QPushButton>(page->batchForm(), "check");
    QTRY_VERIFY_WITH_TIMEOUT(check->isVisible() && check->isEnabled(), patience);
    QTest::mouseClick(check, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(page->batchForm(), "queueBatch")->isVisible(), patience);
    static_cast<void>(console.window().grab());
    int texts = 0;
    const QStringList wrong = faults(console.window(), &texts);
    application().measuring = false;
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    QCOMPARE(table(page->batchForm(), "rejects")->model()->rowCount(), 2);
    QCOMPARE(bait.calls(), 0);
    QVERIFY(!bait.wasOpened());
    QVERIFY2(application().longestCpuMs < mostMs, qPrintable(QStringLiteral("%1 ms, %2").arg(application().longestCpuMs).arg(QLatin1String(application().longestAt))));
    qInfo("n = %d texts around a hostile file; longest event %.0f ms of the processor", texts, application().longestCpuMs);
}

void H10ShownAsTextTest::dialogsAndNoticesShowText() {
    const Bait bait;
    const QString megabyte = bait.markup() + QStringLiteral("\u202E") + QString(1 << 20, QLatin1Char('W'));
    int texts = 0;
    QStringList wrong;
    QWidget parent;
    withDialog(QStringLiteral("askReason"), [&](QDialog *dialog) {
        static_cast<void>(dialog->grab());
        wrong << faults(*dialog, &texts);
        dialog->reject();
    });
    QVERIFY(!askReason(&parent, {QStringLiteral("Title"), megabyte, QStringLiteral("Do it"), false, {}}));
    Notice notice;
    notice.say(megabyte, Tone::Bad);
    Chip chip;
    chip.set(megabyte, Tone::Bad);
    ToneLabel toned;
    toned.set(megabyte, Tone::Good);
    for (QWidget *each : std::initializer_list<QWidget *>{&notice, &chip, &toned}) {
        each->resize(300, 100);
        static_cast<void>(each->grab());
        setPlainToolTip(each, megabyte);
        wrong << faults(*each, &texts);
        QVERIFY(wrongWith(each->toolTip()).isEmpty());
        auto *label = qobject_cast<QLabel *>(each);
        QVERIFY(label->textFormat() == Qt::PlainText && !hasTurns(label->text()) && label->text().size() < 10'000);
    }
    // A tooltip as Qt lays it out has the words, and no picture.
    const QString tip = QTextDocumentFragment::fromHtml(asWritten(bait.markup())).toPlainText();
    QVERIFY2(tip.contains(QLatin1String("<img src=")), qPrintable(tip));
    const QString notified = forNotice(megabyte);
    QVERIFY(!notified.contains(QLatin1Char('<')) && !notified.contains(QLatin1Char('&')) && !hasTurns(notified) && notified.size() <= 300);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    QCOMPARE(bait.calls(), 0);
    QVERIFY(!bait.wasOpened());
}

void H10ShownAsTextTest::theLookWouldFindMarkup() {
    const Bait bait;
    QWidget window;
    QLabel guessing(bait.markup(), &window), turned(QStringLiteral("\u202Eabc"), &window);
    turned.setTextFormat(Qt::PlainText);
    window.setToolTip(QStringLiteral("x"));
    guessing.setToolTip(bait.markup());
    window.show();
    static_cast<void>(window.grab());
    int texts = 0;
    QVERIFY(faults(window, &texts).size() >= 3);
    QVERIFY(bait.wasOpened()); // by the label that guesses
}

int main(int argc, char **argv) {
    MeasuredApplication app(argc, argv);
    H10ShownAsTextTest test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, argc, argv);
}
#include "h10_shown_as_text_test.moc"
