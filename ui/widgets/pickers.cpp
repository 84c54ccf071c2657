// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pickers.h"

#include "ui/models/directory.h"
#include "ui/widgets/format.h"

#include <QSignalBlocker>
#include <algorithm>

namespace songda::ui {

namespace {

/// Fills a box with (text, id) and keeps the id that was chosen. True if the choice became another one.
bool refill(QComboBox &box, const std::vector<std::pair<QString, qint64>> &entries) {
    const QVariant before = box.currentData();
    {
        const QSignalBlocker quiet(&box);
        box.clear();
        for (const auto &[text, id] : entries)
            box.addItem(text, id);
        const int kept = before.isValid() ? box.findData(before) : -1;
        box.setCurrentIndex(kept >= 0 ? kept : entries.empty() ? -1 : 0);
    }
    return box.currentData() != before;
}

template <class Id> std::optional<Id> chosen(const QComboBox &box) {
    const qint64 id = box.currentData().toLongLong();
    return id > 0 ? std::optional(Id{id}) : std::nullopt;
}

template <class Id> void choose(QComboBox &box, std::optional<Id> id) {
    const int index = box.findData(id ? id->value : qint64(0));
    if (index >= 0)
        box.setCurrentIndex(index);
}

} // namespace

AccountPicker::AccountPicker(const Directory &directory, PickerKind kind, QWidget *parent)
    : QComboBox(parent)
    , m_directory(directory)
    , m_kind(kind)
    , m_texts(this) {
    setSizeAdjustPolicy(AdjustToContents);
    connect(&directory, &Directory::accountsChanged, this, &AccountPicker::fill);
    connect(this, &QComboBox::currentIndexChanged, this, &AccountPicker::picked);
    m_texts.add([this] {
        setAccessibleName(tr("Account"));
        fill();
    });
}

void AccountPicker::fill() {
    std::vector<std::pair<QString, qint64>> entries;
    if (m_kind == PickerKind::OneOrAll)
        entries.emplace_back(tr("All accounts"), 0);
    for (const Account &account : m_directory.accounts())
        entries.emplace_back(q(account.name), account.id.value);
    if (refill(*this, entries))
        Q_EMIT picked();
}

std::optional<AccountId> AccountPicker::account() const { return chosen<AccountId>(*this); }
void AccountPicker::choose(std::optional<AccountId> id) { ui::choose(*this, id); }

TemplatePicker::TemplatePicker(const Directory &directory, PickerKind kind, QWidget *parent)
    : QComboBox(parent)
    , m_directory(directory)
    , m_kind(kind)
    , m_texts(this) {
    setSizeAdjustPolicy(AdjustToContents);
    for (const auto came : {&Directory::templatesChanged, &Directory::accountsChanged})
        connect(&directory, came, this, &TemplatePicker::fill);
    connect(this, &QComboBox::currentIndexChanged, this, &TemplatePicker::picked);
    m_texts.add([this] {
        setAccessibleName(tr("Template"));
        fill();
    });
}

void TemplatePicker::setAccount(std::optional<AccountId> account) {
    if (m_account == account)
        return;
    m_account = account;
    fill();
}

void TemplatePicker::fill() {
    std::vector<std::pair<QString, qint64>> entries;
    if (m_kind == PickerKind::OneOrAll)
        entries.emplace_back(tr("All templates"), 0);
    for (const Template &t : m_directory.templates()) {
        // With one to be chosen, it must be one that can be sent from that account.
        const bool fits = m_account ? t.account == *m_account : m_kind == PickerKind::OneOrAll;
        if (fits && (m_kind == PickerKind::OneOrAll || !t.goneAt))
            entries.emplace_back(nameOf(t), t.id.value);
    }
    if (refill(*this, entries))
        Q_EMIT picked();
}

QString TemplatePicker::nameOf(const Template &t) const {
    const auto named = [](const Template &one) -> const std::string & { return one.title.empty() ? one.templateId : one.title; };
    const auto &all = m_directory.templates();
    const bool elsewhere
        = !m_account && std::any_of(all.begin(), all.end(), [&](const Template &other) { return other.account != t.account && named(other) == named(t); });
    return elsewhere ? QStringLiteral("%1 · %2").arg(q(named(t)), m_directory.accountName(t.account)) : q(named(t));
}

std::optional<TemplateRef> TemplatePicker::templateRef() const { return chosen<TemplateRef>(*this); }
void TemplatePicker::choose(std::optional<TemplateRef> id) { ui::choose(*this, id); }

} // namespace songda::ui
