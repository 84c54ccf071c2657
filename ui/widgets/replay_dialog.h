// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/widgets/texts.h"

#include <QDialog>

class QCheckBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QRadioButton;
class QSpinBox;

namespace songda::ui {

class Notice;

/// Reads "1, 5, 20"; nothing when it is no list of sizes.
std::optional<std::vector<int>> readLadder(const QString &text);

/// Freezes a selection, shows what sending it again would mean, and asks how: by a ladder that stops itself, at a pace,
/// with a reason.
class ReplayDialog final : public QDialog {
    Q_OBJECT
public:
    ReplayDialog(Engine &engine, MessageFilter filter, QString selection, QWidget *parent = nullptr);
    ~ReplayDialog() override;

Q_SIGNALS:
    void begun(const songda::ReplayRun &run);

private:
    void buildChoices();
    void freeze();
    void fill();
    void judge();
    void start();
    LadderRules ladder() const;

    Engine &m_engine;
    MessageFilter m_filter;
    QString m_selection;
    std::shared_ptr<JobControl> m_control = std::make_shared<JobControl>();
    std::optional<ReplayPlan> m_plan;
    bool m_starting = false;

    QLabel *m_what;
    QProgressBar *m_busy;
    QWidget *m_body;
    QFormLayout *m_forecast;
    QLabel *m_ends;
    QRadioButton *m_byLadder;
    QRadioButton *m_straight;
    QLineEdit *m_sizes;
    QLabel *m_sizesHint;
    QSpinBox *m_share;
    QSpinBox *m_least;
    QCheckBox *m_paced;
    QDoubleSpinBox *m_pace;
    QCheckBox *m_twice;
    QLineEdit *m_reason;
    Notice *m_notice;
    QPushButton *m_start;
};

} // namespace songda::ui
