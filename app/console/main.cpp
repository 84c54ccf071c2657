// SPDX-License-Identifier: GPL-3.0-or-later
//
// songda: the desktop console. Wires the engine to the screen; everything else lives in engine/ and ui/.
#include "app/console/console_doors.h"
#include "app/console/demo.h"
#include "app/console/doors_pane.h"
#include "app/console/gallery.h"
#include "app/console/idle_lock.h"
#include "app/console/passphrase.h"
#include "app/console/sign_in.h"
#include "engine/log/log.h"
#include "engine/when_done.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDialog>
#include <QDir>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>
#include <algorithm>
#include <iostream>
#include <string_view>

using namespace songda;

namespace {

struct Console {
    Q_DECLARE_TR_FUNCTIONS(Console)
};

std::string userName() {
    const QByteArray name = qgetenv("USER");
    return name.isEmpty() ? std::string("operator") : name.toStdString();
}

int giveUp(const QString &sentence, bool window) {
    std::cerr << "songda: " << sentence.toStdString() << "\n";
    if (window)
        QMessageBox::critical(nullptr, Console::tr("Songda"), ui::asWritten(sentence));
    return 1;
}

Result<std::unique_ptr<Engine>> openEngine(const std::string &dir, bool demo) {
    if (!QDir(QString::fromStdString(dir)).exists(QStringLiteral("settings.json"))) {
        if (auto made = Engine::createProfile(dir); !made)
            return tl::unexpected(made.error());
    }
    EngineOptions options;
    options.profileDir = dir;
    options.role = EngineOptions::Role::Engine;
    options.user = userName();
    options.askPassphrase = console::askPassphrase;
    options.secretsInMemory = demo;
    auto engine = Engine::open(options);
    if (engine || engine.error().code != ErrorCode::InUse)
        return engine;
    // Somebody else runs this profile: look on.
    options.role = EngineOptions::Role::Viewer;
    return Engine::open(options);
}

void keepChoices(QSettings &settings, ui::Theme &theme, ui::Language &language, ui::MainWindow &window) {
    QObject::connect(&window, &ui::MainWindow::themeChosen, &window, [&](ui::Theme::Choice choice) {
        theme.set(choice);
        settings.setValue(QStringLiteral("theme"), static_cast<int>(choice));
    });
    QObject::connect(&window, &ui::MainWindow::languageChosen, &window, [&](ui::Language::Choice choice) {
        language.set(choice);
        settings.setValue(QStringLiteral("language"), static_cast<int>(choice));
    });
}

/// Takes the screen away until somebody has signed in; nobody: the console ends.
void letSomebodySignIn(ui::MainWindow &window, Engine &engine) {
    if (!engine.session().role || !window.isVisible())
        return;
    const auto dialogs = window.findChildren<QDialog *>();
    for (QDialog *dialog : dialogs) { // what is in them is not for the next either
        dialog->reject();
        dialog->hide(); // also one that is at work and would not go
    }
    QApplication::setQuitOnLastWindowClosed(false); // the sign-in is the last one for a moment
    window.hide();
    engine.signOut();
    const bool signedIn = console::signIn(engine);
    QApplication::setQuitOnLastWindowClosed(true);
    if (signedIn) {
        window.userChanged();
        window.show();
        return;
    }
    QObject::connect(&engine, &Engine::stopped, QCoreApplication::instance(), &QCoreApplication::quit, Qt::QueuedConnection);
    if (window.close()) // otherwise what is in flight ends first
        QCoreApplication::quit();
}

/// Switching the user, and asking for the password again after a while without a hand on key or mouse.
void guardSession(console::IdleLock &lock, ui::MainWindow &window, Engine &engine) {
    static const QString key = QStringLiteral("lock/minutes");
    const auto limit = [](int minutes) { return std::chrono::minutes(minutes); };
    const int kept = QSettings().value(key, 0).toInt();
    window.setLockAfter(kept);
    lock.setLimit(limit(kept));
    const auto ask = [&lock, &window, &engine, limit] {
        letSomebodySignIn(window, engine);
        lock.setLimit(limit(QSettings().value(key, 0).toInt()));
    };
    QObject::connect(&window, &ui::MainWindow::switchUserWanted, &window, ask);
    QObject::connect(&lock, &console::IdleLock::idle, &window, ask);
    QObject::connect(&window, &ui::MainWindow::lockAfterChosen, &window, [&lock, limit](int minutes) {
        QSettings().setValue(key, minutes);
        lock.setLimit(limit(minutes));
    });
}

/// The database is older than what last ran here: nothing is sent until a person agrees.
void askAboutRestored(ui::MainWindow &window, Engine &engine) {
    whenDone(engine.restoredWaiting(), &window, [&window, &engine](const Result<std::optional<std::int64_t>> &waiting) {
        if (!waiting || !*waiting)
            return;
        QMessageBox question(QMessageBox::Warning, Console::tr("An older database"),
            Console::tr("This database is older than what last ran here, as after a restored backup."), QMessageBox::NoButton, &window);
        question.setInformativeText(Console::tr("Messages that wait: %1. Those that were sent after the backup was made would arrive a second time. "
                                                "Until you agree nothing is sent; you can look at everything and cancel what should not go.")
                                        .arg(**waiting));
        QPushButton *agree = question.addButton(Console::tr("Send what waits"), QMessageBox::DestructiveRole);
        question.setDefaultButton(question.addButton(Console::tr("Send nothing"), QMessageBox::RejectRole));
        question.exec();
        if (question.clickedButton() != agree)
            return;
        whenDone(engine.acceptRestored("agreed in the console"), &window, [&window, &engine](const Result<void> &accepted) {
            const Result<void> started = accepted ? engine.start() : accepted;
            window.say(started ? Console::tr("Sending goes on.") : ui::words::error(started.error()), started ? ui::Tone::Good : ui::Tone::Bad);
        });
    });
}

/// The size somebody wished for in the settings; Qt asks for it before there is a window. Pictures are as everybody has
/// them.
void scaleEverything(int argc, char **argv) {
    const bool pictures = std::any_of(argv, argv + argc, [](const char *argument) { return std::string_view(argument).starts_with("--gallery"); });
    const int percent = QSettings().value(QStringLiteral("look/scale"), 100).toInt();
    if (!pictures && percent != 100 && percent >= 50 && percent <= 300 && !qEnvironmentVariableIsSet("QT_SCALE_FACTOR"))
        qputenv("QT_SCALE_FACTOR", QByteArray::number(percent / 100.0, 'f', 2));
}

} // namespace

