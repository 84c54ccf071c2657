// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/gallery.h"

#include "ui/pages/recipient/recipient_page.h"
#include "ui/pages/send/batch_form.h"
#include "ui/pages/send/send_page.h"
#include "ui/widgets/data_table.h"

#include <QAbstractItemModel>
#include <QDialog>
#include <QDir>
#include <QPainter>
#include <QTabWidget>
#include <algorithm>
#include <array>

namespace songda::console {

namespace {

constexpr std::chrono::milliseconds settle{700}; // queries answered, painted
/// What the pictures of its tabs are called, in their order.
constexpr std::array connectionTabs{QLatin1String("connections"), QLatin1String("connection_keys"), QLatin1String("connection_hooks"), QLatin1String("connection_doors")};

} // namespace

Gallery::Gallery(ui::MainWindow &window, ui::Theme &theme, ui::Language &language, QString dir, Samples samples)
    : m_window(window)
    , m_theme(theme)
    , m_language(language)
    , m_dir(std::move(dir))
    , m_samples(std::move(samples)) {
    for (const auto words : {ui::Language::Choice::English, ui::Language::Choice::Chinese})
        for (const auto colours : {ui::Theme::Choice::Light, ui::Theme::Choice::Dark})
            for (const QString &page : window.pageNames()) {
                m_shots.push_back({page, page, colours, words});
                if (page == QLatin1String("send"))
                    m_shots.push_back({page, QStringLiteral("batch"), colours, words});
                if (page == QLatin1String("connections"))
                    for (int tab = 1; tab < static_cast<int>(connectionTabs.size()); ++tab)
                        m_shots.push_back({page, QString(connectionTabs[static_cast<std::size_t>(tab)]), colours, words});
                if (page == QLatin1String("overview")) {
                    m_shots.push_back({page, QStringLiteral("palette"), colours, words});
                    m_shots.push_back({page, QStringLiteral("keys"), colours, words});
                }
            }
    m_timer.setSingleShot(true);
}

void Gallery::start(std::chrono::milliseconds firstPicture) {
    if (!QDir().mkpath(m_dir)) {
        Q_EMIT finished(false);
        return;
    }
    connect(&m_timer, &QTimer::timeout, this, &Gallery::prepare);
    m_timer.start(firstPicture);
}

void Gallery::prepare() {
    const Shot &shot = m_shots[m_next];
    m_language.set(shot.language);
    m_theme.set(shot.theme);
    m_window.showPage(shot.page);
    choose(shot);
    // Twice: what is chosen in one table decides what stands in the next.
    for (const auto when : {settle / 2, settle})
        QTimer::singleShot(when, this, [this, shot] { chooseRows(*m_window.page(shot.page)); });
    QTimer::singleShot(2 * settle, this, &Gallery::take);
}

void Gallery::chooseRows(ui::Page &page) {
    // A chosen row shows more than an empty inspector.
    const auto tables = page.findChildren<ui::DataTable *>();
    for (ui::DataTable *table : tables) {
        const QAbstractItemModel *rows = table->model();
        if (!table->isVisible() || rows->rowCount() == 0 || !table->chosenRows().isEmpty())
            continue;
        int best = 0;
        if (table->objectName() == QLatin1String("queue")) {
            // One that was tried several times has more to tell.
            constexpr int attempts = 4;
            for (int row = 0; row < rows->rowCount(); ++row) {
                if (rows->index(row, attempts).data().toInt() > rows->index(best, attempts).data().toInt())
                    best = row;
            }
        }
        table->selectRow(best);
    }
}

void Gallery::choose(const Shot &shot) {
    if (shot.name == QLatin1String("palette"))
        m_window.openPalette();
    if (shot.name == QLatin1String("keys"))
        m_window.openKeyMap();
    if (auto *tabs = m_window.page(shot.page)->findChild<QTabWidget *>(QStringLiteral("connectionTabs"))) {
        const auto tab = std::find(connectionTabs.begin(), connectionTabs.end(), shot.name);
        tabs->setCurrentIndex(static_cast<int>(tab - connectionTabs.begin()));
    }
    if (auto *recipient = qobject_cast<ui::RecipientPage *>(m_window.page(shot.page)))
        recipient->look({{}, m_samples.openid, {}});
    auto *send = qobject_cast<ui::SendPage *>(m_window.page(shot.page));
    if (send == nullptr)
        return;
    if (shot.name == QLatin1String("batch")) {
        send->showBatches();
        return;
    }
    send->showForm();
    send->batchForm()->openFile(m_samples.file);
    QTimer::singleShot(settle, send->batchForm(), &ui::BatchForm::checkRows);
}

void Gallery::take() {
    const Shot &shot = m_shots[m_next];
    const QString name = QStringLiteral("%1/%2-%3-%4.png")
                             .arg(m_dir, shot.name, shot.theme == ui::Theme::Choice::Dark ? QStringLiteral("dark") : QStringLiteral("light"),
                                 shot.language == ui::Language::Choice::Chinese ? QStringLiteral("zh") : QStringLiteral("en"));
    QPixmap picture = m_window.grab();
    // A window above it is in the picture, too.
    const auto dialogs = m_window.findChildren<QDialog *>();
    for (QDialog *dialog : dialogs) {
        if (!dialog->isVisible())
            continue;
        QPainter(&picture).drawPixmap(dialog->mapToGlobal(QPoint()) - m_window.mapToGlobal(QPoint()), dialog->grab());
        dialog->reject();
    }
    m_saved &= picture.save(name);
    if (++m_next < m_shots.size())
        prepare();
    else
        Q_EMIT finished(m_saved);
}

} // namespace songda::console
