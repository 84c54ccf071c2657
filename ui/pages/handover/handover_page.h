// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/handover/handover_text.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace songda::ui {

class Notice;

/// The sheet for the next shift, made from the state of the moment and the records of the shift; a note is added by
/// hand, and the whole goes to the clipboard or into a text file.
class HandoverPage final : public Page {
    Q_OBJECT
public:
    explicit HandoverPage(const PageContext &context, QWidget *parent = nullptr);

    void refresh() override;
    void userChanged() override { m_made = false; } // the audit of the shift may not be for them
    void showSnapshot(const Snapshot &snapshot) override;
    std::vector<Command> commands() override;
    void saveTo(const QString &path);

protected:
    void hideEvent(QHideEvent *event) override;

private:
    void make();
    void write();
    void chooseAndSave();
    /// Asks for one part of the sheet; what was asked for an older sheet is dropped.
    template <class T> void ask(QFuture<Result<T>> future, T HandoverState::*part);

    PageContext m_context;
    HandoverState m_state;
    Snapshot m_latest;
    bool m_made = false; ///< for this entering of the page
    quint64 m_generation = 0;
    QLabel *m_title;
    QLabel *m_intro;
    Notice *m_notice;
    QLabel *m_hoursName;
    QComboBox *m_hours;
    QLabel *m_noteName;
    QPlainTextEdit *m_note;
    QPlainTextEdit *m_sheet;
    QPushButton *m_again;
    QPushButton *m_copy;
    QPushButton *m_save;
    Texts m_texts;
};

} // namespace songda::ui
