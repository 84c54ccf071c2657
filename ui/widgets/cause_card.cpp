// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cause_card.h"

#include "ui/models/directory.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace songda::ui {

CauseCard::CauseCard(const Directory &directory, QWidget *parent)
    : QWidget(parent)
    , m_directory(directory)
    , m_meaning(headline(2))
    , m_code(new Chip)
    , m_class(new Chip)
    , m_move(plainLabel())
    , m_retry(plainLabel())
    , m_advice(plainLabel())
    , m_texts(this) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * grid, grid + 4, 2 * grid, grid + 4);
    layout->setSpacing(grid - 2);
    auto *chips = new QHBoxLayout;
    chips->addWidget(m_code);
    chips->addWidget(m_class);
    chips->addStretch();
    m_meaning->setWordWrap(true);
    layout->addLayout(chips);
    layout->addWidget(m_meaning);
    layout->addWidget(m_advice);
    layout->addWidget(m_move);
    layout->addWidget(m_retry);
    m_texts.add([this] { fill(); });
}

void CauseCard::show(const std::string &cause) {
    m_cause = cause;
    fill();
    setVisible(!cause.empty());
}

void CauseCard::fill() {
    if (m_cause.empty())
        return;
    const CauseWords words = m_directory.causeWords(m_cause);
    m_code->set(q(m_cause), Tone::Neutral);
    m_class->set(words::errorClass(words.errorClass), words::tone(words.errorClass));
    m_meaning->setText(words.known ? q(words.meaning) : tr("An error code Songda does not know yet"));
    m_advice->setText(q(words.advice));
    m_move->setText(tr("Whose move: %1").arg(words::move(words.move)));
    m_retry->setText(words.retryHelps ? tr("Trying again helps: it may pass later as it is.")
                                      : tr("Trying again alone does not help: something has to change first."));
}

} // namespace songda::ui
