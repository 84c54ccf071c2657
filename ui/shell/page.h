// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/models/directory.h"
#include "ui/widgets/command.h"
#include "ui/widgets/format.h"
#include "ui/widgets/words.h"

#include <QWidget>
#include <vector>

namespace songda::ui {

/// What every page works with.
struct PageContext {
    Engine &engine;
    Directory &directory;
    /// False: another process runs the engine, and nothing can be changed from here; or it is not for who has signed in.
    bool may(Permission permission) const { return engine.role() != EngineOptions::Role::Viewer && engine.whyNot(permission).empty(); }
    /// The same for a button; what is not for who has signed in says who may.
    bool may(Permission permission, QWidget *button) const {
        if (!engine.whyNot(permission).empty())
            button->setToolTip(words::onlyFor(Engine::rolesWith(permission)));
        return may(permission);
    }
};

/// Somebody a page leads to.
struct Person {
    std::optional<AccountId> account; ///< nothing: whichever knows them
    QString openid; ///< as it may be shown
    std::optional<MessageId> message; ///< one of theirs: leads those to whom openids are not shown
};
/// Whom a message is for, as far as it may be known.
inline Person personOf(const PageContext &context, const MessageRow &row) {
    const bool seen = context.engine.whyNot(Permission::SeePeople).empty();
    return {row.account, q(row.openid), seen ? std::nullopt : std::optional(row.id)};
}

/// One page of the console. Only the page on screen is told of news; a page asks for its rows when it is entered and
/// whenever the data changed, and keeps the last known ones meanwhile.
class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// Comes ten times a second at most.
    virtual void showSnapshot(const Snapshot &) {}
    /// The data changed, or the page has just been entered.
    virtual void refresh() {}
    /// Somebody else has signed in: what was read or typed as the one before is not for them. Told to every page, also those
    /// that are not on screen; refresh() follows. An answer that is still to come may be to the one before.
    virtual void userChanged() {}
    /// What can be done here, with its keys. Asked once, when the page is put into the window.
    virtual std::vector<Command> commands() { return {}; }

Q_SIGNALS:
    /// Leads to the messages behind a number.
    void showMessages(const songda::MessageFilter &filter);
    void showPage(const QString &name);
    void showBatch(songda::BatchId batch);
    void showRecipient(const songda::ui::Person &person);
};

} // namespace songda::ui
