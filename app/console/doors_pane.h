// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace songda::ui {
class DataTable;
class Notice;
class ToneLabel;
}

namespace songda::console {

class ConsoleDoors;

/// One setting of the doors as it stands.
struct DoorRow {
    QString name; ///< in settings.json
    QString title;
    QString value; ///< in force, as people write it
    QString usual;
    bool isSet = false; ///< it stands in the file
    QString range;
    QString what;
};

/// The HTTP doors: whether they are open and where, and every setting with what may stand there. A change is checked,
/// audited, and the doors are opened anew with it.
class DoorsPane final : public ui::Page {
    Q_OBJECT
public:
    /// `doors`: nothing in a console that only looks on.
    DoorsPane(const ui::PageContext &context, ConsoleDoors *doors, std::string profileDir, QWidget *parent = nullptr);

    void refresh() override;
    void userChanged() override;
    std::vector<ui::Command> commands() override;

private:
    void setTexts();
    void ask();
    void fill();
    void look();
    void judge();
    /// What stands in the field, as the settings take it.
    QString typed() const;
    void put(const QString &name, const QString &value);
    /// `name` is the setting that differs in it.
    void write(const std::string &section, const QString &name);
    const DoorRow *chosen() const;

    ui::PageContext m_context;
    ConsoleDoors *m_doors;
    const std::string m_profileDir;
    ui::RowsModel<DoorRow> *m_rows;
    std::string m_section;
    bool m_busy = false;
    QString m_edited; ///< the setting in the field
    bool m_typed = false; ///< by a person, and not set yet: news do not put it back
    QLabel *m_intro;
    ui::Notice *m_notice;
    ui::ToneLabel *m_state;
    QPushButton *m_open;
    ui::DataTable *m_table;
    QLabel *m_name;
    QLabel *m_what;
    QLineEdit *m_value;
    QPushButton *m_set;
    QPushButton *m_usual;
    ui::Texts m_texts;
};

} // namespace songda::console
