// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/batch_form.h"

#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/pickers.h"
#include "ui/widgets/wechat_card.h"
#include "ui/widgets/words.h"

#include <QCheckBox>
#include <QDateTimeEdit>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QProgressBar>
#include <QScrollArea>
#include <QVBoxLayout>

namespace songda::ui {

namespace {

constexpr int previewRows = 20;

struct BatchTexts {
    Q_DECLARE_TR_FUNCTIONS(BatchTexts)
};

QString delimiterName(const std::string &name) {
    if (name == "comma")
        return BatchTexts::tr("separated by commas");
    if (name == "semicolon")
        return BatchTexts::tr("separated by semicolons");
    if (name == "tab")
        return BatchTexts::tr("separated by tabs");
    return BatchTexts::tr("separated by bars");
}

RowsModel<RowProblem> *makeRejects(QObject *parent) {
    using Row = RowProblem;
    return new RowsModel<Row>(
        {
            numberColumn<Row>([] { return BatchTexts::tr("Line"); }, [](const Row &r) { return number(r.line); }),
            textColumn<Row>([] { return BatchTexts::tr("Column"); }, [](const Row &r) { return q(r.column); }),
            textColumn<Row>([] { return BatchTexts::tr("What is wrong"); }, [](const Row &r) { return words::rowFault(r); }),
        },
        [](const Row &r) { return QString::number(r.line); }, parent);
}

} // namespace

BatchForm::BatchForm(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_choose(mainButton())
    , m_file(plainLabel())
    , m_account(new AccountPicker(context.directory, PickerKind::One))
    , m_template(new TemplatePicker(context.directory, PickerKind::One))
    , m_name(new QLineEdit)
    , m_later(new QCheckBox)
    , m_at(new QDateTimeEdit)
    , m_nameLabel(plainLabel())
    , m_nameHint(mutedLabel())
    , m_accountLabel(plainLabel())
    , m_templateLabel(plainLabel())
    , m_mappingTitle(headline(2))
    , m_mappingHint(mutedLabel())
    , m_mapping(new MappingTable)
    , m_cardTitle(headline(2))
    , m_card(new WechatCard)
    , m_cardTo(mutedLabel())
    , m_previous(new QPushButton)
    , m_next(new QPushButton)
    , m_notice(new Notice)
    , m_numbers(plainLabel())
    , m_rejects(makeRejects(this))
    , m_rejectTable(new DataTable(QStringLiteral("rejects")))
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

    connect(m_choose, &QPushButton::clicked, this, &BatchForm::chooseFile);
    connect(m_account, &AccountPicker::picked, this, [this] {
        m_template->setAccount(m_account->account());
        somethingChanged();
    });
    connect(m_template, &TemplatePicker::picked, this, &BatchForm::fillMapping);
    connect(m_mapping, &MappingTable::changed, this, &BatchForm::somethingChanged);
    connect(m_name, &QLineEdit::textChanged, this, &BatchForm::somethingChanged);
    connect(m_later, &QCheckBox::toggled, m_at, &QWidget::setEnabled);
    connect(m_previous, &QPushButton::clicked, this, [this] {
        --m_cardRow;
        fillCard();
    });
    connect(m_next, &QPushButton::clicked, this, [this] {
        ++m_cardRow;
        fillCard();
    });
    connect(m_check, &QPushButton::clicked, this, &BatchForm::checkRows);
    connect(m_queue, &QPushButton::clicked, this, [this] { start(Job::Import); });
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_control)
            m_control->cancelled = true;
    });
    connect(m_saveRejects, &QPushButton::clicked, this, [this] {
        const QString path = QFileDialog::getSaveFileName(this, tr("Save the rejected rows"), QStringLiteral("rejected-rows.csv"), tr("CSV files (*.csv)"));
        if (!path.isEmpty())
            start(Job::SaveRejects, path);
    });
    connect(m_show, &QPushButton::clicked, this, [this] {
        MessageFilter filter;
        filter.batch = m_queued;
        Q_EMIT showMessages(filter);
    });
    m_progressTimer.setInterval(std::chrono::milliseconds(100));
    connect(&m_progressTimer, &QTimer::timeout, this, [this] {
        m_progress->setValue(static_cast<int>(m_control->share.load() * 1000));
        m_progress->setFormat(tr("%1 rows").arg(number(m_control->rows.load())));
    });
    m_template->setAccount(m_account->account());
    m_at->setDateTime(forEditor(Engine::wallNow() + std::chrono::hours(1)));
    m_texts.add([this] {
        m_choose->setText(tr("Choose a file…"));
        if (m_path.isEmpty())
            m_file->setText(tr("A CSV file with one row a recipient; it may also be dropped here. UTF-8 or GBK, as Excel saves it."));
        m_accountLabel->setText(tr("Account"));
        m_templateLabel->setText(tr("Template"));
        m_nameLabel->setText(tr("Batch name"));
        m_name->setAccessibleName(tr("Batch name"));
        m_nameHint->setText(tr("Empty: the file's name, and what was sent before is not sent again. A name makes it a new occasion."));
        m_later->setText(tr("at (China time)"));
        m_at->setAccessibleName(tr("Time to send"));
        m_mappingTitle->setText(tr("Which column feeds what"));
        m_mappingHint->setText(tr("The columns of the file are matched with the template's keys here; every match can be changed."));
        m_cardTitle->setText(tr("As the recipients see it"));
        m_previous->setText(tr("Previous row"));
        m_next->setText(tr("Next row"));
        m_saveRejects->setText(tr("Save the rejected rows…"));
        m_check->setText(tr("Check every row"));
        m_stop->setText(tr("Stop"));
        m_show->setText(tr("Show them in the queue"));
        m_rejectTable->setEmptyText(tr("Rows that cannot be sent will be listed here with line, column and reason."));
        m_rejectTable->setAccessibleName(tr("Rejected rows"));
        m_rejects->retranslate();
        fillCard();
        fillReport();
    });
    judge();
}

