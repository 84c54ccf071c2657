// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/batch_options.h"

#include "engine/policy/value_rules.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

constexpr int usualRecall = 1; // index of half a minute
const std::vector<Seconds> &recallTimes() {
    static const std::vector<Seconds> times{Seconds{0}, Seconds{30}, Seconds{120}, Seconds{600}};
    return times;
}

QWidget *beside(QWidget *first, QWidget *second) {
    auto *both = new QWidget;
    auto *layout = new QHBoxLayout(both);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(first);
    layout->addWidget(second);
    layout->addStretch();
    return both;
}

QWidget *above(QWidget *first, QLabel *hint) {
    auto *both = new QWidget;
    auto *layout = new QVBoxLayout(both);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(hairGap);
    layout->addWidget(first);
    layout->addWidget(hint);
    return both;
}

void setUp(QDateTimeEdit *edit, std::chrono::hours ahead) {
    edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    edit->setTimeSpec(Qt::UTC);
    edit->setCalendarPopup(true);
    edit->setEnabled(false);
    edit->setDateTime(forEditor(proposedTime(Engine::wallNow(), ahead)));
}

} // namespace

BatchOptions::BatchOptions(QWidget *parent)
    : QWidget(parent)
    , m_title(headline(2))
    , m_form(new QFormLayout)
    , m_name(new QLineEdit)
    , m_later(new QCheckBox)
    , m_at(new QDateTimeEdit)
    , m_atHint(mutedLabel())
    , m_recall(new QComboBox)
    , m_priorityLabel(plainLabel())
    , m_priority(new QComboBox)
    , m_ends(new QCheckBox)
    , m_until(new QDateTimeEdit)
    , m_untilHint(mutedLabel())
    , m_seeds(new QLineEdit)
    , m_seedHint(mutedLabel())
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_title);
    m_form->setLabelAlignment(Qt::AlignLeft);
    m_form->setHorizontalSpacing(2 * grid);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->addLayout(m_form);
    setUp(m_at, std::chrono::hours(1));
    setUp(m_until, std::chrono::hours(24));
    m_name->setObjectName(QStringLiteral("batchName"));
    m_name->setMaxLength(100);
    m_recall->setObjectName(QStringLiteral("recall"));
    m_priority->setObjectName(QStringLiteral("priority"));
    m_seeds->setObjectName(QStringLiteral("seeds"));
    m_seeds->setMaxLength(2000);
    m_ends->setObjectName(QStringLiteral("usefulUntil"));
    m_until->setObjectName(QStringLiteral("usefulUntilTime"));
    m_later->setObjectName(QStringLiteral("batchLater"));
    m_at->setObjectName(QStringLiteral("batchAt"));
    m_atHint->setObjectName(QStringLiteral("batchAtHint"));
    for (QWidget *field : {static_cast<QWidget *>(m_name), above(beside(m_later, m_at), m_atHint), above(beside(m_ends, m_until), m_untilHint),
             beside(beside(m_recall, m_priorityLabel), m_priority), above(m_seeds, m_seedHint)}) {
        auto *label = plainLabel();
        label->setMinimumWidth(labelWidth);
        m_form->addRow(label, field);
    }
    for (QComboBox *box : {m_recall, m_priority})
        box->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);

    connect(m_name, &QLineEdit::textChanged, this, &BatchOptions::check);
    connect(m_later, &QCheckBox::toggled, m_at, &QWidget::setEnabled);
    connect(m_ends, &QCheckBox::toggled, m_until, &QWidget::setEnabled);
    // What was proposed when the window opened may be of the past by now; what was typed and is to come stays.
    connect(m_later, &QCheckBox::toggled, this, [this](bool on) {
        if (on && fromEditor(m_at->dateTime()) <= Engine::wallNow())
            m_at->setDateTime(forEditor(proposedTime(Engine::wallNow(), std::chrono::hours(1))));
    });
    connect(m_ends, &QCheckBox::toggled, this, [this](bool on) {
        const WallTime now = Engine::wallNow();
        const WallTime due = m_later->isChecked() ? std::max(now, fromEditor(m_at->dateTime())) : now;
        if (on && fromEditor(m_until->dateTime()) <= due)
            m_until->setDateTime(forEditor(proposedTime(due, std::chrono::hours(24))));
    });
    for (QCheckBox *box : {m_later, m_ends})
        connect(box, &QCheckBox::toggled, this, &BatchOptions::check);
    for (QDateTimeEdit *edit : {m_at, m_until})
        connect(edit, &QDateTimeEdit::dateTimeChanged, this, &BatchOptions::check);
    for (QComboBox *box : {m_recall, m_priority})
        connect(box, &QComboBox::currentIndexChanged, this, &BatchOptions::check);
    connect(m_seeds, &QLineEdit::textChanged, this, &BatchOptions::check);
    m_texts.add([this] {
        m_title->setText(tr("2 · How it is sent"));
        const QStringList names{tr("Batch name"), tr("When"), tr("Useful until"), tr("Take back within"), tr("First to")};
        for (int i = 0; i < m_form->rowCount(); ++i)
            qobject_cast<QLabel *>(m_form->itemAt(i, QFormLayout::LabelRole)->widget())->setText(names[i]);
        m_name->setAccessibleName(names[0]);
        m_name->setToolTip(
            tr("Empty: the file's name, and what was sent before is not sent again. A name makes it a new occasion."));
        m_later->setText(tr("at (China time)"));
        m_at->setAccessibleName(tr("Time to send"));
        m_recall->setAccessibleName(names[3]);
        m_recall->setToolTip(tr("Nothing leaves before this has passed, so that a mistake can be taken back."));
        m_priorityLabel->setText(tr("Priority"));
        m_priority->setAccessibleName(m_priorityLabel->text());
        m_ends->setText(tr("at (China time)"));
        m_until->setAccessibleName(names[2]);
        m_seeds->setAccessibleName(names[4]);
        m_seeds->setPlaceholderText(tr("openids of colleagues, separated by blanks"));
        fillRecall();
        check();
    });
}

