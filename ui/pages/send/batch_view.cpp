// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/batch_view.h"

#include "engine/when_done.h"
#include "ui/models/batch_table.h"
#include "ui/pages/send/batch_sums.h"
#include "ui/pages/send/recall_panel.h"
#include "ui/widgets/act_progress.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/message_acts.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/second_person.h"
#include "ui/widgets/words.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>
#include <utility>

namespace songda::ui {

namespace {

const std::vector<MessageState> &deadStates() {
    static const std::vector<MessageState> states{MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain};
    return states;
}

std::int64_t deadOf(const StateCounts &n) {
    return n[MessageState::Dead] + n[MessageState::Undelivered] + n[MessageState::Uncertain];
}

/// Everything still waits for its first time.
bool nothingHasLeft(const Batch &b) {
    return b.counts.total() > 0 && b.counts[MessageState::Queued] == b.counts.total();
}

} // namespace

BatchView::BatchView(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_empty(mutedLabel())
    , m_body(new QWidget)
    , m_name(headline(2))
    , m_state(new Chip)
    , m_about(mutedLabel())
    , m_notice(new Notice)
    , m_hold(new Notice)
    , m_recall(new RecallPanel)
    , m_seedPanel(nullptr)
    , m_seedTitle(headline(2))
    , m_seedText(mutedLabel())
    , m_seedShow(new QPushButton)
    , m_seedGo(mainButton())
    , m_bar(new QProgressBar)
    , m_speed(mutedLabel())
    , m_sums(new BatchSums)
    , m_pause(new QPushButton)
    , m_go(new QPushButton)
    , m_cancel(dangerButton())
    , m_show(new QPushButton)
    , m_report(new QPushButton)
    , m_missedTitle(headline(2))
    , m_missedHint(mutedLabel())
    , m_missed(makeMissedTable(context.directory, this))
    , m_missedTable(new DataTable(QStringLiteral("missed")))
    , m_rest(mainButton())
    , m_resend(new QPushButton)
    , m_acts(new MessageActs(context.engine, this))
    , m_texts(this) {
    build();
    connect(&context.directory, &Directory::batchesChanged, this, &BatchView::take);
    connect(m_recall, &RecallPanel::takeBack, this, [this] { setState(*m_id, BatchState::Cancelled, "taken back before it left"); });
    connect(m_pause, &QPushButton::clicked, this, [this] { setState(*m_id, BatchState::Paused, {}); });
    connect(m_go, &QPushButton::clicked, this, [this] { setState(*m_id, BatchState::Active, {}); });
    connect(m_seedGo, &QPushButton::clicked, this, [this] { setState(*m_id, BatchState::Active, "the seed was looked at"); });
    connect(m_seedShow, &QPushButton::clicked, this, [this] {
        if (const Batch *seed = seedBatch()) {
            MessageFilter filter;
            filter.batch = seed->id;
            Q_EMIT showMessages(filter);
        }
    });
    connect(m_cancel, &QPushButton::clicked, this, &BatchView::cancel);
    connect(m_show, &QPushButton::clicked, this, [this] { open({}); });
    connect(m_sums, &BatchSums::opened, this, [this](const std::vector<MessageState> &states) { open(states); });
    connect(m_rest, &QPushButton::clicked, this, &BatchView::sendToRest);
    connect(m_resend, &QPushButton::clicked, this, [this] {
        MessageFilter filter;
        filter.batch = m_id;
        filter.states = deadStates();
        m_acts->replay(filter, tr("The failed ones of %1").arg(m_context.directory.batchName(*m_batch)));
    });
    connect(m_acts, &MessageActs::said, this,
        [this](const QString &text, bool good) { m_notice->say(text, good ? Tone::Good : Tone::Warn); });
    connect(m_acts, &MessageActs::done, this, [this] { m_context.directory.refresh(); });
    connect(m_report, &QPushButton::clicked, this, [this] {
        if (!m_id)
            return;
        const BatchId batch = *m_id;
        const QString path = QFileDialog::getSaveFileName(
            this, tr("Save the report"), QStringLiteral("report.csv"), tr("CSV files (*.csv)"));
        if (!path.isEmpty())
            saveReport(batch, path);
    });
    const auto openMissed = [this](const QModelIndex &index) {
        if (const Missed *row = m_missed->at(index))
            open({row->state}, row->cause);
    };
    connect(m_missedTable, &DataTable::doubleClicked, this, openMissed);
    connect(m_missedTable, &DataTable::activated, this, openMissed);
    m_texts.add([this] {
        m_empty->setText(tr("Choose a batch to see how far it is and who did not get it."));
        m_pause->setText(tr("Pause"));
        m_go->setText(tr("Go on"));
        m_cancel->setText(tr("Cancel…"));
        m_show->setText(tr("Show messages"));
        m_report->setText(tr("Save the report…"));
        m_seedTitle->setText(tr("The seed is out: look at it, then let the rest go"));
        m_seedShow->setText(tr("Show the seed messages"));
        m_seedGo->setText(tr("It is right: let the rest go"));
        m_missedTitle->setText(tr("Who did not get it?"));
        m_rest->setText(tr("Send to the rest…"));
        m_resend->setText(tr("Resend the failed…"));
        m_missedTable->setAccessibleName(tr("Who did not get it?"));
        m_missed->retranslate();
        fill();
    });
    look(std::nullopt);
}

void BatchView::build() {
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_empty->setAlignment(Qt::AlignCenter);
    outer->addWidget(m_empty, 1);
    outer->addWidget(m_body, 1);
    auto *layout = new QVBoxLayout(m_body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->addWidget(m_name);
    head->addWidget(m_state);
    head->addStretch();
    layout->addLayout(head);
    layout->addWidget(m_about);
    layout->addWidget(m_notice);
    layout->addWidget(m_acts->progress());
    layout->addWidget(m_hold);
    layout->addWidget(m_recall);
    QVBoxLayout *seed = nullptr;
    m_seedPanel = panel(seed);
    seed->addWidget(m_seedTitle);
    seed->addWidget(m_seedText);
    auto *seedButtons = new QHBoxLayout;
    seedButtons->addWidget(m_seedGo);
    seedButtons->addWidget(m_seedShow);
    seedButtons->addStretch();
    seed->addLayout(seedButtons);
    layout->addWidget(m_seedPanel);
    layout->addWidget(m_bar);
    layout->addWidget(m_speed);
    layout->addWidget(m_sums);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_pause, m_go, m_cancel, m_show, m_report})
        buttons->addWidget(button);
    buttons->addStretch();
    layout->addLayout(buttons);
    layout->addSpacing(grid);
    auto *missedHead = new QHBoxLayout;
    missedHead->addWidget(m_missedTitle);
    missedHead->addStretch();
    missedHead->addWidget(m_rest);
    missedHead->addWidget(m_resend);
    layout->addLayout(missedHead);
    layout->addWidget(m_missedHint);
    layout->addWidget(m_missedTable, 1);
    m_missedTable->setModel(m_missed);
    m_missedTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_missedTable->setWidths({70, 136, 230});
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(10);
    m_pause->setObjectName(QStringLiteral("pauseBatch"));
    m_go->setObjectName(QStringLiteral("goOnBatch"));
    m_cancel->setObjectName(QStringLiteral("cancelBatch"));
    m_show->setObjectName(QStringLiteral("showBatchMessages"));
    m_report->setObjectName(QStringLiteral("saveBatchReport"));
    m_seedShow->setObjectName(QStringLiteral("showSeed"));
    m_seedGo->setObjectName(QStringLiteral("seedIsRight"));
    m_rest->setObjectName(QStringLiteral("sendToRest"));
    m_resend->setObjectName(QStringLiteral("resendFailed"));
}

void BatchView::look(std::optional<BatchId> batch) {
    if (batch == m_id && batch)
        return;
    m_id = batch;
    m_batch.reset();
    m_causes.clear();
    m_leavesAt.reset();
    m_pulse.clear();
    ++m_generation;
    m_notice->clear();
    if (batch) {
        m_context.directory.want(*batch);
        m_context.directory.want(BatchId{batch->value - 1}); // perhaps its seed
    }
    take();
    fill();
    if (batch && !m_batch)
        m_context.directory.refresh(); // it may be newer than the list
}

void BatchView::take() {
    const Batch *found = m_id ? m_context.directory.batch(*m_id) : nullptr;
    if (found == nullptr)
        return;
    const bool first = !m_batch;
    const bool waited = !first && nothingHasLeft(*m_batch);
    m_batch = *found;
    m_pulse.saw(Engine::wallNow(), m_batch->counts.finished());
    // Each time: one that was sent again may have died of something else, and the sums are what they were.
    askCauses();
    if (!nothingHasLeft(*m_batch))
        m_leavesAt.reset();
    else if (!waited || !m_leavesAt)
        askDue();
    fill();
}

void BatchView::askCauses() {
    if (!m_batch || deadOf(m_batch->counts) == 0) {
        m_causes.clear();
        return;
    }
    if (m_causesAsked) {
        m_causesAgain = true;
        return;
    }
    m_causesAsked = true;
    const quint64 generation = m_generation;
    whenDone(m_context.engine.causeGroups(m_batch->id), this, [this, generation](Result<std::vector<CauseGroup>> groups) {
        m_causesAsked = false;
        if (generation == m_generation && groups && m_batch && deadOf(m_batch->counts) > 0) {
            m_causes = std::move(*groups);
            fillMissed();
        }
        if (std::exchange(m_causesAgain, false))
            askCauses();
    });
}

void BatchView::askDue() {
    // All of a batch are due together; while nothing has left, any one tells when.
    PageRequest request;
    request.filter.batch = m_id;
    request.limit = 1;
    const quint64 generation = m_generation;
    whenDone(m_context.engine.page(std::move(request)), this, [this, generation](Result<songda::Page> page) {
        if (generation != m_generation || !page || page->rows.empty() || !m_batch || !nothingHasLeft(*m_batch))
            return;
        m_leavesAt = page->rows.front().dueAt;
        fill();
    });
}

const Batch *BatchView::seedBatch() const {
    if (!m_batch)
        return nullptr;
    // The engine makes it right before the batch it is for.
    const Batch *seed = m_context.directory.batch(BatchId{m_batch->id.value - 1});
    return seed != nullptr && seed->name == m_batch->name + " (seed)" ? seed : nullptr;
}

void BatchView::fill() {
    m_empty->setVisible(!m_batch);
    m_body->setVisible(m_batch.has_value());
    if (!m_batch)
        return;
    fillHead();
    fillProgress();
    fillSeed();
    fillMissed();
    judge();
}

void BatchView::fillHead() {
    const Batch &b = *m_batch;
    m_name->setText(shown(m_context.directory.batchName(b), 300));
    m_state->set(batchStateText(b), batchTone(b));
    QStringList about{tr("queued %1 by %2").arg(shortTime(b.createdAt), q(b.createdBy)), m_context.directory.accountName(b.account),
        m_context.directory.templateTitle(b.templateRef), tr("priority: %1").arg(words::priority(b.priority))};
    if (!b.source.empty() && b.source != b.name)
        about.append(q(b.source));
    m_about->setText(shown(about.join(QStringLiteral(" · ")), 600));
    if (b.hold && b.state != BatchState::Active)
        m_hold->say(b.state == BatchState::Paused ? tr("Paused: %1").arg(words::batchHold(*b.hold))
                                                  : tr("Cancelled: %1").arg(words::batchHold(*b.hold)),
            b.state == BatchState::Paused ? Tone::Warn : Tone::Info);
    else
        m_hold->clear();
    const bool first = nothingHasLeft(b);
    const std::optional<WallTime> leavesAt = first && m_leavesAt ? std::max(*m_leavesAt, b.leavesAt) : b.leavesAt;
    m_recall->show(b.state == BatchState::Active && b.counts.waiting() > 0 ? leavesAt : std::nullopt, first ? b.counts.total() : b.counts.waiting(), first);
}

void BatchView::fillProgress() {
    const Batch &b = *m_batch;
    const std::int64_t total = b.counts.total();
    const std::int64_t done = b.counts.finished();
    m_bar->setValue(total > 0 ? static_cast<int>(1000 * done / total) : 0);
    m_bar->setAccessibleName(batchProgress(b));
    QStringList parts{tr("%1 of %2 have ended").arg(number(done), number(total))};
    if (!isOver(b) && b.state == BatchState::Active) {
        if (const auto perSecond = m_pulse.rate())
            parts.append(rate(*perSecond));
        if (const auto left = m_pulse.timeFor(total - done))
            parts.append(tr("about %1 left at this rate").arg(span(*left)));
    }
    m_speed->setText(parts.join(QStringLiteral(" · ")));
    m_sums->show(b.counts);
}

void BatchView::fillSeed() {
    const Batch *seed = seedBatch();
    m_seedPanel->setVisible(seed != nullptr && m_batch->state == BatchState::Paused && nothingHasLeft(*m_batch));
    if (seed == nullptr)
        return;
    const StateCounts &n = seed->counts;
    const std::int64_t sent = n[MessageState::Accepted] + n[MessageState::Delivered];
    m_seedText->setText(deadOf(n) > 0
            ? tr("%1 of %2 seed messages were taken by WeChat, %3 failed. Look why before the rest goes.")
                  .arg(number(sent), number(n.total()), number(deadOf(n)))
            : tr("%1 of %2 seed messages were taken by WeChat. Ask those people whether it looks right on their phones.")
                  .arg(number(sent), number(n.total())));
}

void BatchView::fillMissed() {
    if (!m_batch)
        return;
    const std::vector<Missed> missed = missedOf(m_batch->counts, m_causes);
    std::int64_t people = 0;
    for (const Missed &m : missed)
        people += m.people;
    m_missed->show(missed);
    const std::int64_t arrived = m_batch->counts[MessageState::Delivered];
    const std::int64_t taken = m_batch->counts[MessageState::Accepted] + arrived;
    m_missedHint->setText(people > 0
            ? tr("%1 of %2. A line opens its messages. Rows of the file that were refused never became messages.")
                  .arg(number(people), number(m_batch->counts.total()))
            : QString());
    m_missedHint->setVisible(people > 0);
    m_missedTable->setEmptyText(isOver(*m_batch) ? (arrived > 0 ? tr("WeChat took all %1 messages and reported %2 of them as delivered.").arg(number(taken), number(arrived))
                                                                : tr("WeChat took all %1 messages.").arg(number(taken)))
                                                 : tr("Nobody missed it so far. Who does will be listed here with the reason."));
}

void BatchView::judge() {
    const Batch &b = *m_batch;
    const bool may = m_context.may(Permission::Steer) && !m_acting;
    const bool live = may && !isOver(b);
    // What stands still until somebody agrees can be paused as well: then it stays so when they do.
    const bool waits = b.state == BatchState::Paused && b.hold && (b.hold->detail == approvalHold || b.hold->detail == importHold);
    m_pause->setVisible(b.state == BatchState::Active || waits);
    m_pause->setEnabled(live);
    m_go->setVisible(b.state == BatchState::Paused);
    const Account *account = m_context.directory.account(b.account);
    const SecondPerson second = b.state == BatchState::Paused && account != nullptr ? secondPerson(m_context.engine.mayLetGo(b, account->name)) : SecondPerson::No;
    for (QPushButton *button : {m_go, m_seedGo}) {
        button->setEnabled(live && second != SecondPerson::SomebodyElse);
        setPlainToolTip(button, second == SecondPerson::No ? QString() : secondPersonText(second, b.askers()));
    }
    const bool stays = b.hold && !isOwnHold(b.hold->detail);
    m_go->setText(second != SecondPerson::You ? tr("Go on") : stays ? tr("Agree") : tr("Agree and let it go"));
    m_cancel->setEnabled(live && b.state != BatchState::Cancelled);
    m_recall->setActing(may);
    const bool settled = isOver(b);
    const bool mayAgain = m_context.may(Permission::HandleFailed) && !m_acting;
    m_report->setToolTip({});
    m_report->setEnabled(m_context.engine.whyNot(Permission::Export).empty() && !m_saving);
    if (!m_context.engine.whyNot(Permission::Export).empty())
        m_report->setToolTip(words::onlyFor(Engine::rolesWith(Permission::Export)));
    m_rest->setEnabled(mayAgain && settled && b.counts[MessageState::Cancelled] + b.counts[MessageState::Expired] > 0);
    m_resend->setEnabled(mayAgain && b.state != BatchState::Cancelled && deadOf(b.counts) > 0);
}

void BatchView::setState(BatchId batch, BatchState state, const std::string &reason) {
    if (m_acting)
        return;
    m_acting = true;
    const auto control = std::make_shared<JobControl>();
    if (state == BatchState::Cancelled)
        m_acts->progress()->follow(control, tr("Cancel the batch"), notGone());
    if (m_batch) // not when the page has gone on while somebody was asked
        judge();
    whenDone(m_context.engine.setBatchState(batch, state, reason, control), this, [this, control](const Result<bool> &done) {
        m_acting = false;
        m_acts->progress()->end(control);
        if (done && control->cutShort)
            m_notice->say(tr("%1 were cancelled before it was ended. The rest waits, and the batch is paused: go on, or cancel it again.").arg(number(control->rows)), Tone::Warn);
        else if (done)
            m_notice->clear();
        else
            m_notice->say(words::error(done.error()), Tone::Bad);
        if (m_batch)
            judge();
        m_context.directory.refresh();
    });
}

std::int64_t BatchView::notGone() const { return m_batch ? m_batch->counts.waiting() + m_batch->counts[MessageState::Held] : 0; }

void BatchView::cancel() {
    if (!m_batch)
        return;
    const BatchId batch = m_batch->id; // the page may show another one by the time it is answered
    const std::int64_t left = notGone();
    const auto answer = askReason(this,
        {tr("Cancel the batch"),
            tr("About %1 messages have not left yet and will not be sent. What was sent stays sent.").arg(number(left)),
            tr("Cancel the batch"), true, {}});
    if (answer)
        setState(batch, BatchState::Cancelled, answer->reason.toStdString());
}

void BatchView::sendToRest() {
    if (!m_batch)
        return;
    const BatchId batch = m_batch->id;
    const std::int64_t most = m_batch->counts[MessageState::Cancelled] + m_batch->counts[MessageState::Expired];
    const auto answer = askReason(this,
        {tr("Send to the rest"),
            tr("Up to %1 people whose message was cancelled or ran out of time get it now, each once. Who has it already, "
               "may have it, or was discarded is left alone.")
                .arg(number(most)),
            tr("Send to the rest"), true, {}});
    if (!answer)
        return;
    const auto control = std::make_shared<JobControl>();
    m_acts->progress()->follow(control, tr("Send to the rest"), most);
    m_acting = true;
    if (m_batch) // not when the page has gone on meanwhile
        judge();
    whenDone(m_context.engine.sendToRest(batch, answer->reason.toStdString(), control), this, [this, control](const Result<ResendReport> &report) {
        m_acting = false;
        if (m_batch)
            judge();
        m_acts->progress()->end(control);
        if (report && control->cutShort)
            m_notice->say(tr("%1 are queued again. It was ended there; the rest is as it was.").arg(number(report->resent)), Tone::Warn);
        else if (report)
            m_notice->say(tr("%1 are queued again; %2 were left alone.")
                              .arg(number(report->resent), number(report->skipped + report->needConfirmation)),
                Tone::Good);
        else
            m_notice->say(words::error(report.error()), Tone::Bad);
        m_context.directory.refresh();
    });
}

void BatchView::saveReport(BatchId batch, const QString &path) {
    ExportRequest request;
    request.path = path.toStdString();
    request.filter.batch = batch;
    request.chineseHeader = m_context.directory.chinese();
    request.control = std::make_shared<JobControl>();
    const auto control = request.control;
    m_acts->progress()->follow(control, tr("Save the report"), m_batch && m_batch->id == batch ? std::optional(m_batch->counts.total()) : std::nullopt);
    m_saving = true;
    m_report->setEnabled(false);
    whenDone(m_context.engine.exportReport(std::move(request)), this, [this, control](const Result<ExportReport> &report) {
        m_acts->progress()->end(control);
        m_saving = false;
        if (m_batch)
            judge();
        if (report)
            m_notice->say(
                tr("%1 rows saved. The manifest beside the file proves that nothing was changed.").arg(number(report->rows)),
                Tone::Good);
        else
            m_notice->say(words::error(report.error()), report.error().code == ErrorCode::Cancelled ? Tone::Warn : Tone::Bad);
    });
}

void BatchView::open(const std::vector<MessageState> &states, const std::string &cause) {
    MessageFilter filter;
    filter.batch = m_id;
    filter.states = states;
    filter.cause = cause;
    Q_EMIT showMessages(filter);
}

} // namespace songda::ui
