// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;

namespace songda::ui {

/// What can be chosen in the palette.
struct PaletteItem {
    QString title;
    QString section;
    QString key; ///< as text; empty: none
    QString also; ///< further words by which it is found
    std::function<void()> run;
};

/// One line in which everything can be found by typing a part of its name, and done with Enter.
class CommandPalette final : public QDialog {
    Q_OBJECT
public:
    /// What is typed may itself be searched for.
    using Search = std::function<std::vector<PaletteItem>(const QString &typed)>;

    CommandPalette(std::vector<PaletteItem> items, Search search, QWidget *parent);

    /// Runs what was chosen after it has closed.
    void done(int result) override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void choose();

    std::vector<PaletteItem> m_items;
    Search m_search;
    std::vector<PaletteItem> m_shown;
    QLineEdit *m_typed;
    QListWidget *m_list;
    QLabel *m_none;
};

} // namespace songda::ui
