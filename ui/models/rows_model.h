// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/row_order.h"
#include "ui/widgets/colours.h"
#include "ui/widgets/format.h"
#include "ui/widgets/plain_text.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>
#include <QString>
#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace songda::ui {

/// Roles every table of ours knows beside Qt's own.
enum Role {
    ToneRole = Qt::UserRole + 1, ///< int(Tone): the cell is drawn as a chip in this tone
    RawRole, ///< the value behind the text, by which rows are sorted
    ShareRole, ///< double 0 .. 1: the cell is drawn as a bar
    SparkRole, ///< QVector<qint64>: the cell is drawn as a row of small columns
};

/// A table over a bounded vector of values. New values replace old ones by their key, so that selection and scroll
/// position survive every refresh: rows are inserted, removed and moved, never reset. The columns are data. A reader may
/// sort by one of them (`sort`); new rows come in that order, too.
/// `Row` is a value type; GUI thread.
template <class Row> class RowsModel : public QAbstractTableModel {
public:
    struct Column {
        std::function<QString()> header;
        std::function<QVariant(const Row &, int role)> cell;
        Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter;
    };
    using Key = std::function<QString(const Row &)>;

    RowsModel(std::vector<Column> columns, Key key, QObject *parent = nullptr)
        : QAbstractTableModel(parent)
        , m_columns(std::move(columns))
        , m_key(std::move(key)) {}

    const std::vector<Row> &rows() const { return m_rows; }
    const Row *at(int row) const {
        return row >= 0 && row < static_cast<int>(m_rows.size()) ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
    }
    const Row *at(const QModelIndex &index) const { return index.isValid() ? at(index.row()) : nullptr; }
    int rowOf(const QString &key) const {
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (m_key(m_rows[i]) == key)
                return static_cast<int>(i);
        }
        return -1;
    }
    QString keyOf(const Row &row) const { return m_key(row); }

    /// Makes the table show exactly `rows`, whose keys are distinct.
    void show(std::vector<Row> rows) {
        if (m_sortColumn >= 0) {
            m_given = keysOf(rows);
            rows = taken(rows, rowOrder(sortValues(rows), m_sortOrder));
        }
        const std::vector<QString> wanted = keysOf(rows);
        const QSet<QString> wantedSet(wanted.begin(), wanted.end());
        removeOthers(wantedSet);
        arrange(rows, wanted);
        update(std::move(rows));
    }

    /// By the values of a column; -1: as the rows were given.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override {
        if (column >= columnCount() || (column < 0 && m_sortColumn < 0))
            return;
        if (m_sortColumn < 0)
            m_given = keysOf(m_rows);
        m_sortColumn = column;
        m_sortOrder = order;
        rearrange(column < 0 ? rowOrder(placesGiven(), Qt::AscendingOrder) : rowOrder(sortValues(m_rows), order));
    }

    /// What a column shows depends on the time, too.
    void touch(int column) {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, column), index(rowCount() - 1, column));
    }

    /// The words changed, the values did not.
    void retranslate() {
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_columns.size()); }
    QVariant data(const QModelIndex &index, int role) const override {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
            return {};
        const Column &column = m_columns[static_cast<std::size_t>(index.column())];
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(column.alignment);
        // A cut-off text can be read in full.
        if (role == Qt::ToolTipRole) {
            const QVariant own = column.cell(*at(index.row()), role);
            return asWritten((own.isValid() ? own : column.cell(*at(index.row()), Qt::DisplayRole)).toString());
        }
        return column.cell(*at(index.row()), role);
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        const Column &column = m_columns[static_cast<std::size_t>(section)];
        if (role == Qt::DisplayRole)
            return column.header();
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(column.alignment);
        return {};
    }

