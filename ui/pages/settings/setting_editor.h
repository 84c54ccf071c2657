// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/policy_value.h"

#include <QWidget>
#include <string>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QTimeEdit;

namespace songda::ui {

/// The field in which a setting gets another value, with what may stand there below it.
class SettingEditor final : public QWidget {
    Q_OBJECT
public:
    explicit SettingEditor(QWidget *parent = nullptr);

    /// `json`: the value it begins with.
    void show(const PolicyValue &field, const std::string &json);
    /// What it says, as JSON text.
    std::string typed() const;
    /// False while something stands there that may not; it is said in red then.
    bool fits() const;
    void setTexts();

Q_SIGNALS:
    void changed();

private:
    /// As the file has it, which is not as the editor shows it: a share, not its percents.
    double number() const;
    void say();

    PolicyValue m_field;
    QStackedWidget *m_editors;
    QDoubleSpinBox *m_number;
    QCheckBox *m_yes;
    QTimeEdit *m_time;
    QLineEdit *m_text;
    QComboBox *m_jitter;
    QLabel *m_range;
};

} // namespace songda::ui
