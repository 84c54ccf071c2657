// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/reports/reports_page.h"

#include "engine/policy/value_rules.h"
#include "engine/when_done.h"
#include "ui/widgets/batch_picker.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/pickers.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QComboBox>
#include <QDateEdit>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalBlocker>
#include <QUrl>
#include <QVBoxLayout>

namespace songda::ui {

namespace {

const std::vector<std::vector<MessageState>> &reportStates() {
    using S = MessageState;
    static const std::vector<std::vector<S>> states{
        {}, {S::Accepted, S::Delivered}, {S::Dead, S::Undelivered, S::Uncertain, S::Expired}, {S::Cancelled}, {S::Held, S::Queued, S::Sending, S::Retrying}};
    return states;
}

constexpr char savedKey[] = "reports";

/// Where a report is kept. A name may hold what would be a path there.
QString keyOf(const QString &name) { return QLatin1String(savedKey) + QLatin1Char('/') + QString::fromLatin1(QUrl::toPercentEncoding(name)); }

QWidget *inRow(std::initializer_list<QWidget *> widgets) {
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget *widget : widgets)
        layout->addWidget(widget);
    layout->addStretch();
    return row;
}

} // namespace

ReportsPage::ReportsPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_title(headline())
    , m_intro(mutedLabel())
    , m_form(new QFormLayout)
    , m_states(new QComboBox)
    , m_account(new AccountPicker(context.directory, PickerKind::OneOrAll))
    , m_template(new TemplatePicker(context.directory, PickerKind::OneOrAll))
    , m_batch(new BatchPicker(context.directory))
    , m_cause(new QLineEdit)
    , m_causeHint(mutedLabel())
    , m_openid(new QLineEdit)
    , m_openidHint(mutedLabel())
    , m_period(new QComboBox)
    , m_from(new QDateEdit)
    , m_to(new QDateEdit)
    , m_dayHint(mutedLabel())
    , m_header(new QComboBox)
    , m_export(mainButton())
    , m_saved(new QPushButton)
    , m_check(new QPushButton)
    , m_stop(new QPushButton)
    , m_progress(new QProgressBar)
    , m_notice(new Notice)
    , m_result(plainLabel())
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_title);
    layout->addWidget(m_intro);
    QVBoxLayout *inside = nullptr;
    QWidget *box = panel(inside);
    box->setMaximumWidth(760);
    layout->addWidget(box);
    m_form->setLabelAlignment(Qt::AlignLeft);
    m_form->setHorizontalSpacing(2 * grid);
    m_form->setVerticalSpacing(grid);
    const QDate today = chinaTime(Engine::wallNow()).date();
    for (QDateEdit *edit : {m_from, m_to}) {
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
        edit->setCalendarPopup(true);
        edit->setDate(today);
    }
    for (QWidget *field : {static_cast<QWidget *>(m_states), static_cast<QWidget *>(m_account), static_cast<QWidget *>(m_template),
             static_cast<QWidget *>(m_batch), withHint(m_cause, m_causeHint), withHint(m_openid, m_openidHint), inRow({m_period, m_from, m_to}), static_cast<QWidget *>(m_dayHint), static_cast<QWidget *>(m_header)}) {
        m_form->addRow(new QLabel, field);
    }
    inside->addLayout(m_form);
    inside->addSpacing(grid);
    inside->addWidget(inRow({m_export, m_saved, m_check, m_stop}));
    inside->addWidget(m_progress);
    inside->addWidget(m_notice);
    inside->addWidget(m_result);
    layout->addStretch();
    m_progress->setRange(0, 0); // how many there are is not counted before
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_stop->setObjectName(QStringLiteral("stopExport"));
    m_export->setObjectName(QStringLiteral("export"));
    m_period->setObjectName(QStringLiteral("reportPeriod"));
    m_saved->setObjectName(QStringLiteral("savedReports"));
    m_check->setObjectName(QStringLiteral("checkReport"));
    m_states->setObjectName(QStringLiteral("reportStates"));
    m_batch->setObjectName(QStringLiteral("reportBatch"));
    m_header->setObjectName(QStringLiteral("reportHeader"));
    m_cause->setObjectName(QStringLiteral("reportCause"));
    m_openid->setObjectName(QStringLiteral("reportOpenid"));
    m_cause->setMaxLength(64);
    m_openid->setMaxLength(64);
    for (QLineEdit *line : {m_cause, m_openid}) {
        line->setClearButtonEnabled(true);
        connect(line, &QLineEdit::textChanged, this, &ReportsPage::judge);
    }
    m_saved->setMenu(new QMenu(m_saved));
    connect(m_saved->menu(), &QMenu::aboutToShow, this, &ReportsPage::fillSaved);
    connect(m_check, &QPushButton::clicked, this, &ReportsPage::chooseAndCheck);
    connect(m_period, &QComboBox::currentIndexChanged, this, &ReportsPage::judgePeriod);
    connect(m_from, &QDateEdit::dateChanged, this, [this](QDate day) { m_to->setMinimumDate(day); });
    for (QDateEdit *day : {m_from, m_to})
        connect(day, &QDateEdit::dateChanged, this, &ReportsPage::judgePeriod);
    connect(m_account, &AccountPicker::picked, this, [this] { m_template->setAccount(m_account->account()); });
    connect(m_export, &QPushButton::clicked, this, &ReportsPage::chooseAndExport);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_control)
            m_control->cancelled = true;
    });
    m_progressTimer.setInterval(std::chrono::milliseconds(100));
    connect(m_header, &QComboBox::activated, this, [this] { m_headerChosen = true; });
    connect(&m_progressTimer, &QTimer::timeout, this, [this] {
        if (m_checking) {
            m_notice->say(tr("Reading: %1 rows so far").arg(number(m_control->rows.load())), Tone::Info);
            return;
        }
        m_notice->say(tr("%1 rows so far, about %2 % of the messages are looked through")
                          .arg(number(m_control->rows.load()))
                          .arg(static_cast<int>(100 * m_control->share.load())),
            Tone::Info);
    });
    m_texts.add([this] {
        m_title->setText(tr("Reports"));
        m_intro->setText(tr("A table of messages for auditors: what was sent to whom, when, by whose order, with what result. Safe to open in Excel."));
        const QStringList names{tr("Which messages"), tr("Account"), tr("Template"), tr("Batch"), tr("Cause or code"), tr("Recipient"), tr("Days"), QString(), tr("Column names")};
        for (int i = 0; i < m_form->rowCount(); ++i)
            qobject_cast<QLabel *>(m_form->itemAt(i, QFormLayout::LabelRole)->widget())->setText(names[i]);
        m_cause->setAccessibleName(names[4]);
        m_openid->setAccessibleName(names[5]);
        m_period->setAccessibleName(names[6]);
        m_saved->setText(tr("Saved reports"));
        m_check->setText(tr("Check a report…"));
        m_check->setToolTip(tr("Whether files are still what they were when they were exported, and none is missing between them"));
        m_from->setAccessibleName(tr("First day"));
        m_to->setAccessibleName(tr("Last day"));
        m_states->setAccessibleName(names[0]);
        m_header->setAccessibleName(names[8]);
        m_export->setText(tr("Export as CSV…"));
        m_stop->setText(tr("Stop"));
        m_cause->setPlaceholderText(tr("any"));
        m_openid->setPlaceholderText(tr("everybody"));
        fillStates();
        judge();
    });
}

