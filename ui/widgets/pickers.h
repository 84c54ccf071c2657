// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/account.h"
#include "engine/model/template.h"
#include "ui/widgets/texts.h"

#include <QComboBox>
#include <optional>

namespace songda::ui {

class Directory;

/// Whether a picker has an entry for "all of them".
enum class PickerKind { One, OneOrAll };

/// Chooses an account; follows the directory and keeps the choice.
class AccountPicker final : public QComboBox {
    Q_OBJECT
public:
    AccountPicker(const Directory &directory, PickerKind kind, QWidget *parent = nullptr);

    std::optional<AccountId> account() const;
    void choose(std::optional<AccountId> id);

Q_SIGNALS:
    void picked();

private:
    void fill();

    const Directory &m_directory;
    PickerKind m_kind;
    Texts m_texts;
};

/// Chooses a template, of one account if one is set.
class TemplatePicker final : public QComboBox {
    Q_OBJECT
public:
    TemplatePicker(const Directory &directory, PickerKind kind, QWidget *parent = nullptr);

    void setAccount(std::optional<AccountId> account);
    std::optional<TemplateRef> templateRef() const;
    void choose(std::optional<TemplateRef> id);

Q_SIGNALS:
    void picked();

private:
    void fill();
    /// With its account, where one of another account is called the same.
    QString nameOf(const Template &t) const;

    const Directory &m_directory;
    PickerKind m_kind;
    std::optional<AccountId> m_account;
    Texts m_texts;
};

} // namespace songda::ui
