// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cause_card.h"

#include "ui/models/directory.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace songda::ui {

NextStep nextStepFor(const CauseWords &words) {
    if (words.move == "content")
        return NextStep::Edit;
    if (words.move == "recipient")
        return NextStep::Suppress;
    if (words.move == "account")
        return NextStep::OpenAccounts;
    if (words.move == "template")
        return NextStep::OpenTemplates;
    return NextStep::Resend;
}

CauseCard::CauseCard(const Directory &directory, QWidget *parent)
    : QWidget(parent)
    , m_directory(directory)
    , m_meaning(headline(2))
    , m_code(new Chip)
    , m_class(new Chip)
    , m_move(plainLabel())
    , m_retry(plainLabel())
    , m_advice(plainLabel())
    , m_note(mutedLabel())
    , m_step(mainButton())
    , m_texts(this) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * grid, wideGap, 2 * grid, wideGap);
    layout->setSpacing(smallGap);
    auto *chips = new QHBoxLayout;
    chips->addWidget(m_code);
    chips->addWidget(m_class);
    chips->addStretch();
    m_meaning->setWordWrap(true);
    m_step->setObjectName(QStringLiteral("nextStep"));
    layout->addLayout(chips);
    layout->addWidget(m_meaning);
    layout->addWidget(m_advice);
    layout->addWidget(m_move);
    layout->addWidget(m_retry);
    layout->addWidget(m_note);
    layout->addWidget(m_step, 0, Qt::AlignLeft);
    connect(m_step, &QPushButton::clicked, this, [this] { Q_EMIT stepChosen(nextStepFor(m_directory.causeWords(m_cause))); });
    m_texts.add([this] {
        m_step->setAccessibleName(tr("Next step"));
        fill();
    });
}

void CauseCard::show(const std::string &cause, const std::optional<RetryOdds> &odds, const CauseNote &note) {
    m_cause = cause;
    m_odds = odds;
    m_noted = note;
    fill();
    setVisible(!cause.empty());
}

void CauseCard::offer(std::int64_t messages, bool mayChange) {
    m_messages = messages;
    m_mayChange = mayChange;
    fill();
}

void CauseCard::fill() {
    if (m_cause.empty())
        return;
    const CauseWords words = m_directory.causeWords(m_cause);
    m_code->set(words.known ? causeNumber(m_cause) : q(m_cause), Tone::Neutral);
    m_class->set(words::errorClass(words.errorClass), words::tone(words.errorClass));
    m_meaning->setText(words.known ? q(words.meaning) : tr("An error code Songda does not know yet"));
    m_advice->setText(q(words.advice));
    m_move->setText(tr("Whose move: %1").arg(words::move(words.move)));
    m_retry->setText(m_odds ? words::odds(*m_odds, words.retryHelps) : QString());
    m_retry->setVisible(m_odds.has_value());
    m_note->setText(m_noted.text.empty() ? QString()
                                         : tr("Note by %1, %2: %3").arg(q(m_noted.by), shortTime(m_noted.at), shown(q(m_noted.text))));
    m_note->setVisible(!m_noted.text.empty());
    const auto label = [&] {
        switch (nextStepFor(words)) {
        case NextStep::Edit: return tr("Edit and resend…");
        case NextStep::Suppress: return tr("Write to them no more…");
        case NextStep::OpenAccounts: return tr("Open the account's settings");
        case NextStep::OpenTemplates: return tr("Open the templates");
        case NextStep::Resend: return m_messages == 1 ? tr("Resend…") : tr("Resend all %1…").arg(number(m_messages));
        }
        return QString();
    };
    const bool changes = nextStepFor(words) != NextStep::OpenAccounts && nextStepFor(words) != NextStep::OpenTemplates;
    m_step->setText(label());
    m_step->setVisible(m_messages > 0);
    m_step->setEnabled(m_mayChange || !changes);
}

} // namespace songda::ui
