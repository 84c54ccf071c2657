// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QLabel;
class QTabWidget;

namespace songda::ui {

class CallbackPane;

/// Who else speaks with Songda: the platform that reports what became of messages, business systems that hand messages
/// over, and those that are told of outcomes. A tab for each, which is a page of its own kind.
class ConnectionsPage final : public Page {
    Q_OBJECT
public:
    explicit ConnectionsPage(const PageContext &context, QWidget *parent = nullptr);

    void showSnapshot(const Snapshot &snapshot) override;
    void refresh() override;
    void userChanged() override;
    std::vector<Command> commands() override;
    /// What leads to a tab, and what can be done in it.
    std::vector<Command> commandsOf(const QString &name);

    /// A tab of the program around the console.
    void addPane(const QString &name, std::function<QString()> title, Page *pane);
    /// How the doors are reached from outside; empty: nobody has said so yet.
    void setPublicUrl(const QString &url);

private:
    struct Tab {
        QString name;
        std::function<QString()> title;
        Page *pane;
    };

    Page *current() const;

    std::vector<Tab> m_panes;
    CallbackPane *m_callbacks;
    QLabel *m_title;
    QTabWidget *m_tabs;
    Texts m_texts;
};

} // namespace songda::ui
