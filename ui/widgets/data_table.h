// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTableView>

class QMenu;

namespace songda::ui {

class LayoutNote;

/// The one table of the console: fixed row height, whole rows, a sentence when there is nothing to show. Which columns it
/// shows, in which order and how wide, and by which one its rows are sorted, is the reader's, and kept under a name. It
/// stays on the row one looks at when rows come and go above it.
class DataTable final : public QTableView {
    Q_OBJECT
public:
    /// `name` is where the column widths are kept between runs.
    explicit DataTable(const QString &name, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    /// The rows are all there, so a click on a header sorts them; a third one puts them back as the page has them. For
    /// tables that read their rows a page at a time it would be a lie. After setModel().
    void letSort();
    /// Shown instead of rows: what this is for and what to do next.
    void setEmptyText(const QString &text);
    void setWidths(const QList<int> &widths);
    /// Rows chosen, in the order of the table.
    QList<int> chosenRows() const;
    /// Gives the rows the height that is set for all tables.
    void fitRows();
    /// Shows or hides a column, as the reader wishes.
    void showColumnWished(int column, bool shown);
    /// The menu of the columns, at the header.
    void offerColumns();

Q_SIGNALS:
    void chosen(const QModelIndex &current); ///< the row one looks at changed; may be invalid
    /// Somebody has begun to look at a row, chosen or scrolled to, or stopped.
    void looking(bool at);
    void nearTop();
    void nearEnd();

protected:
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    void rememberAnchor();
    void keepAnchor();
    void keepColumns();
    void offerColumns(const QPoint &at);
    void offerOrders(QMenu *menu);
    void asBuilt();
    void sortBy(int column, Qt::SortOrder order);
    void onScrolled(int value);
    void judgeLooking();

    QString m_name;
    QString m_emptyText;
    QPersistentModelIndex m_anchor;
    bool m_changing = false;
    bool m_looking = false;
    LayoutNote *m_note = nullptr; ///< made with the first change
    bool m_restored = false; ///< what the reader wished is in place: from now on changes are kept
    bool m_sortable = false;
    QByteArray m_built; ///< as the page made it
    QPointer<QMenu> m_menu;
};

} // namespace songda::ui