void ReportsPage::fillStates() {
    const QSignalBlocker quiet(m_states);
    const int before = qMax(0, m_states->currentIndex());
    m_states->clear();
    m_states->addItems({tr("All messages"), tr("Accepted or delivered"), tr("Failed, of unknown fate or expired"), tr("Cancelled"), tr("Not finished yet")});
    m_states->setCurrentIndex(before);
    {
        const QSignalBlocker still(m_period);
        const int period = qMax(0, m_period->currentIndex());
        m_period->clear();
        m_period->addItems({tr("everything"), tr("today"), tr("yesterday"), tr("the last seven days"), tr("this month"), tr("last month"), tr("these days")});
        m_period->setCurrentIndex(period);
    }
    judgePeriod();
    const int header = m_headerChosen ? qMax(0, m_header->currentIndex()) : m_context.directory.chinese() ? 1 : 0;
    m_header->clear();
    m_header->addItems({tr("English"), tr("Chinese")});
    m_header->setCurrentIndex(header);
}

MessageFilter ReportsPage::filter() const {
    MessageFilter filter;
    filter.states = reportStates()[static_cast<std::size_t>(qMax(0, m_states->currentIndex()))];
    filter.account = m_account->account();
    filter.templateRef = m_template->templateRef();
    filter.batch = m_batch->batch();
    filter.cause = m_cause->text().trimmed().toStdString();
    filter.openid = m_openid->text().trimmed().toStdString();
    const ReportSpan span = spanOf(static_cast<ReportPeriod>(qMax(0, m_period->currentIndex())), m_from->date(), m_to->date(), Engine::wallNow());
    filter.createdFrom = span.from;
    filter.createdTo = span.to;
    return filter;
}

