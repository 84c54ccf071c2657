// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace songda::ui {

Language::Language(QObject *parent)
    : QObject(parent) {
    QLocale::setDefault(QLocale(QLocale::English, QLocale::China));
}

Language::Choice Language::ofSystem() {
    return QLocale::system().language() == QLocale::Chinese ? Choice::Chinese : Choice::English;
}

void Language::set(Choice choice) {
    if (choice == m_choice)
        return;
    m_choice = choice;
    QLocale::setDefault(QLocale(chinese() ? QLocale::Chinese : QLocale::English, QLocale::China));
    Q_EMIT aboutToChange(chinese());
    if (chinese()) {
        // Qt's own words (OK, Cancel, the menus of text fields) where the system has them.
        if (m_qt.load(QStringLiteral("qtbase_zh_CN"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
            QCoreApplication::installTranslator(&m_qt);
        if (m_ours.load(QStringLiteral(":/songda/translations/songda_zh_CN.qm")))
            QCoreApplication::installTranslator(&m_ours);
    } else {
        QCoreApplication::removeTranslator(&m_ours);
        QCoreApplication::removeTranslator(&m_qt);
    }
}

} // namespace songda::ui
