// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/console_look.h"

#include "ui/widgets/data_table.h"
#include "ui/widgets/layout_memory.h"
#include "ui/widgets/parts.h"

#include <QComboBox>
#include <QFormLayout>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace songda::ui {

namespace {
constexpr int scales[]{90, 100, 110, 125, 150, 175, 200};
} // namespace

ConsoleLook::ConsoleLook(QWidget *parent)
    : QWidget(parent)
    , m_title(headline(2))
    , m_densityName(new QLabel)
    , m_density(new QComboBox)
    , m_scaleName(new QLabel)
    , m_scale(new QComboBox)
    , m_scaleHint(mutedLabel())
    , m_forget(new QPushButton)
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_title);
    auto *form = new QFormLayout;
    form->setLabelAlignment(Qt::AlignLeft);
    form->setHorizontalSpacing(2 * grid);
    form->addRow(m_densityName, m_density);
    form->addRow(m_scaleName, m_scale);
    layout->addLayout(form);
    layout->addWidget(m_scaleHint);
    layout->addWidget(m_forget, 0, Qt::AlignLeft);
    for (const int percent : scales)
        m_scale->addItem(QStringLiteral("%1 %").arg(percent), percent);
    m_scale->setCurrentIndex(qMax(0, m_scale->findData(QSettings().value(QStringLiteral("look/scale"), 100))));
    connect(m_density, &QComboBox::currentIndexChanged, this, [](int index) { setDensity(static_cast<Density>(qMax(0, index))); });
    connect(m_scale, &QComboBox::currentIndexChanged, this, [this] { QSettings().setValue(QStringLiteral("look/scale"), m_scale->currentData()); });
    connect(m_forget, &QPushButton::clicked, this, [this] {
        forgetLayout();
        Q_EMIT said(tr("Columns, widths and the window are as at first from the next start on."));
    });
    m_texts.add([this] { setTexts(); });
}

void ConsoleLook::setTexts() {
    m_title->setText(tr("How this console looks"));
    m_densityName->setText(tr("Rows in tables"));
    m_scaleName->setText(tr("Size of everything"));
    m_scaleHint->setText(tr("From the next start on. Light, dark and the language: at the foot of the rail."));
    m_density->setAccessibleName(m_densityName->text());
    m_scale->setAccessibleName(m_scaleName->text());
    m_forget->setText(tr("Columns and window as at first"));
    const QSignalBlocker quiet(m_density);
    m_density->clear();
    m_density->addItems({tr("low"), tr("ordinary"), tr("high")});
    m_density->setCurrentIndex(static_cast<int>(density()));
}

} // namespace songda::ui
