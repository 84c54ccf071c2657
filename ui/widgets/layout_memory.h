// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTimer>
#include <QVariant>
#include <functional>

class QSplitter;

namespace songda::ui {

/// Puts a splitter where it was left the last time, and notes where it is put.
void keepSplit(QSplitter *split, const QString &name);

/// How tall the rows of all tables are.
enum class Density { Compact, Normal, Roomy };
Density density();
void setDensity(Density density);
/// Height of a row for text of this height.
int rowHeight(int textHeight);

/// Writes down how something was laid out, half a second after the last change: dragging an edge changes it with each
/// step, and each writing locks the file and writes it anew. Hiding it does not wait.
class LayoutNote final : public QObject {
public:
    LayoutNote(QString key, std::function<QVariant()> value, QObject *owner);
    void changed() { m_rest.start(); }

protected:
    bool eventFilter(QObject *owner, QEvent *event) override;

private:
    void write();

    const QString m_key;
    const std::function<QVariant()> m_value;
    QTimer m_rest;
};

/// Forgets widths, orders and hidden columns of tables, where splitters stand and the size of the window; from the next
/// start on: what is changed until then is not kept.
void forgetLayout();
/// A window begins: what is changed from now on is kept.
void rememberLayout();
void keepLayout(const QString &key, const QVariant &value);

} // namespace songda::ui
