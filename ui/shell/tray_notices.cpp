// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tray_notices.h"

#include "ui/widgets/format.h"
#include "ui/widgets/plain_text.h"

#include <QApplication>
#include <QSystemTrayIcon>

namespace songda::ui {

namespace {
constexpr std::size_t mostLines = 3;
} // namespace

TrayNotices::TrayNotices(Engine &engine, const Directory &directory, QObject *parent)
    : QObject(parent)
    , m_directory(directory) {
    connect(&engine, &Engine::alertTold, this, &TrayNotices::say);
}

TrayNotices::~TrayNotices() = default;

void TrayNotices::say(const AlertNotice &notice) {
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        return; // the rail and the overview say it all the same
    if (!m_icon) {
        m_icon = std::make_unique<QSystemTrayIcon>(QApplication::windowIcon());
        connect(m_icon.get(), &QSystemTrayIcon::messageClicked, this, &TrayNotices::opened);
        connect(m_icon.get(), &QSystemTrayIcon::activated, this, &TrayNotices::opened);
        m_icon->show();
    }
    const bool chinese = m_directory.chinese();
    QStringList lines;
    for (std::size_t i = 0; i < notice.alerts.size() && i < mostLines; ++i)
        lines.append(forNotice(q(Engine::alertWords(notice.alerts[i], chinese).sentence)));
    const auto icon = notice.kind == AlertNotice::Kind::Recovered ? QSystemTrayIcon::Information
        : notice.level >= AlertLevel::Major                       ? QSystemTrayIcon::Critical
                                                                  : QSystemTrayIcon::Warning;
    m_icon->showMessage(forNotice(q(Engine::alertNoticeTitle(notice, chinese))), lines.join(QLatin1Char('\n')), icon);
}

} // namespace songda::ui