void BatchOptions::fillRecall() {
    const QSignalBlocker quietRecall(m_recall);
    const QSignalBlocker quietPriority(m_priority);
    const int recall = m_recall->count() > 0 ? m_recall->currentIndex() : usualRecall;
    const int priority = m_priority->count() > 0 ? m_priority->currentIndex() : 1;
    m_recall->clear();
    for (const Seconds time : recallTimes())
        m_recall->addItem(time.count() == 0 ? tr("at no time: it leaves at once") : span(time));
    m_recall->setCurrentIndex(recall);
    m_priority->clear();
    for (int p = 0; p <= 2; ++p)
        m_priority->addItem(words::priority(p));
    m_priority->setCurrentIndex(priority);
}

void BatchOptions::setFileName(const QString &name) {
    m_name->setPlaceholderText(name);
}

QStringList BatchOptions::seeds() const {
    static const QRegularExpression gap(QStringLiteral("[\\s,;，；、]+"));
    QStringList openids = m_seeds->text().split(gap, Qt::SkipEmptyParts);
    openids.removeDuplicates();
    return openids;
}

void BatchOptions::check() {
    QString wrong;
    const QStringList openids = seeds();
    for (const QString &openid : openids) {
        if (wrong.isEmpty() && !isPlausibleOpenid(openid.toStdString()))
            wrong = tr("“%1”: %2").arg(openid, words::fault(ValueFault::BadOpenid, {}));
    }
    if (wrong.isEmpty() && openids.size() > static_cast<qsizetype>(mostSeeds))
        wrong = tr("At most %1 people.").arg(int{mostSeeds});
    markField(m_seeds, m_seedHint, !wrong.isEmpty(),
        !wrong.isEmpty()        ? wrong
            : openids.isEmpty() ? tr("Empty: it goes to everybody at once. Otherwise these get the first row's message, and "
                                     "the rest waits until you have looked.")
                                : tr("They get the first row's message at once. The rest waits until you let it go on."));
    const bool past = isPast();
    mark(m_at, m_atHint, past, past ? tr("This time has passed. Choose one to come, or take the tick away: then it goes at once.") : QString());
    m_atHint->setVisible(past);
    const bool late = endsTooEarly();
    m_untilHint->setText(late ? tr("This is before the batch is due: nothing would be sent.")
                              : tr("What has not gone by then expires; it is not sent late."));
    m_untilHint->setForegroundRole(late ? QPalette::BrightText : QPalette::PlaceholderText);
    m_untilHint->setVisible(m_ends->isChecked());
    m_fine = wrong.isEmpty();
    Q_EMIT changed();
}

bool BatchOptions::isPast() const { return m_later->isChecked() && fromEditor(m_at->dateTime()) <= Engine::wallNow(); }

bool BatchOptions::endsTooEarly() const {
    const WallTime due = m_later->isChecked() ? fromEditor(m_at->dateTime()) : Engine::wallNow();
    return m_ends->isChecked() && fromEditor(m_until->dateTime()) <= due;
}

bool BatchOptions::fill(ImportRequest &request) const {
    request.batchName = m_name->text().trimmed().toStdString();
    if (m_later->isChecked())
        request.at = fromEditor(m_at->dateTime());
    if (m_ends->isChecked())
        request.expiresAt = fromEditor(m_until->dateTime());
    request.recall = recallTimes()[static_cast<std::size_t>(qMax(0, m_recall->currentIndex()))];
    request.priority = qMax(0, m_priority->currentIndex());
    for (const QString &openid : seeds())
        request.seeds.push_back(openid.toStdString());
    return m_fine && !isPast() && !endsTooEarly();
}

} // namespace songda::ui
