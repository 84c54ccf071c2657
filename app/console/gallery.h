// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/main_window.h"

#include <QObject>
#include <QTimer>
#include <vector>

namespace songda::console {

/// Takes a picture of every page in both themes and both languages, then says so: how the pictures of the README are
/// made.
class Gallery final : public QObject {
    Q_OBJECT
public:
    /// What pages show that need something to be chosen.
    struct Samples {
        QString file; ///< of the Send page
        QString openid; ///< of the Recipient page
    };
    Gallery(ui::MainWindow &window, ui::Theme &theme, ui::Language &language, QString dir, Samples samples);

    /// After `firstPicture`, so that there is something to see.
    void start(std::chrono::milliseconds firstPicture);

Q_SIGNALS:
    void finished(bool allSaved);

private:
    struct Shot {
        QString page;
        QString name; ///< of the file
        ui::Theme::Choice theme;
        ui::Language::Choice language;
    };
    void prepare();
    void choose(const Shot &shot);
    void chooseRows(ui::Page &page);
    void take();

    ui::MainWindow &m_window;
    ui::Theme &m_theme;
    ui::Language &m_language;
    QString m_dir;
    Samples m_samples;
    std::vector<Shot> m_shots;
    std::size_t m_next = 0;
    bool m_saved = true;
    QTimer m_timer;
};

} // namespace songda::console
