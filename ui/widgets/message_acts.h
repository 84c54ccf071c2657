// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QObject>
#include <QString>
#include <functional>

class QWidget;

namespace songda::ui {

class ActProgress;
struct ActQuestion;

/// Resend, discard, cancel, hold and the like: asks for the reason, does it, says what came of it. The same from every page.
class MessageActs final : public QObject {
    Q_OBJECT
public:
    /// `parent` carries the dialogs.
    MessageActs(Engine &engine, QWidget *parent);

    /// `count` is what the screen shows; nothing when it is not known. The filter is a copy: lists go on while one is asked.
    /// Acts on what waits leave alone what is taken in after the press. What may have arrived is asked about once more, with
    /// its number, when nobody has agreed to a repeat yet.
    void resend(MessageFilter filter, std::optional<std::int64_t> count, bool uncertainAmongThem);
    /// Sends again under watch: the list is frozen and shown with what would become of it. `selection` names it.
    void replay(MessageFilter filter, const QString &selection);
    void restore(MessageFilter filter, std::optional<std::int64_t> count);
    void discard(MessageFilter filter, std::optional<std::int64_t> count);
    void cancel(MessageFilter filter, std::optional<std::int64_t> count);
    void hold(MessageFilter filter, std::optional<std::int64_t> count);
    void release(MessageFilter filter, std::optional<std::int64_t> count);
    void sendNow(MessageFilter filter, std::optional<std::int64_t> count);
    void reschedule(MessageFilter filter, std::optional<std::int64_t> count);
    /// Puts whom these messages of an account are for on its list of people who are not written to.
    void suppress(std::string account, MessageFilter filter, std::int64_t messages);

    /// Where acts on many show how far they are; the page gives it its place.
    ActProgress *progress() const { return m_progress; }

Q_SIGNALS:
    void said(const QString &text, bool good);
    void done();

private:
    using Control = std::shared_ptr<JobControl>;
    using Act = QFuture<Result<std::int64_t>> (Engine::*)(MessageFilter, std::string, Control);
    using Count = std::optional<std::int64_t>;

    /// Asks, does it, and says with `outcome` to how many it was done.
    void ask(const ActQuestion &question, MessageFilter filter, Count count, Act act, QString (*outcome)(const QString &number));
    void tell(const QString &text, bool good);
    void sendAgain(MessageFilter filter, Count count, const QString &reason, bool mayArriveTwice, std::int64_t before);
    /// For those that sendAgain() has left, with how many it has sent.
    void askAboutLeft(MessageFilter filter, const ResendReport &report, const QString &reason);
    void makeDue(const MessageFilter &filter, Count count, const QString &name, WallTime at, const QString &reason);
    Control begin(const QString &name, Count count);
    /// Says how it ended, and when it was cancelled on the way, that.
    void end(const Control &control, const QString &text, bool good);

    Engine &m_engine;
    QWidget *m_parent;
    ActProgress *m_progress;
};

} // namespace songda::ui