void ReportsPage::judgePeriod() {
    const auto period = static_cast<ReportPeriod>(qMax(0, m_period->currentIndex()));
    m_from->setVisible(period == ReportPeriod::Days);
    m_to->setVisible(period == ReportPeriod::Days);
    const ReportSpan span = spanOf(period, m_from->date(), m_to->date(), Engine::wallNow());
    m_dayHint->setText(span.from && span.to ? tr("Created from %1 to before %2. Days begin at 00:00 China time.")
                                                  .arg(chinaTime(*span.from).toString(QStringLiteral("yyyy-MM-dd HH:mm")), chinaTime(*span.to).toString(QStringLiteral("yyyy-MM-dd HH:mm")))
                                            : tr("Every day there is. Days begin at 00:00 China time."));
}

void ReportsPage::keep() {
    bool said = false;
    const QString name = QInputDialog::getText(this, tr("Keep this report"), tr("Its name"), QLineEdit::Normal, {}, &said).trimmed();
    if (!said || name.isEmpty())
        return;
    const Account *account = m_account->account() ? m_context.directory.account(*m_account->account()) : nullptr;
    const Template *t = m_template->templateRef() ? m_context.directory.templateOf(*m_template->templateRef()) : nullptr;
    // By names, so that a report kept here means the same in another profile; a batch is of this one alone.
    QSettings().setValue(keyOf(name),
        QVariantMap{{QStringLiteral("states"), m_states->currentIndex()}, {QStringLiteral("account"), account != nullptr ? q(account->name) : QString()},
            {QStringLiteral("template"), t != nullptr ? q(t->templateId) : QString()},
            {QStringLiteral("batch"), m_batch->batch() ? static_cast<qlonglong>(m_batch->batch()->value) : 0}, {QStringLiteral("cause"), m_cause->text().trimmed()},
            {QStringLiteral("openid"), m_openid->text().trimmed()}, {QStringLiteral("period"), m_period->currentIndex()},
            {QStringLiteral("from"), m_from->date()}, {QStringLiteral("to"), m_to->date()}, {QStringLiteral("header"), m_header->currentIndex()}});
    m_notice->say(tr("Kept as “%1”.").arg(name), Tone::Good);
}