QWidget *BatchForm::buildLeft() {
    auto *inside = new QWidget;
    auto *layout = new QVBoxLayout(inside);
    layout->setContentsMargins(0, 0, grid, 0);
    layout->setSpacing(grid);
    auto *file = new QHBoxLayout;
    file->addWidget(m_choose);
    file->addWidget(m_file, 1);
    layout->addLayout(file);
    auto *fields = new QGridLayout;
    fields->setHorizontalSpacing(2 * grid);
    fields->setColumnStretch(1, 1);
    fields->addWidget(m_accountLabel, 0, 0);
    fields->addWidget(m_account, 0, 1);
    fields->addWidget(m_templateLabel, 1, 0);
    fields->addWidget(m_template, 1, 1);
    fields->addWidget(m_nameLabel, 2, 0);
    fields->addWidget(m_name, 2, 1);
    fields->addWidget(m_nameHint, 3, 1);
    fields->addWidget(m_later, 4, 0);
    fields->addWidget(m_at, 4, 1);
    m_name->setObjectName(QStringLiteral("batchName"));
    m_name->setMaxLength(100);
    m_at->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    m_at->setTimeSpec(Qt::UTC);
    m_at->setCalendarPopup(true);
    m_at->setEnabled(false);
    layout->addLayout(fields);
    layout->addSpacing(grid);
    layout->addWidget(m_mappingTitle);
    layout->addWidget(m_mappingHint);
    layout->addWidget(m_mapping);
    layout->addStretch();
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(inside);
    return area;
}

QWidget *BatchForm::buildRight() {
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->addWidget(m_cardTitle, 1);
    head->addWidget(m_previous);
    head->addWidget(m_next);
    layout->addLayout(head);
    layout->addWidget(m_cardTo);
    layout->addWidget(m_card);
    layout->addSpacing(grid);
    layout->addWidget(m_notice);
    layout->addWidget(m_numbers);
    layout->addWidget(m_progress);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_check, m_queue, m_stop, m_show, m_saveRejects})
        buttons->addWidget(button);
    buttons->addStretch();
    layout->addLayout(buttons);
    layout->addWidget(m_rejectTable, 1);
    m_rejectTable->setModel(m_rejects);
    m_rejectTable->setWidths({70, 140});
    m_progress->setRange(0, 1000);
    m_progress->hide();
    m_stop->hide();
    m_show->hide();
    m_check->setObjectName(QStringLiteral("check"));
    m_queue->setObjectName(QStringLiteral("queueBatch"));
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

