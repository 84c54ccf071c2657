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
    /// `sampleFile` is what the Send page shows.
    Gallery(ui::MainWindow &window, ui::Theme &theme, ui::Language &language, QString dir, QString sampleFile);

    /// After `firstPicture`, so that there is something to see.
    void start(std::chrono::milliseconds firstPicture);

Q_SIGNALS:
    void finished(bool allSaved);

private:
    struct Shot {
        QString page;
        ui::Theme::Choice theme;
        ui::Language::Choice language;
    };
    void prepare();
    void take();

    ui::MainWindow &m_window;
    ui::Theme &m_theme;
    ui::Language &m_language;
    QString m_dir;
    QString m_sampleFile;
    std::vector<Shot> m_shots;
    std::size_t m_next = 0;
    bool m_saved = true;
    QTimer m_timer;
};

} // namespace songda::console
