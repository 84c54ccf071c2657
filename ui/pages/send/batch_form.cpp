// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/batch_form.h"

#include "engine/when_done.h"
#include "ui/pages/send/batch_options.h"
#include "ui/pages/send/batch_source.h"
#include "ui/pages/send/card_stepper.h"
#include "ui/pages/send/preflight.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMimeData>
#include <QProgressBar>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

struct RejectTexts {
    Q_DECLARE_TR_FUNCTIONS(RejectTexts)
};

RowsModel<RowProblem> *makeRejects(QObject *parent) {
    using Row = RowProblem;
    return new RowsModel<Row>(
        {
            numberColumn<Row>([] { return RejectTexts::tr("Line"); }, [](const Row &r) { return number(r.line); }),
            textColumn<Row>([] { return RejectTexts::tr("Column"); }, [](const Row &r) { return q(r.column); }),
            textColumn<Row>([] { return RejectTexts::tr("What is wrong"); }, [](const Row &r) { return words::rowFault(r); }),
        },
        [](const Row &r) { return QString::number(r.line); }, parent);
}

/// The rows a file gives: times, priority and seeds change nothing about them.
bool sameRows(const ImportRequest &a, const ImportRequest &b) {
    return a.path == b.path && a.encoding == b.encoding && a.account == b.account && a.templateId == b.templateId && a.openidColumn == b.openidColumn
        && a.keyColumn == b.keyColumn && a.urlColumn == b.urlColumn && a.keyColumns == b.keyColumns
        && a.batchName == b.batchName;
}

} // namespace

BatchForm::BatchForm(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_source(new BatchSource(context))
    , m_options(new BatchOptions)
    , m_card(new CardStepper)
    , m_checkTitle(headline(2))
    , m_checkHint(mutedLabel())
    , m_notice(new Notice)
    , m_preflight(new Preflight)
    , m_rejects(makeRejects(this))
    , m_rejectTable(new DataTable(QStringLiteral("rejects")))
    , m_rejectsShown(mutedLabel())
    , m_saveRejects(new QPushButton)
    , m_progress(new QProgressBar)
    , m_check(mainButton())
    , m_queue(mainButton())
    , m_stop(new QPushButton)
    , m_show(new QPushButton)
    , m_texts(this) {
    setAcceptDrops(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, grid, 0, 0);
    row->setSpacing(3 * grid);
    row->addWidget(buildLeft(), 1);
    row->addWidget(buildRight(), 1);

    connect(m_source, &BatchSource::opened, this, [this] {
        m_queued.reset();
        m_checked.reset(); // the same name may have other rows by now
        m_checkedFor.reset();
        m_notice->clear();
        m_card->goToFirst();
        m_options->setFileName(QFileInfo(m_source->path()).fileName());
    });
    connect(m_source, &BatchSource::failed, this, [this](const Error &error) { m_notice->say(words::error(error), Tone::Bad); });
    connect(m_source, &BatchSource::changed, this, &BatchForm::somethingChanged);
    connect(m_options, &BatchOptions::changed, this, &BatchForm::somethingChanged);
    connect(m_check, &QPushButton::clicked, this, &BatchForm::checkRows);
    connect(m_queue, &QPushButton::clicked, this, [this] { start(Job::Import); });
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_control)
            m_control->cancelled = true;
    });
    connect(m_saveRejects, &QPushButton::clicked, this, [this] {
        const QString path = QFileDialog::getSaveFileName(this, tr("Save the rejected rows"), QStringLiteral("rejected-rows.csv"), tr("CSV files (*.csv)"));
        if (!path.isEmpty())
            saveRejects(path);
    });
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (m_queued)
            Q_EMIT showBatch(*m_queued);
    });
    m_progressTimer.setInterval(std::chrono::milliseconds(100));
    connect(&m_progressTimer, &QTimer::timeout, this, [this] {
        m_progress->setValue(static_cast<int>(m_control->share.load() * 1000));
        m_progress->setFormat(tr("%1 rows").arg(number(m_control->rows.load())));
    });
    m_rest.setSingleShot(true);
    m_rest.setInterval(std::chrono::milliseconds(200));
    connect(&m_rest, &QTimer::timeout, this, &BatchForm::foresee);
    m_texts.add([this] {
        m_checkTitle->setText(tr("3 · Check, then send"));
        m_checkHint->setText(tr("Every row is checked first, and you see what would become of it. Nothing is queued before that."));
        m_saveRejects->setText(tr("Save the rejected rows…"));
        m_check->setText(tr("Check every row"));
        m_stop->setText(tr("Stop"));
        m_show->setText(tr("Show the batch"));
        m_rejectTable->setEmptyText(tr("Rows that cannot be sent will be listed here with line, column and reason."));
        m_rejectTable->setAccessibleName(tr("Rejected rows"));
        m_rejects->retranslate();
        judge();
    });
    judge();
}

