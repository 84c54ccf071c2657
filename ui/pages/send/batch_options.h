// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/widgets/texts.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace songda::ui {

/// How a batch is sent: its name, when, how long it may be taken back, how urgent, until when it is of use, and who
/// gets it first.
class BatchOptions final : public QWidget {
    Q_OBJECT
public:
    explicit BatchOptions(QWidget *parent = nullptr);

    void setFileName(const QString &name);
    /// False while something cannot be as it is; the field says what, a time that has passed meanwhile after check().
    bool fill(ImportRequest &request) const;
    /// The openids that get a seed, in order; what is no openid is among them.
    QStringList seeds() const;
    /// Marks what is wrong.
    void check();

Q_SIGNALS:
    void changed();

private:
    void fillRecall();
    /// The batch is for a time that has passed: it would go at once.
    bool isPast() const;
    /// It would have expired before it is due.
    bool endsTooEarly() const;

    QLabel *m_title;
    QFormLayout *m_form;
    QLineEdit *m_name;
    QCheckBox *m_later;
    QDateTimeEdit *m_at;
    QLabel *m_atHint;
    QComboBox *m_recall;
    QLabel *m_priorityLabel;
    QComboBox *m_priority;
    QCheckBox *m_ends;
    QDateTimeEdit *m_until;
    QLabel *m_untilHint;
    QLineEdit *m_seeds;
    QLabel *m_seedHint;
    bool m_fine = true;
    Texts m_texts;
};

} // namespace songda::ui
