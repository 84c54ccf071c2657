// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/connections/secret_once.h"

#include "ui/widgets/parts.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace songda::ui {

SecretOnce::SecretOnce(QWidget *parent)
    : QWidget(parent)
    , m_what(plainLabel())
    , m_secret(new QLineEdit)
    , m_copy(new QPushButton)
    , m_away(new QPushButton)
    , m_texts(this) {
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    QVBoxLayout *inside = nullptr;
    outer->addWidget(panel(inside));
    inside->addWidget(m_what);
    auto *row = new QHBoxLayout;
    m_secret->setReadOnly(true);
    m_secret->setObjectName(QStringLiteral("secretOnce"));
    m_copy->setObjectName(QStringLiteral("secretCopy"));
    m_away->setObjectName(QStringLiteral("secretAway"));
    row->addWidget(m_secret, 1);
    row->addWidget(m_copy);
    row->addWidget(m_away);
    inside->addLayout(row);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_secret->text()); });
    connect(m_away, &QPushButton::clicked, this, &SecretOnce::putAway);
    m_texts.add([this] {
        m_secret->setAccessibleName(tr("Secret, shown this once"));
        m_copy->setText(tr("Copy"));
        m_away->setText(tr("I have it"));
    });
    hide();
}

void SecretOnce::show(const QString &what, const QString &secret) {
    m_what->setText(what);
    m_secret->setText(secret);
    m_secret->setCursorPosition(0);
    setVisible(true);
    m_secret->setFocus();
    m_secret->selectAll();
}

void SecretOnce::putAway() {
    m_secret->clear();
    hide();
}

} // namespace songda::ui