void BatchForm::chooseFile() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Choose a file"), {}, tr("Tables (*.csv *.tsv *.txt);;All files (*)"));
    if (!path.isEmpty())
        openFile(path);
}

void BatchForm::openFile(const QString &path) {
    const quint64 generation = ++m_previewGeneration;
    m_context.engine.previewCsv(path.toStdString(), previewRows).then(this, [this, path, generation](Result<CsvPreview> preview) {
        if (generation != m_previewGeneration)
            return;
        m_queued.reset();
        m_preview.reset();
        m_checked.reset();
        m_cardRow = 0;
        m_path = path;
        if (!preview) {
            m_file->setText(QFileInfo(path).fileName());
            m_notice->say(words::error(preview.error()), Tone::Bad);
        } else {
            m_notice->clear();
            m_file->setText(QStringLiteral("%1 · %2 · %3").arg(QFileInfo(path).fileName(), q(preview->encoding), delimiterName(preview->delimiter)));
            m_name->setPlaceholderText(QFileInfo(path).fileName());
            m_preview = std::move(*preview);
        }
        fillMapping();
    });
}

void BatchForm::checkRows() {
    start(Job::Check);
}

void BatchForm::fillMapping() {
    const auto ref = m_template->templateRef();
    const Template *t = ref ? m_context.directory.templateOf(*ref) : nullptr;
    if (t == nullptr || !m_preview) {
        somethingChanged();
        return;
    }
    QStringList header;
    for (const std::string &name : m_preview->header)
        header.append(q(name));
    m_mapping->show(*t, header); // says changed
}

void BatchForm::fillCard() {
    const auto ref = m_template->templateRef();
    const Template *t = ref ? m_context.directory.templateOf(*ref) : nullptr;
    const int rows = m_preview ? static_cast<int>(m_preview->rows.size()) : 0;
    m_cardRow = qBound(0, m_cardRow, qMax(0, rows - 1));
    m_previous->setEnabled(m_cardRow > 0);
    m_next->setEnabled(m_cardRow + 1 < rows);
    m_card->setVisible(t != nullptr);
    TemplateData values;
    QString to;
    const Mapping mapping = m_mapping->mapping();
    if (rows > 0) {
        const std::vector<std::string> &row = m_preview->rows[static_cast<std::size_t>(m_cardRow)];
        const auto cell = [&](const QString &column) -> std::string {
            for (std::size_t i = 0; i < m_preview->header.size() && i < row.size(); ++i) {
                if (!column.isEmpty() && q(m_preview->header[i]) == column)
                    return row[i];
            }
            return {};
        };
        for (const auto &[key, column] : mapping.keys)
            values[key] = cell(column);
        to = q(cell(mapping.openid));
    }
    m_cardTo->setText(rows > 0 ? tr("Row %1 of the first %2 · to %3").arg(m_cardRow + 1).arg(rows).arg(to) : tr("Choose a file to see its rows as cards."));
    if (t != nullptr)
        m_card->show(*t, values, !mapping.url.isEmpty());
}

void BatchForm::somethingChanged() {
    m_checked.reset();
    m_rejects->show({});
    fillCard();
    fillReport();
}

