// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/console_fixture.h"

#include <QDir>

namespace songda::test {

/// Pictures for people to look at, kept where SONGDA_PICTURES says; without it nothing happens.
inline void keepPicture(QWidget *widget, const QString &name) {
    const QString folder = qEnvironmentVariable("SONGDA_PICTURES");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    QTest::qWait(400); // for what is asked off the screen, and for the painting
    widget->grab().save(QStringLiteral("%1/%2.png").arg(folder, name));
}

/// The same in both languages and both themes. `what`: the window, if nothing else.
inline void keepPictures(ConsoleFixture &console, const char *name, QWidget *what = nullptr) {
    if (qEnvironmentVariableIsEmpty("SONGDA_PICTURES"))
        return;
    using ui::Language;
    using ui::Theme;
    for (const auto words : {Language::Choice::English, Language::Choice::Chinese}) {
        for (const auto colours : {Theme::Choice::Light, Theme::Choice::Dark}) {
            console.language().set(words);
            console.theme().set(colours);
            keepPicture(what != nullptr ? what : &console.window(),
                QStringLiteral("%1-%2-%3").arg(QLatin1String(name), colours == Theme::Choice::Dark ? QStringLiteral("dark") : QStringLiteral("light"),
                    words == Language::Choice::Chinese ? QStringLiteral("zh") : QStringLiteral("en")));
        }
    }
    console.language().set(Language::Choice::English);
    console.theme().set(Theme::Choice::Light);
}

} // namespace songda::test
