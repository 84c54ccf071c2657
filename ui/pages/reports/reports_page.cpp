// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/reports/reports_page.h"

#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/pickers.h"
#include "ui/widgets/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace songda::ui {

namespace {

const std::vector<std::vector<MessageState>> &reportStates() {
    using S = MessageState;
    static const std::vector<std::vector<S>> states{
        {}, {S::Accepted, S::Delivered}, {S::Dead, S::Undelivered, S::Uncertain, S::Expired}, {S::Cancelled}, {S::Held, S::Queued, S::Sending, S::Retrying}};
    return states;
}

WallTime dayStart(const QDate &day) {
    return *parseIso8601(day.toString(Qt::ISODate).toStdString());
}

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
    , m_limited(new QCheckBox)
    , m_from(new QDateEdit)
    , m_to(new QDateEdit)
    , m_dayHint(mutedLabel())
    , m_header(new QComboBox)
    , m_export(mainButton())
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
    m_form->setVerticalSpacing(grid + 2);
    const QDate today = chinaTime(Engine::wallNow()).date();
    for (QDateEdit *edit : {m_from, m_to}) {
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
        edit->setCalendarPopup(true);
        edit->setDate(today);
        edit->setEnabled(false);
    }
    for (QWidget *field : {static_cast<QWidget *>(m_states), static_cast<QWidget *>(m_account), static_cast<QWidget *>(m_template),
             inRow({m_limited, m_from, m_to}), static_cast<QWidget *>(m_dayHint), static_cast<QWidget *>(m_header)}) {
        m_form->addRow(new QLabel, field);
    }
    inside->addLayout(m_form);
    inside->addSpacing(grid);
    inside->addWidget(inRow({m_export, m_stop}));
    inside->addWidget(m_progress);
    inside->addWidget(m_notice);
    inside->addWidget(m_result);
    layout->addStretch();
    m_progress->setRange(0, 1000);
    m_export->setObjectName(QStringLiteral("export"));
    connect(m_limited, &QCheckBox::toggled, this, [this](bool on) {
        m_from->setEnabled(on);
        m_to->setEnabled(on);
    });
    connect(m_from, &QDateEdit::dateChanged, this, [this](QDate day) { m_to->setMinimumDate(day); });
    connect(m_account, &AccountPicker::picked, this, [this] { m_template->setAccount(m_account->account()); });
    connect(m_export, &QPushButton::clicked, this, &ReportsPage::chooseAndExport);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_control)
            m_control->cancelled = true;
    });
    m_progressTimer.setInterval(std::chrono::milliseconds(100));
    connect(&m_progressTimer, &QTimer::timeout, this, [this] {
        m_progress->setValue(static_cast<int>(m_control->share.load() * 1000));
        m_progress->setFormat(tr("%1 rows").arg(number(m_control->rows.load())));
    });
    m_texts.add([this] {
        m_title->setText(tr("Reports"));
        m_intro->setText(tr("A table of messages for auditors: what was sent to whom, when, by whose order, with what result. Safe to open in Excel."));
        const QStringList names{tr("Which messages"), tr("Account"), tr("Template"), tr("Days"), QString(), tr("Column names")};
        for (int i = 0; i < m_form->rowCount(); ++i)
            qobject_cast<QLabel *>(m_form->itemAt(i, QFormLayout::LabelRole)->widget())->setText(names[i]);
        m_limited->setText(tr("created from, to"));
        m_dayHint->setText(tr("Days begin at 00:00 China time; both days are included. Without days: everything."));
        m_from->setAccessibleName(tr("First day"));
        m_to->setAccessibleName(tr("Last day"));
        m_states->setAccessibleName(names[0]);
        m_header->setAccessibleName(names[5]);
        m_export->setText(tr("Export as CSV…"));
        m_stop->setText(tr("Stop"));
        fillStates();
    });
    judge();
}

void ReportsPage::fillStates() {
    const QSignalBlocker quiet(m_states);
    const int before = qMax(0, m_states->currentIndex());
    m_states->clear();
    m_states->addItems({tr("All messages"), tr("Accepted or delivered"), tr("Failed, of unknown fate or expired"), tr("Cancelled"), tr("Not finished yet")});
    m_states->setCurrentIndex(before);
    const int header = qMax(0, m_header->currentIndex());
    m_header->clear();
    m_header->addItems({tr("English"), tr("Chinese")});
    m_header->setCurrentIndex(header);
}

MessageFilter ReportsPage::filter() const {
    MessageFilter filter;
    filter.states = reportStates()[static_cast<std::size_t>(qMax(0, m_states->currentIndex()))];
    filter.account = m_account->account();
    filter.templateRef = m_template->templateRef();
    if (m_limited->isChecked()) {
        filter.createdFrom = dayStart(m_from->date());
        filter.createdTo = dayStart(m_to->date().addDays(1));
    }
    return filter;
}

void ReportsPage::chooseAndExport() {
    const QString day = chinaTime(Engine::wallNow()).toString(QStringLiteral("yyyy-MM-dd"));
    const QString path = QFileDialog::getSaveFileName(this, tr("Export as CSV"), QStringLiteral("songda-%1.csv").arg(day), tr("CSV files (*.csv)"));
    if (!path.isEmpty())
        exportTo(path);
}

void ReportsPage::exportTo(const QString &path) {
    if (m_busy)
        return;
    m_control = std::make_shared<JobControl>();
    ExportRequest request{path.toStdString(), filter(), m_header->currentIndex() == 1, m_control};
    m_busy = true;
    m_notice->clear();
    m_result->clear();
    m_progress->setValue(0);
    m_progressTimer.start();
    judge();
    m_context.engine.exportReport(std::move(request)).then(this, [this, path](Result<ExportReport> report) {
        m_progressTimer.stop();
        m_busy = false;
        judge();
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

void ReportsPage::judge() {
    m_export->setEnabled(!m_busy);
    m_stop->setVisible(m_busy);
    m_progress->setVisible(m_busy);
}

} // namespace songda::ui
