// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/command.h"

#include <QObject>
#include <vector>

class QWidget;

namespace songda::ui {

/// Every command of the window, with its key. The palette, the map of keys and the keyboard all go by this one list, so
/// that none of them can promise what another does not do. GUI thread.
class CommandList final : public QObject {
    Q_OBJECT
public:
    struct Entry {
        Command command;
        std::function<QString()> section; ///< the page it belongs to, or what kind of thing it is
        QWidget *scope; ///< it counts while this is visible
    };

    explicit CommandList(QObject *parent = nullptr);

    void add(QWidget *scope, const std::function<QString()> &section, Command command);
    const std::vector<Entry> &entries() const { return m_entries; }
    /// Whether it would do anything now.
    static bool offered(const Entry &entry);

private:
    std::vector<Entry> m_entries;
};

} // namespace songda::ui
