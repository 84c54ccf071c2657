// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>
#include <string>
#include <utility>
#include <vector>

namespace songda::ui {

/// A short list of which any number may be ticked.
class CheckList final : public QListWidget {
    Q_OBJECT
public:
    explicit CheckList(QWidget *parent = nullptr);

    /// What there is to tick, as (key, text); what was ticked and is still there stays so.
    void setEntries(const std::vector<std::pair<QString, QString>> &entries);
    /// Keys of what is ticked, in the list's order.
    std::vector<std::string> ticked() const;
    void tick(const QString &key);
    void untickAll();

Q_SIGNALS:
    void changed();

private:
    void setAll(const std::vector<std::string> &keys);
};

} // namespace songda::ui
