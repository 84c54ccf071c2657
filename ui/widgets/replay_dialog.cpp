// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/replay_dialog.h"

#include "engine/when_done.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QRadioButton>
#include <QSpinBox>

namespace songda::ui {

std::optional<std::vector<int>> readLadder(const QString &text) {
    std::vector<int> sizes;
    for (const QString &part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        bool fine = false;
        const int size = part.trimmed().toInt(&fine);
        if (!fine || size < 1 || size > 100'000 || sizes.size() == 50)
            return std::nullopt;
        sizes.push_back(size);
    }
    return sizes.empty() ? std::nullopt : std::optional(std::move(sizes));
}

ReplayDialog::ReplayDialog(Engine &engine, MessageFilter filter, QString selection, QWidget *parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_filter(std::move(filter))
    , m_selection(std::move(selection))
    , m_what(plainLabel())
    , m_busy(new QProgressBar)
    , m_body(new QWidget)
    , m_forecast(new QFormLayout)
    , m_ends(plainLabel())
    , m_byLadder(new QRadioButton)
    , m_straight(new QRadioButton)
    , m_sizes(new QLineEdit)
    , m_sizesHint(mutedLabel())
    , m_share(new QSpinBox)
    , m_least(new QSpinBox)
    , m_paced(new QCheckBox)
    , m_pace(new QDoubleSpinBox)
    , m_twice(new QCheckBox)
    , m_reason(new QLineEdit)
    , m_notice(new Notice)
    , m_start(mainButton()) {
    setObjectName(QStringLiteral("replay"));
    setWindowTitle(tr("Resend under watch"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(560);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(wideGap);
    layout->addWidget(m_what);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    layout->addWidget(m_busy);
    buildChoices();
    layout->addWidget(m_body);
    layout->addWidget(m_notice);
    auto *buttons = new QDialogButtonBox;
    m_start->setObjectName(QStringLiteral("yes"));
    m_start->setDefault(true);
    buttons->addButton(m_start, QDialogButtonBox::ActionRole);
    buttons->addButton(tr("Not now"), QDialogButtonBox::RejectRole);
    layout->addWidget(buttons);
    connect(m_start, &QPushButton::clicked, this, &ReplayDialog::start);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_start->setText(tr("Resend"));
    m_body->hide();
    judge();
    freeze();
}

ReplayDialog::~ReplayDialog() {
    m_control->cancelled = true; // nobody waits for the list any more
}

void ReplayDialog::buildChoices() {
    auto *column = new QVBoxLayout(m_body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(wideGap);
    QVBoxLayout *inside = nullptr;
    QWidget *forecast = panel(inside);
    m_forecast->setLabelAlignment(Qt::AlignLeft);
    m_forecast->setHorizontalSpacing(3 * grid);
    inside->addLayout(m_forecast);
    column->addWidget(forecast);

    m_byLadder->setText(tr("In growing steps that stop by themselves"));
    m_byLadder->setChecked(true);
    m_byLadder->setObjectName(QStringLiteral("byLadder"));
    m_straight->setText(tr("All of it, one after the other"));
    m_straight->setObjectName(QStringLiteral("straight"));
    QStringList sizes;
    for (const int size : usualLadder())
        sizes.append(QString::number(size));
    m_sizes->setText(sizes.join(QStringLiteral(", ")));
    m_sizes->setObjectName(QStringLiteral("ladder"));
    m_sizes->setAccessibleName(tr("Sizes of the steps"));
    m_share->setRange(0, 100);
    m_share->setValue(20);
    m_share->setSuffix(tr(" %"));
    m_share->setAccessibleName(tr("Share of a step that may fail"));
    m_least->setRange(1, 100'000);
    m_least->setValue(3);
    m_least->setAccessibleName(tr("Fewest failures that stop it"));
    auto *line = new QHBoxLayout;
    line->addWidget(new QLabel(tr("Stops when more than")));
    line->addWidget(m_share);
    line->addWidget(new QLabel(tr("of a step fail, and at least")));
    line->addWidget(m_least);
    line->addStretch();
    auto *indent = new QVBoxLayout;
    indent->setContentsMargins(3 * grid, 0, 0, 0);
    indent->addWidget(withHint(m_sizes, m_sizesHint));
    indent->addLayout(line);
    column->addWidget(m_byLadder);
    column->addLayout(indent);
    column->addWidget(m_straight);

    m_paced->setText(tr("No faster than"));
    m_paced->setObjectName(QStringLiteral("paced"));
    m_pace->setRange(0.1, 10'000);
    m_pace->setDecimals(1);
    m_pace->setValue(10);
    m_pace->setSuffix(tr(" a second"));
    m_pace->setObjectName(QStringLiteral("pace"));
    m_pace->setAccessibleName(tr("Messages a second"));
    m_pace->setEnabled(false);
    auto *paceRow = new QHBoxLayout;
    paceRow->addWidget(m_paced);
    paceRow->addWidget(m_pace);
    paceRow->addStretch();
    column->addLayout(paceRow);

    m_twice->setObjectName(QStringLiteral("confirm"));
    column->addWidget(m_twice);
    m_reason->setObjectName(QStringLiteral("reason"));
    m_reason->setMaxLength(500);
    m_reason->setPlaceholderText(tr("Reason (needed, for the audit)"));
    m_reason->setAccessibleName(tr("Reason"));
    column->addWidget(m_reason);

    connect(m_paced, &QCheckBox::toggled, m_pace, &QWidget::setEnabled);
    for (QAbstractButton *button : {static_cast<QAbstractButton *>(m_byLadder), static_cast<QAbstractButton *>(m_paced), static_cast<QAbstractButton *>(m_twice)})
        connect(button, &QAbstractButton::toggled, this, &ReplayDialog::judge);
    connect(m_pace, &QDoubleSpinBox::valueChanged, this, &ReplayDialog::judge);
    connect(m_sizes, &QLineEdit::textChanged, this, &ReplayDialog::judge);
    connect(m_reason, &QLineEdit::textChanged, this, &ReplayDialog::judge);
}

void ReplayDialog::freeze() {
    m_what->setText(tr("Freezing the list of %1…").arg(m_selection));
    whenDone(m_engine.planReplay(m_filter, m_control), this, [this](Result<ReplayPlan> plan) {
        m_busy->hide();
        if (!plan) {
            m_what->clear();
            m_notice->say(words::error(plan.error()), Tone::Bad);
            return;
        }
        m_plan = std::move(*plan);
        fill();
    });
}

void ReplayDialog::fill() {
    const ReplayPlan &plan = *m_plan;
    m_what->setText(tr("%1: the list is frozen. What dies from now on is not part of it.").arg(m_selection));
    const auto fact = [this](const QString &name, QWidget *value) { m_forecast->addRow(mutedLabel(name), value); };
    const auto text = [](const QString &words) {
        QLabel *label = plainLabel(words);
        label->setWordWrap(true);
        return label;
    };
    fact(tr("Messages"), text(number(plan.size())));
    fact(tr("Will go"), text(plan.held > 0 ? tr("%1, of which %2 wait until a hold or a pause ends").arg(number(plan.willGo), number(plan.held)) : number(plan.willGo)));
    if (plan.needConfirmation > 0)
        fact(tr("May have arrived"), text(tr("%1, left unless you agree below").arg(number(plan.needConfirmation))));
    if (plan.refused > 0)
        fact(tr("Refused"), text(tr("%1, to people who must not be written to").arg(number(plan.refused))));
    fact(tr("Done about"), m_ends);
    QLabel *print = text(q(plan.fingerprint.substr(0, 16)));
    print->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    print->setToolTip(tr("SHA-256 over the sorted message numbers, a line each:\n%1").arg(q(plan.fingerprint)));
    print->setObjectName(QStringLiteral("fingerprint"));
    fact(tr("Fingerprint"), print);
    m_twice->setText(tr("Also the %1 that may have arrived: they may arrive twice").arg(number(plan.needConfirmation)));
    m_twice->setVisible(plan.needConfirmation > 0);
    // A single message is no ladder.
    if (plan.size() == 1)
        m_straight->setChecked(true);
    m_body->setVisible(plan.size() > 0);
    if (plan.size() == 0)
        m_notice->say(tr("Nothing matches any more."), Tone::Info);
    judge();
    adjustSize();
    m_reason->setFocus();
}

LadderRules ReplayDialog::ladder() const {
    if (!m_byLadder->isChecked())
        return {};
    return {readLadder(m_sizes->text()).value_or(std::vector<int>{}), m_share->value() / 100.0, m_least->value()};
}

void ReplayDialog::judge() {
    const bool wrong = m_byLadder->isChecked() && !readLadder(m_sizes->text());
    mark(m_sizes, m_sizesHint, wrong,
        wrong ? tr("Sizes of 1 to 100,000, separated by commas") : tr("A step begins when all of the step before have ended. It also stops at an error code that none of these had."));
    for (QWidget *widget : {static_cast<QWidget *>(m_sizes), static_cast<QWidget *>(m_share), static_cast<QWidget *>(m_least)})
        widget->setEnabled(m_byLadder->isChecked());
    const bool ready = m_plan && m_plan->size() > 0;
    std::int64_t going = 0;
    if (ready) {
        going = m_plan->willGo + (m_twice->isChecked() ? m_plan->needConfirmation : 0);
        const WallTime now = Engine::wallNow();
        const WallTime byHow = now + leastTime(going, m_paced->isChecked() ? m_pace->value() : 0, ladder());
        const WallTime ends = std::max(m_plan->endsAt.value_or(byHow), byHow);
        m_ends->setText(going == m_plan->held && going > 0 ? tr("not before the hold or the pause ends")
                                                           : tr("%1 (in %2)").arg(shortTime(ends), span(ends - now)));
    }
    m_start->setText(ready ? tr("Resend %1").arg(number(going)) : tr("Resend"));
    m_start->setEnabled(ready && going > 0 && !wrong && !m_starting && !m_reason->text().trimmed().isEmpty());
}

void ReplayDialog::start() {
    ReplayOptions options;
    options.reason = m_reason->text().trimmed().toStdString();
    options.pace = m_paced->isChecked() ? m_pace->value() : 0;
    options.ladder = ladder();
    options.mayArriveTwice = m_twice->isVisible() && m_twice->isChecked();
    m_starting = true;
    judge();
    whenDone(m_engine.startReplay(*m_plan, std::move(options)), this, [this](Result<ReplayRun> run) {
        m_starting = false;
        judge();
        if (!run) {
            m_notice->say(words::error(run.error()), Tone::Bad);
            return;
        }
        Q_EMIT begun(*run);
        accept();
    });
}

} // namespace songda::ui