QWidget *BatchForm::buildLeft() {
    auto *inside = new QWidget;
    auto *layout = new QVBoxLayout(inside);
    layout->setContentsMargins(0, 0, grid, 0);
    layout->setSpacing(2 * grid);
    layout->addWidget(m_source);
    layout->addWidget(m_options);
    layout->addStretch();
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(inside);
    return area;
}

QWidget *BatchForm::buildRight() {
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_card);
    layout->addSpacing(grid);
    layout->addWidget(m_checkTitle);
    layout->addWidget(m_checkHint);
    layout->addWidget(m_notice);
    layout->addWidget(m_preflight);
    layout->addWidget(m_progress);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_check, m_queue, m_stop, m_show, m_saveRejects})
        buttons->addWidget(button);
    buttons->addStretch();
    layout->addLayout(buttons);
    layout->addWidget(m_rejectTable, 1);
    layout->addWidget(m_rejectsShown);
    m_rejectTable->setModel(m_rejects);
    m_rejectTable->setWidths({70, 140});
    m_rejectTable->setMinimumHeight(96);
    m_rejectsShown->hide();
    m_progress->setRange(0, 1000);
    m_progress->hide();
    m_stop->hide();
    m_show->hide();
    m_check->setObjectName(QStringLiteral("check"));
    m_queue->setObjectName(QStringLiteral("queueBatch"));
    m_stop->setObjectName(QStringLiteral("stopCheck"));
    m_saveRejects->setObjectName(QStringLiteral("saveRejects"));
    m_show->setObjectName(QStringLiteral("showBatch"));
    return side;
}

void BatchForm::dragEnterEvent(QDragEnterEvent *event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile() && m_job == Job::None)
        event->acceptProposedAction();
}

void BatchForm::dropEvent(QDropEvent *event) {
    openFile(event->mimeData()->urls().first().toLocalFile());
}

void BatchForm::openFile(const QString &path) {
    m_source->openFile(path);
}

void BatchForm::checkRows() {
    start(Job::Check);
}

void BatchForm::saveRejects(const QString &path) {
    start(Job::SaveRejects, path);
}

void BatchForm::showSnapshot(const Snapshot &snapshot) {
    m_snapshot = snapshot;
}

void BatchForm::fillCard() {
    m_card->show(m_source->chosenTemplate(), m_source->mapping(), m_source->preview());
}

void BatchForm::somethingChanged() {
    fillCard();
    // What was checked of the rows holds, also while an option is being typed and is not right yet.
    ImportRequest present;
    const bool complete = m_source->fill(present);
    m_options->fill(present);
    const bool same = complete && m_checkedFor && sameRows(present, *m_checkedFor);
    if (same && m_checked) {
        m_rest.start();
    } else if (!same || m_job != Job::Check) {
        dropCheck();
    }
    judge();
}

void BatchForm::userChanged() {
    m_forgetAfter = m_job != Job::None;
    if (m_forgetAfter)
        return;
    m_source->forget();
    dropCheck();
    judge();
}

void BatchForm::dropCheck() {
    m_checked.reset();
    m_checkedFor.reset();
    m_rejects->show({});
    m_rejectsShown->hide();
    m_preflight->clear();
}

std::optional<ImportRequest> BatchForm::request() const {
    ImportRequest request;
    const bool complete = m_source->fill(request);
    const bool fine = m_options->fill(request);
    return complete && fine ? std::optional(request) : std::nullopt;
}

void BatchForm::start(Job job, const QString &rejectsPath) {
    if (m_job != Job::None)
        return;
    m_options->check(); // a time that was to come may have passed
    auto wanted = request();
    if (!wanted)
        return;
    wanted->dryRun = job != Job::Import;
    wanted->rejectsPath = rejectsPath.toStdString();
    wanted->chineseRejects = m_context.directory.chinese();
    m_control = std::make_shared<JobControl>();
    wanted->control = m_control;
    if (job == Job::Import && m_checked)
        wanted->expectedDigest = m_checked->fileDigest; // the file may be another one by now
    m_job = job;
    if (job == Job::Check)
        m_checkedFor = wanted;
    m_notice->clear();
    m_progress->setValue(0);
    m_progress->setFormat({});
    m_progressTimer.start();
    judge();
    whenDone(m_context.engine.importCsv(std::move(*wanted)), this, [this, job](Result<ImportReport> report) { finish(job, report); });
}