private:
    std::vector<QString> keysOf(const std::vector<Row> &rows) const {
        std::vector<QString> keys;
        keys.reserve(rows.size());
        for (const Row &row : rows)
            keys.push_back(m_key(row));
        return keys;
    }

    std::vector<QVariant> sortValues(const std::vector<Row> &rows) const {
        const Column &column = m_columns[static_cast<std::size_t>(m_sortColumn)];
        std::vector<QVariant> values;
        values.reserve(rows.size());
        for (const Row &row : rows) {
            const QVariant raw = column.cell(row, RawRole);
            values.push_back(raw.isValid() ? raw : column.cell(row, Qt::DisplayRole));
        }
        return values;
    }

    std::vector<QVariant> placesGiven() const {
        QHash<QString, int> places;
        for (const QString &key : m_given)
            places.insert(key, static_cast<int>(places.size()));
        std::vector<QVariant> values;
        for (const Row &row : m_rows)
            values.push_back(places.value(m_key(row)));
        return values;
    }

    static std::vector<Row> taken(std::vector<Row> &rows, const std::vector<int> &order) {
        std::vector<Row> sorted;
        sorted.reserve(rows.size());
        for (const int row : order)
            sorted.push_back(std::move(rows[static_cast<std::size_t>(row)]));
        return sorted;
    }

    /// What was chosen stays chosen.
    void rearrange(const std::vector<int> &order) {
        Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        std::vector<int> now(order.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            now[static_cast<std::size_t>(order[i])] = static_cast<int>(i);
        m_rows = taken(m_rows, order);
        const QModelIndexList before = persistentIndexList();
        QModelIndexList after;
        for (const QModelIndex &each : before)
            after.append(index(now[static_cast<std::size_t>(each.row())], each.column()));
        changePersistentIndexList(before, after);
        Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    }

    void removeOthers(const QSet<QString> &wanted) {
        for (int last = rowCount() - 1; last >= 0; --last) {
            if (wanted.contains(m_key(*at(last))))
                continue;
            int first = last;
            while (first > 0 && !wanted.contains(m_key(*at(first - 1))))
                --first;
            beginRemoveRows({}, first, last);
            m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
            endRemoveRows();
            last = first;
        }
    }

    void arrange(const std::vector<Row> &rows, const std::vector<QString> &wanted) {
        QSet<QString> present;
        for (const Row &row : m_rows)
            present.insert(m_key(row));
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (i < m_rows.size() && m_key(m_rows[i]) == wanted[i])
                continue;
            const int to = static_cast<int>(i);
            const auto found = !present.contains(wanted[i])
                ? m_rows.end()
                : std::find_if(m_rows.begin() + to, m_rows.end(), [&](const Row &row) { return m_key(row) == wanted[i]; });
            if (found != m_rows.end()) {
                const int from = static_cast<int>(found - m_rows.begin());
                beginMoveRows({}, from, from, {}, to);
                std::rotate(m_rows.begin() + to, found, found + 1);
                endMoveRows();
                continue;
            }
            std::size_t end = i + 1;
            while (end < wanted.size() && !present.contains(wanted[end]))
                ++end;
            beginInsertRows({}, to, static_cast<int>(end) - 1);
            m_rows.insert(m_rows.begin() + to, rows.begin() + to, rows.begin() + static_cast<std::ptrdiff_t>(end));
            endInsertRows();
            i = end - 1;
        }
    }

    void update(std::vector<Row> rows) {
        int first = -1;
        int last = -1;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            bool same = false;
            if constexpr (requires(const Row &a, const Row &b) { static_cast<bool>(a == b); })
                same = m_rows[i] == rows[i];
            if (same)
                continue;
            m_rows[i] = std::move(rows[i]);
            first = first < 0 ? static_cast<int>(i) : first;
            last = static_cast<int>(i);
        }
        if (first >= 0)
            Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
    }

    std::vector<Column> m_columns;
    Key m_key;
    std::vector<Row> m_rows;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    std::vector<QString> m_given; ///< keys in the order of the page, while they are sorted
};

/// A column that only has words.
template <class Row>
typename RowsModel<Row>::Column textColumn(std::function<QString()> header, std::function<QString(const Row &)> text) {
    return {std::move(header), [text = std::move(text)](const Row &row, int role) -> QVariant {
                return role == Qt::DisplayRole ? QVariant(text(row)) : QVariant();
            }};
}

/// Words that stand for a value, by which they are sorted.
template <class Row, class Value>
typename RowsModel<Row>::Column valueColumn(std::function<QString()> header, std::function<QString(const Row &)> text, Value value) {
    return {std::move(header), [text = std::move(text), value = std::move(value)](const Row &row, int role) -> QVariant {
                if (role == RawRole)
                    return QVariant(value(row));
                return role == Qt::DisplayRole ? QVariant(text(row)) : QVariant();
            }};
}

/// A right-aligned column, for numbers.
template <class Row>
typename RowsModel<Row>::Column numberColumn(std::function<QString()> header, std::function<QString(const Row &)> text) {
    auto column = textColumn<Row>(std::move(header), std::move(text));
    column.alignment = Qt::AlignRight | Qt::AlignVCenter;
    return column;
}

/// The same with the number itself, so that it is sorted as one.
template <class Row>
typename RowsModel<Row>::Column numberColumn(
    std::function<QString()> header, std::function<QString(const Row &)> text, std::function<double(const Row &)> value) {
    auto column = valueColumn<Row>(std::move(header), std::move(text), std::move(value));
    column.alignment = Qt::AlignRight | Qt::AlignVCenter;
    return column;
}

/// How many.
template <class Row>
typename RowsModel<Row>::Column countColumn(std::function<QString()> header, std::function<std::int64_t(const Row &)> count) {
    return numberColumn<Row>(
        std::move(header), [count](const Row &row) { return number(count(row)); }, [count](const Row &row) { return static_cast<double>(count(row)); });
}

/// When; empty while there is no time.
template <class Row>
typename RowsModel<Row>::Column timeColumn(std::function<QString()> header, std::function<std::optional<WallTime>(const Row &)> time) {
    return valueColumn<Row>(
        std::move(header), [time](const Row &row) { return shortTime(time(row)); },
        [time](const Row &row) {
            const auto at = time(row);
            return at ? QVariant(static_cast<qlonglong>(toMillis(*at))) : QVariant(QString());
        });
}

/// A word with a tone.
template <class Row>
typename RowsModel<Row>::Column chipColumn(
    std::function<QString()> header, std::function<QString(const Row &)> text, std::function<Tone(const Row &)> tone) {
    return {std::move(header), [text = std::move(text), tone = std::move(tone)](const Row &row, int role) -> QVariant {
                if (role == Qt::DisplayRole)
                    return text(row);
                return role == ToneRole ? QVariant(static_cast<int>(tone(row))) : QVariant();
            }};
}

} // namespace songda::ui