std::optional<ImportRequest> BatchForm::request() const {
    const auto account = m_account->account();
    const Account *from = account ? m_context.directory.account(*account) : nullptr;
    const auto ref = m_template->templateRef();
    const Template *t = ref ? m_context.directory.templateOf(*ref) : nullptr;
    const Mapping mapping = m_mapping->mapping();
    if (from == nullptr || t == nullptr || !m_preview || !mapping.complete())
        return std::nullopt;
    ImportRequest request;
    request.path = m_path.toStdString();
    request.account = from->name;
    request.templateId = t->templateId;
    request.openidColumn = mapping.openid.toStdString();
    request.urlColumn = mapping.url.toStdString();
    request.keyColumn = mapping.key.toStdString();
    for (const auto &[key, column] : mapping.keys)
        request.keyColumns[key] = column.toStdString();
    request.batchName = m_name->text().trimmed().toStdString();
    if (m_later->isChecked())
        request.at = fromEditor(m_at->dateTime());
    return request;
}

void BatchForm::start(Job job, const QString &rejectsPath) {
    auto wanted = request();
    if (!wanted || m_job != Job::None)
        return;
    wanted->dryRun = job != Job::Import;
    wanted->rejectsPath = rejectsPath.toStdString();
    m_control = std::make_shared<JobControl>();
    wanted->control = m_control;
    m_job = job;
    m_notice->clear();
    m_progress->setValue(0);
    m_progressTimer.start();
    judge();
    m_context.engine.importCsv(std::move(*wanted)).then(this, [this, job](Result<ImportReport> report) { finish(job, report); });
}

void BatchForm::finish(Job job, const Result<ImportReport> &report) {
    m_progressTimer.stop();
    m_job = Job::None;
    if (!report) {
        m_notice->say(words::error(report.error()), Tone::Bad);
    } else if (report->cancelled) {
        m_notice->say(job == Job::Import ? tr("Stopped. %1 messages were queued before that; the same file again queues only the rest.").arg(number(report->queued))
                                         : tr("Stopped."),
            Tone::Warn);
    } else if (job == Job::Import) {
        m_queued = report->batch;
        m_checked.reset();
        m_notice->say(tr("%1 messages are queued as “%2”. %3 rows were rejected, %4 were there already.")
                          .arg(number(report->queued), q(report->batchName), number(report->rejected), number(report->duplicates)),
            Tone::Good);
    } else if (job == Job::SaveRejects) {
        m_notice->say(tr("The rejected rows are saved with their reasons."), Tone::Good);
    } else {
        m_checked = *report;
        m_rejects->show(report->firstRejects);
    }
    fillReport();
}

void BatchForm::fillReport() {
    QStringList lines;
    if (m_checked) {
        lines.append(tr("%1 rows read: %2 can go, %3 rejected, %4 are there already.")
                         .arg(number(m_checked->read), number(m_checked->queued), number(m_checked->rejected), number(m_checked->duplicates)));
        if (!m_checked->ignoredColumns.empty()) {
            QStringList names;
            for (const std::string &name : m_checked->ignoredColumns)
                names.append(q(name));
            lines.append(tr("Columns that are not used: %1").arg(names.join(QStringLiteral(", "))));
        }
    }
    m_numbers->setText(lines.join(QLatin1Char('\n')));
    m_numbers->setVisible(!lines.isEmpty());
    judge();
}

void BatchForm::judge() {
    const bool busy = m_job != Job::None;
    const bool ready = request().has_value() && m_context.mayChange();
    m_choose->setEnabled(!busy);
    m_check->setVisible(!m_checked && !busy);
    m_check->setEnabled(ready);
    m_queue->setVisible(m_checked && !busy);
    m_queue->setEnabled(ready && m_checked && m_checked->queued > 0);
    m_queue->setText(m_checked ? tr("Queue %1 messages").arg(number(m_checked->queued)) : QString());
    m_saveRejects->setVisible(m_checked && !busy && m_checked->rejected + m_checked->duplicates > 0);
    m_progress->setVisible(busy);
    m_stop->setVisible(busy);
    m_show->setVisible(!busy && m_queued.has_value());
    for (QWidget *widget : {static_cast<QWidget *>(m_account), static_cast<QWidget *>(m_template), static_cast<QWidget *>(m_mapping), static_cast<QWidget *>(m_name)})
        widget->setEnabled(!busy);
}

} // namespace songda::ui
