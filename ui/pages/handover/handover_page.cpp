// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/handover/handover_page.h"

#include "engine/when_done.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QSaveFile>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace songda::ui {

namespace {

constexpr int shifts[]{4, 6, 8, 12, 24};
constexpr int mostActs = 1000;
constexpr int mostReplays = 20;

} // namespace

HandoverPage::HandoverPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_title(headline())
    , m_intro(mutedLabel())
    , m_notice(new Notice)
    , m_hoursName(new QLabel)
    , m_hours(new QComboBox)
    , m_noteName(new QLabel)
    , m_note(new QPlainTextEdit)
    , m_sheet(new QPlainTextEdit)
    , m_again(new QPushButton)
    , m_copy(mainButton())
    , m_save(new QPushButton)
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_hoursName);
    head->addWidget(m_hours);
    head->addWidget(m_again);
    head->addWidget(m_save);
    head->addWidget(m_copy);
    layout->addLayout(head);
    layout->addWidget(m_intro);
    layout->addWidget(m_notice);
    layout->addWidget(m_noteName);
    layout->addWidget(m_note);
    layout->addWidget(m_sheet, 1);
    m_note->setObjectName(QStringLiteral("handoverNote"));
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(4 * m_note->fontMetrics().lineSpacing() + 16);
    m_sheet->setObjectName(QStringLiteral("handoverSheet"));
    m_sheet->setReadOnly(true);
    m_sheet->setTabChangesFocus(true);
    m_copy->setObjectName(QStringLiteral("copyHandover"));
    m_save->setObjectName(QStringLiteral("saveHandover"));
    m_again->setObjectName(QStringLiteral("handoverNow"));
    connect(m_note, &QPlainTextEdit::textChanged, this, [this] {
        m_state.note = m_note->toPlainText();
        write();
    });
    connect(m_hours, &QComboBox::currentIndexChanged, this, &HandoverPage::make);
    connect(m_again, &QPushButton::clicked, this, &HandoverPage::make);
    connect(m_save, &QPushButton::clicked, this, &HandoverPage::chooseAndSave);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_sheet->toPlainText());
        m_notice->say(tr("The sheet is on the clipboard."), Tone::Good);
    });
    m_texts.add([this] {
        m_title->setText(tr("Handover"));
        m_intro->setText(tr("What the next shift has to know, made from the state of this moment and the records of the shift. It does not change by itself while you read."));
        m_hoursName->setText(tr("Shift"));
        {
            const QSignalBlocker quiet(m_hours);
            const int before = m_hours->count() > 0 ? m_hours->currentIndex() : 2;
            m_hours->clear();
            for (const int hours : shifts)
                m_hours->addItem(tr("the last %1 hours").arg(hours), hours);
            m_hours->setCurrentIndex(before);
        }
        m_hours->setAccessibleName(tr("Shift"));
        m_again->setText(tr("As it is now"));
        m_save->setText(tr("Save as text…"));
        m_copy->setText(tr("Copy"));
        m_noteName->setText(tr("To the next shift"));
        m_note->setAccessibleName(tr("To the next shift"));
        m_note->setPlaceholderText(tr("What only you know: who was called, what is promised, what to watch"));
        m_sheet->setAccessibleName(tr("The sheet"));
        write();
    });
}

template <class T> void HandoverPage::ask(QFuture<Result<T>> future, T HandoverState::*part) {
    whenDone(future, this, [this, part, generation = m_generation](Result<T> answer) {
        if (generation != m_generation)
            return;
        if (!answer) {
            m_notice->say(words::error(answer.error()), Tone::Bad);
            return;
        }
        m_state.*part = std::move(*answer);
        write();
    });
}

void HandoverPage::refresh() {
    // A sheet one reads stands still: it is made when the page is entered and when it is asked for.
    if (!m_made)
        make();
}

void HandoverPage::hideEvent(QHideEvent *event) {
    m_made = false;
    Page::hideEvent(event);
}

void HandoverPage::make() {
    ++m_generation;
    m_made = true;
    m_notice->clear();
    m_state = HandoverState{}; // nothing of the sheet before under the heading of this one
    m_state.note = m_note->toPlainText();
    m_state.at = Engine::wallNow();
    m_state.since = m_state.at - std::chrono::hours(m_hours->currentData().toInt());
    m_state.accounts = m_context.directory.accounts();
    m_state.templates = m_context.directory.templates();
    m_state.batches = m_context.directory.batches();
    m_state.snapshot = m_latest;
    ask(m_context.engine.causeGroups(), &HandoverState::groups);
    ask(m_context.engine.breakdown(m_state.since, BreakdownBy::Code), &HandoverState::errors);
    ask(m_context.engine.hourly(m_state.since), &HandoverState::hours);
    ask(m_context.engine.replays(mostReplays), &HandoverState::replays);
    ask(m_context.engine.audit(std::nullopt, mostActs), &HandoverState::acts);
    write();
}

void HandoverPage::showSnapshot(const Snapshot &snapshot) {
    m_latest = snapshot;
}

void HandoverPage::write() {
    const int at = m_sheet->verticalScrollBar()->value();
    QStringList lines = handoverText(m_state,
        {[this](const std::string &cause) { return m_context.directory.causeText(cause); }, [this](const Batch &batch) { return m_context.directory.batchName(batch); }})
                            .split(QLatin1Char('\n'));
    // Names and reasons of any length stand in it.
    for (QString &line : lines)
        line = shown(line);
    m_sheet->setPlainText(lines.join(QLatin1Char('\n')));
    m_sheet->verticalScrollBar()->setValue(at);
}

void HandoverPage::chooseAndSave() {
    const QString name = QStringLiteral("songda-handover-%1.txt").arg(chinaTime(m_state.at).toString(QStringLiteral("yyyy-MM-dd-HHmm")));
    const QString path = QFileDialog::getSaveFileName(this, tr("Save as text"), name, tr("Text files (*.txt)"));
    if (!path.isEmpty())
        saveTo(path);
}

void HandoverPage::saveTo(const QString &path) {
    QSaveFile file(path);
    const QByteArray text = m_sheet->toPlainText().toUtf8();
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        m_notice->say(tr("Saved as %1.").arg(path), Tone::Good);
    else
        m_notice->say(tr("It could not be saved: %1").arg(file.errorString()), Tone::Bad);
}

std::vector<Command> HandoverPage::commands() {
    const auto keys = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    return {commandOf(m_copy, QStringLiteral("handover.copy"), keys("Ctrl+Shift+C")), commandOf(m_save, QStringLiteral("handover.save"), keys("Ctrl+S")),
        commandOf(m_again, QStringLiteral("handover.now"), keys("Ctrl+Return"))};
}

} // namespace songda::ui
