// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/gallery.h"

#include "ui/pages/recipient/recipient_page.h"
#include "ui/pages/send/batch_form.h"
#include "ui/pages/send/send_page.h"
#include "ui/widgets/data_table.h"

#include <QAbstractItemModel>
#include <QDir>

namespace songda::console {

namespace {

constexpr std::chrono::milliseconds settle{700}; // queries answered, painted

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
    // A chosen row shows more than an empty inspector.
    QTimer::singleShot(settle / 2, this, [this, shot] {
        const auto tables = m_window.page(shot.page)->findChildren<ui::DataTable *>();
        for (ui::DataTable *table : tables) {
            if (table->isVisible() && table->model()->rowCount() > 0 && table->chosenRows().isEmpty())
                table->selectRow(0);
        }
    });
    QTimer::singleShot(2 * settle, this, &Gallery::take);
}

void Gallery::choose(const Shot &shot) {
    if (auto *recipient = qobject_cast<ui::RecipientPage *>(m_window.page(shot.page)))
        recipient->look(m_samples.openid);
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
    m_saved &= m_window.grab().save(name);
    if (++m_next < m_shots.size())
        prepare();
    else
        Q_EMIT finished(m_saved);
}

} // namespace songda::console