void ReportsPage::open(const QString &name) {
    const QVariantMap kept = QSettings().value(keyOf(name)).toMap();
    const auto index = [&](const char *key, const QComboBox *box) { return qBound(0, kept.value(QLatin1String(key)).toInt(), box->count() - 1); };
    m_states->setCurrentIndex(index("states", m_states));
    m_period->setCurrentIndex(index("period", m_period));
    m_header->setCurrentIndex(index("header", m_header));
    m_headerChosen = true;
    m_from->setDate(kept.value(QStringLiteral("from")).toDate());
    m_to->setDate(kept.value(QStringLiteral("to")).toDate());
    std::optional<AccountId> account;
    for (const Account &a : m_context.directory.accounts()) {
        if (q(a.name) == kept.value(QStringLiteral("account")).toString())
            account = a.id;
    }
    m_account->choose(account);
    m_template->setAccount(account);
    std::optional<TemplateRef> templateRef;
    for (const Template &t : m_context.directory.templates()) {
        if (q(t.templateId) == kept.value(QStringLiteral("template")).toString() && (!account || t.account == *account))
            templateRef = t.id;
    }
    m_template->choose(templateRef);
    const qint64 batch = kept.value(QStringLiteral("batch")).toLongLong();
    m_batch->choose(batch > 0 ? std::optional(BatchId{batch}) : std::nullopt);
    m_cause->setText(kept.value(QStringLiteral("cause")).toString());
    m_openid->setText(kept.value(QStringLiteral("openid")).toString());
    const bool missing = (!account && !kept.value(QStringLiteral("account")).toString().isEmpty()) || (!templateRef && !kept.value(QStringLiteral("template")).toString().isEmpty());
    if (missing)
        m_notice->say(tr("The account or the template of “%1” is not here (any more).").arg(name), Tone::Warn);
    else
        m_notice->clear();
}

void ReportsPage::fillSaved() {
    QMenu *menu = m_saved->menu();
    menu->clear();
    QSettings settings;
    settings.beginGroup(QLatin1String(savedKey));
    QStringList names;
    for (const QString &key : settings.childKeys())
        names.append(QUrl::fromPercentEncoding(key.toLatin1()));
    for (const QString &name : names)
        connect(menu->addAction(inMenu(name)), &QAction::triggered, this, [this, name] { open(name); });
    if (names.isEmpty())
        menu->addAction(tr("No report is kept yet"))->setEnabled(false);
    menu->addSeparator();
    connect(menu->addAction(tr("Keep this report…")), &QAction::triggered, this, &ReportsPage::keep);
    QMenu *forget = menu->addMenu(tr("Remove"));
    forget->setEnabled(!names.isEmpty());
    for (const QString &name : names)
        connect(forget->addAction(inMenu(name)), &QAction::triggered, this, [name] { QSettings().remove(keyOf(name)); });
}

void ReportsPage::chooseAndCheck() {
    const QStringList paths = QFileDialog::getOpenFileNames(this, tr("Check reports"), {}, tr("CSV files (*.csv)"));
    if (!paths.isEmpty())
        check(paths);
}

void ReportsPage::check(const QStringList &paths) {
    std::vector<std::string> files;
    if (m_busy)
        return;
    for (const QString &path : paths)
        files.push_back(path.toStdString());
    begin(true);
    m_notice->say(tr("Reading…"), Tone::Info);
    whenDone(m_context.engine.checkReportsSoon(std::move(files), m_control), this, [this](Result<std::vector<ReportCheck>> checks) {
        end();
        if (!checks) {
            m_notice->say(words::error(checks.error()), checks.error().code == ErrorCode::Cancelled ? Tone::Warn : Tone::Bad);
            return;
        }
        QStringList lines;
        bool well = true;
        for (const ReportCheck &one : *checks) {
            const QString name = QFileInfo(q(one.file)).fileName();
            well &= one.problems.empty();
            lines.append(one.problems.empty() ? tr("%1: as it was written, %2 rows").arg(name, number(one.rows)) : tr("%1: NOT as it was written").arg(name));
            if (one.chain)
                lines.last() += tr(", number %1 of its profile").arg(one.chain->number);
            for (const ReportProblem &problem : one.problems)
                lines.append(QStringLiteral("    ") + words::reportFault(problem));
        }
        m_notice->say(well ? tr("Everything is as it was written.") : tr("Something is not as it was written."), well ? Tone::Good : Tone::Bad);
        m_result->setText(lines.join(QLatin1Char('\n')));
    });
}