int main(int argc, char **argv) {
    Engine::keepNoCoreFiles();
    QApplication::setOrganizationName(QStringLiteral("songda"));
    QApplication::setApplicationName(QStringLiteral("songda"));
    log::catchQtMessages();
    scaleEverything(argc, argv);
    QApplication app(argc, argv);
    QApplication::setApplicationVersion(QStringLiteral("0.1.0"));
    // Without a named Chinese font the system may fall back on a bold one.
    QFont font = QApplication::font();
    font.setFamilies({font.family(), QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Microsoft YaHei"), QStringLiteral("PingFang SC")});
    QApplication::setFont(font);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/songda/icons/songda.svg")));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Songda: send WeChat template messages, see why some fail, resend, report."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption profile(QStringLiteral("profile"), QStringLiteral("Folder with the queue and the settings; made if it is not there."), QStringLiteral("DIR"));
    const QCommandLineOption demoOption(QStringLiteral("demo"), QStringLiteral("Practice against a WeChat inside the program; nothing is kept."));
    const QCommandLineOption galleryOption(QStringLiteral("gallery"), QStringLiteral("With --demo: save a picture of every page into DIR, then end."), QStringLiteral("DIR"));
    const QCommandLineOption languageOption(QStringLiteral("lang"), QStringLiteral("en or zh; otherwise the last choice, or the system's."), QStringLiteral("LANG"));
    const QCommandLineOption themeOption(QStringLiteral("theme"), QStringLiteral("light, dark or system."), QStringLiteral("THEME"));
    parser.addOptions({profile, demoOption, galleryOption, languageOption, themeOption});
    parser.process(app);
    const bool demoWanted = parser.isSet(demoOption);
    if (demoWanted && parser.isSet(profile))
        return giveUp(QStringLiteral("--demo has a profile of its own; leave --profile away"), false);
    if (parser.isSet(galleryOption) && !demoWanted)
        return giveUp(QStringLiteral("--gallery needs --demo"), false);

    // The gallery leaves no trace in anybody's settings and starts from none.
    std::unique_ptr<console::Demo> demo;
    if (demoWanted) {
        auto started = console::Demo::start();
        if (!started)
            return giveUp(QString::fromStdString(started.error()), false);
        demo = std::move(*started);
        if (parser.isSet(galleryOption))
            QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, QString::fromStdString(demo->profileDir()));
    }

    QSettings settings;
    ui::Theme theme;
    ui::Language language;
    const QString lang = parser.value(languageOption);
    const auto kept = settings.value(QStringLiteral("language"));
    language.set(lang == QLatin1String("zh") ? ui::Language::Choice::Chinese
            : lang == QLatin1String("en")    ? ui::Language::Choice::English
            : kept.isValid()                 ? static_cast<ui::Language::Choice>(kept.toInt())
                                             : ui::Language::ofSystem());
    const QString wanted = parser.value(themeOption);
    theme.set(wanted == QLatin1String("dark") ? ui::Theme::Choice::Dark
            : wanted == QLatin1String("light") ? ui::Theme::Choice::Light
            : wanted == QLatin1String("system")
            ? ui::Theme::Choice::System
            : static_cast<ui::Theme::Choice>(settings.value(QStringLiteral("theme"), 0).toInt()));

    const std::string dir = demo ? demo->profileDir() + "/profile"
        : parser.isSet(profile)  ? parser.value(profile).toStdString()
                                 : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation).toStdString();
    auto engine = openEngine(dir, demoWanted);
    if (!engine)
        return giveUp(ui::words::error(engine.error()), true);
    if ((*engine)->session().mustSignIn && !console::signIn(**engine))
        return 0;
    QString notice;
    ui::Tone tone = ui::Tone::Warn;
    bool restored = false;
    if ((*engine)->role() == EngineOptions::Role::Viewer) {
        notice = Console::tr("Another console runs the engine of this profile. Here you can look at everything and change nothing.");
    } else if (const auto started = (*engine)->start(); !started) {
        notice = ui::words::error(started.error());
        tone = ui::Tone::Bad;
        restored = started.error().code == ErrorCode::Restored;
    }

    const bool delivers = (*engine)->role() == EngineOptions::Role::Engine;
    console::ConsoleDoors doors(**engine, dir);
    ui::MainWindow window(**engine, theme, language);
    window.addConnection(QStringLiteral("doors"), [] { return Console::tr("Doors"); },
        new console::DoorsPane(window.context(), delivers ? &doors : nullptr, dir));
    QObject::connect(&doors, &console::ConsoleDoors::changed, &window, [&] { window.setPublicUrl(doors.publicUrl()); });
    doors.openAnew();
    keepChoices(settings, theme, language, window);
    console::IdleLock lock;
    guardSession(lock, window, **engine);
    if (!notice.isEmpty())
        window.say(notice, tone);
    if (restored)
        QTimer::singleShot(0, &window, [&] { askAboutRestored(window, **engine); });
    std::unique_ptr<console::Gallery> gallery;
    int status = 0;
    if (demo) {
        QObject::connect(demo.get(), &console::Demo::failed, &window, [&](const QString &sentence) { window.say(sentence, ui::Tone::Bad); });
        demo->fill(**engine);
        window.addPage(QStringLiteral("practice"), QStringLiteral("practice"), [] { return Console::tr("Practice"); }, QKeySequence(QStringLiteral("Ctrl+J")),
            new console::PracticePage(window.context(), demo->ground(**engine)));
    }
    if (parser.isSet(galleryOption)) {
        window.resize(1360, 860);
        gallery = std::make_unique<console::Gallery>(window, theme, language, parser.value(galleryOption), console::Gallery::Samples{demo->sampleFile(), demo->samplePerson()});
        QObject::connect(gallery.get(), &console::Gallery::finished, &app, [&](bool saved) {
            status = saved ? 0 : giveUp(QStringLiteral("not every picture could be saved"), false);
            window.close();
        });
        gallery->start(std::chrono::seconds(12));
    }
    window.show();
    const int code = QApplication::exec();
    console::askNoMore();
    return status != 0 ? status : code;
}