void BatchForm::finish(Job job, const Result<ImportReport> &report) {
    m_progressTimer.stop();
    m_job = Job::None;
    if (!report) {
        m_notice->say(words::error(report.error()), Tone::Bad);
        if (job == Job::Import && report.error().code == ErrorCode::InvalidInput)
            dropCheck(); // what was seen is not what the file says now
    } else if (report->cancelled) {
        m_notice->say(job == Job::Import ? tr("Stopped. %1 messages were queued before that; the same file again queues only the rest.").arg(number(report->queued))
                                         : tr("Stopped."),
            Tone::Warn);
        if (report->waitsForSecond)
            m_notice->say(tr("Stopped. %1 messages were queued before that, and wait: it takes a second person to let so many go. The same file again queues only the rest.")
                              .arg(number(report->queued)),
                Tone::Warn);
    } else if (job == Job::Import) {
        m_queued = report->batch;
        m_checked.reset();
        m_preflight->clear();
        m_notice->say(tr("%1 messages are queued as “%2”. %3 rows were rejected, %4 were there already.")
                          .arg(number(report->queued), q(report->batchName), number(report->rejected), number(report->duplicates)),
            Tone::Good);
        if (report->waitsForSecond)
            m_notice->say(tr("%1 messages are queued as “%2” and wait: it takes a second person to let so many go.").arg(number(report->queued), q(report->batchName)),
                Tone::Warn);
        Q_EMIT queued(*report);
    } else if (job == Job::SaveRejects) {
        m_notice->say(tr("The rejected rows are saved with their reasons."), Tone::Good);
    } else if (!m_checkedFor) {
        m_notice->say(tr("Something was changed meanwhile. Check the rows again."), Tone::Warn);
    } else {
        m_checked = *report;
        m_without.reset();
        m_with.reset();
        m_rejects->show(report->firstRejects);
        const std::int64_t all = report->rejected + report->duplicates;
        const auto shown = static_cast<std::int64_t>(report->firstRejects.size());
        m_rejectsShown->setText(tr("The first %1 of %2 are shown; saved, they are all there.").arg(number(shown), number(all)));
        m_rejectsShown->setVisible(all > shown);
        if (report->doubtful > 0) {
            const RowProblem &first = report->firstDoubts.front();
            m_notice->say(tr("%1 rows have a number that a spreadsheet program seems to have rounded, the first in line %2, column “%3”. They would be sent as they are.")
                              .arg(number(report->doubtful), number(first.line), q(first.column)),
                Tone::Warn);
        }
        foresee();
    }
    if (m_forgetAfter)
        userChanged();
    judge();
}

void BatchForm::foresee() {
    const auto wanted = request();
    if (!m_checked || !wanted)
        return;
    fillPreflight();
    const quint64 generation = ++m_forecastGeneration;
    ForecastRequest without;
    without.account = wanted->account;
    ForecastRequest with = without;
    with.messages = m_checked->queued - m_checked->suppressed;
    with.priority = wanted->priority;
    with.at = std::max(wanted->at.value_or(Engine::wallNow()), Engine::wallNow() + wanted->recall);
    with.expiresAt = wanted->expiresAt;
    with.refused = m_checked->rejected + m_checked->suppressed;
    whenDone(m_context.engine.forecast(without), this, [this, generation](Result<Forecast> forecast) {
        if (generation != m_forecastGeneration)
            return;
        if (forecast)
            m_without = std::move(*forecast);
        fillPreflight();
    });
    whenDone(m_context.engine.forecast(with), this, [this, generation](Result<Forecast> forecast) {
        if (generation != m_forecastGeneration)
            return;
        if (forecast)
            m_with = std::move(*forecast);
        fillPreflight();
    });
}

void BatchForm::fillPreflight() {
    if (!m_checked)
        return;
    PreflightFacts facts;
    facts.report = *m_checked;
    facts.without = m_without;
    facts.with = m_with;
    const Account *account = m_source->chosenAccount();
    const Template *t = m_source->chosenTemplate();
    if (account != nullptr) {
        facts.accountHold = account->hold;
        facts.rate = account->rate;
        const auto live = std::find_if(m_snapshot.accounts.begin(), m_snapshot.accounts.end(),
            [&](const AccountSnapshot &a) { return a.id == account->id; });
        if (live != m_snapshot.accounts.end() && live->rateLimit > 0)
            facts.rate = std::min(facts.rate, live->rateLimit);
    }
    if (t != nullptr)
        facts.templateHold = t->hold;
    facts.seeds = static_cast<std::size_t>(m_options->seeds().size());
    m_preflight->show(facts);
}

void BatchForm::judge() {
    const bool busy = m_job != Job::None;
    const bool ready = request().has_value() && m_context.may(Permission::Send);
    m_check->setVisible(!m_checked && !busy);
    m_check->setEnabled(ready);
    m_queue->setVisible(m_checked && !busy);
    m_queue->setEnabled(ready && m_checked && m_checked->queued > 0);
    m_queue->setText(!m_checked            ? QString()
            : m_options->seeds().isEmpty() ? tr("Queue %1 messages").arg(number(m_checked->queued))
                                           : tr("Send the seed, queue %1 messages").arg(number(m_checked->queued)));
    m_saveRejects->setEnabled(request().has_value());
    m_saveRejects->setVisible(m_checked && !busy && m_checked->rejected + m_checked->duplicates > 0);
    m_progress->setVisible(busy);
    m_stop->setVisible(busy);
    m_show->setVisible(!busy && m_queued.has_value());
    m_checkHint->setVisible(!m_checked && !busy);
    m_source->setEnabled(!busy);
    m_options->setEnabled(!busy);
}

} // namespace songda::ui