std::vector<Command> ReportsPage::commands() {
    const auto keys = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    return {commandOf(m_export, QStringLiteral("reports.export"), keys("Ctrl+Return")), commandOf(m_stop, QStringLiteral("reports.stop"), keys("Ctrl+Shift+X")), commandOf(m_check, QStringLiteral("reports.check"), keys("Ctrl+Shift+V")),
        {QStringLiteral("reports.keep"), [] { return tr("Keep this report"); }, keys("Ctrl+S"), [this] { keep(); }}};
}

void ReportsPage::chooseAndExport() {
    const QString day = chinaTime(Engine::wallNow()).toString(QStringLiteral("yyyy-MM-dd"));
    const QString path = QFileDialog::getSaveFileName(this, tr("Export as CSV"), QStringLiteral("songda-%1.csv").arg(day), tr("CSV files (*.csv)"));
    if (!path.isEmpty())
        exportTo(path);
}

void ReportsPage::begin(bool checking) {
    m_control = std::make_shared<JobControl>();
    m_busy = true;
    m_checking = checking;
    m_notice->clear();
    m_result->clear();
    m_progressTimer.start();
    judge();
}

void ReportsPage::end() {
    m_progressTimer.stop();
    m_busy = false;
    judge();
}

void ReportsPage::exportTo(const QString &path) {
    if (m_busy || !judgeFields())
        return;
    begin(false);
    ExportRequest request{path.toStdString(), filter(), m_header->currentIndex() == 1, m_control};
    whenDone(m_context.engine.exportReport(std::move(request)), this, [this, path](Result<ExportReport> report) {
        end();
        if (!report) {
            m_notice->say(words::error(report.error()), report.error().code == ErrorCode::Cancelled ? Tone::Warn : Tone::Bad);
            return;
        }
        m_notice->say(tr("%1 rows are in %2.").arg(number(report->rows), QFileInfo(path).fileName()), Tone::Good);
        QStringList lines;
        for (const auto &[state, rows] : report->rowsPerState) {
            const auto known = messageStateFromString(state);
            lines.append(QStringLiteral("%1: %2").arg(known ? words::state(*known) : q(state), number(rows)));
        }
        lines.append(QStringLiteral("SHA-256: %1").arg(q(report->sha256)));
        lines.append(tr("Manifest: %1").arg(q(report->manifestPath)));
        m_result->setText(lines.join(QLatin1Char('\n')));
    });
}

bool ReportsPage::judgeFields() {
    const QString cause = m_cause->text().trimmed();
    static const QRegularExpression causeForm(QStringLiteral("^-?[A-Za-z0-9_.:]+$"));
    const bool badCause = !cause.isEmpty() && !causeForm.match(cause).hasMatch();
    const CauseWords meaning = cause.isEmpty() || badCause ? CauseWords{} : m_context.directory.causeWords(cause.toStdString());
    mark(m_cause, m_causeHint, badCause,
        badCause               ? tr("A code such as 43004, or a word such as timeout, without blanks")
            : cause.isEmpty()  ? tr("A code of WeChat, such as 43004, or a word of ours, such as timeout; empty: any")
            : meaning.known    ? q(meaning.meaning)
                               : tr("Not in the catalogue; exported as it is"));
    const QString openid = m_openid->text().trimmed();
    const bool badOpenid = !openid.isEmpty() && !isPlausibleOpenid(openid.toStdString());
    mark(m_openid, m_openidHint, badOpenid,
        badOpenid ? tr("Letters, digits, _ and - only, at most 64 of them") : tr("The openid of one person; empty: everybody"));
    return !badCause && !badOpenid;
}

void ReportsPage::judge() {
    const bool fine = judgeFields();
    m_export->setToolTip({});
    const bool mayExport = m_context.engine.whyNot(Permission::Export).empty();
    if (!mayExport)
        m_export->setToolTip(words::onlyFor(Engine::rolesWith(Permission::Export)));
    m_export->setEnabled(!m_busy && fine && mayExport);
    m_check->setEnabled(!m_busy);
    m_stop->setVisible(m_busy);
    m_progress->setVisible(m_busy);
    m_progress->setAccessibleName(m_checking ? tr("Progress of the check") : tr("Progress of the export"));
}

} // namespace songda::ui
