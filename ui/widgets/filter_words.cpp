// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filter_words.h"

#include "engine/model/filter_fields.h"
#include "ui/models/directory.h"
#include "ui/widgets/format.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace songda::ui {

namespace {

constexpr std::size_t idsNamed = 3;

struct FilterWords {
    Q_DECLARE_TR_FUNCTIONS(FilterWords)
};

QString causesText(const std::string &causes, const Directory &directory) {
    QStringList texts;
    for (const QString &one : q(causes).split(QLatin1Char(',')))
        texts.append(directory.causeText(one.toStdString()));
    return texts.join(FilterWords::tr(", "));
}

QString statesText(const std::vector<MessageState> &states) {
    QStringList texts;
    for (const MessageState state : states)
        texts.append(words::state(state));
    return texts.join(FilterWords::tr(", "));
}

QString idsText(const std::vector<MessageId> &ids, bool more) {
    if (more)
        return FilterWords::tr("more than %1 chosen messages").arg(number(static_cast<std::int64_t>(ids.size())));
    if (ids.size() > idsNamed)
        return FilterWords::tr("%1 chosen messages").arg(number(static_cast<std::int64_t>(ids.size())));
    QStringList texts;
    for (const MessageId id : ids)
        texts.append(QString::number(id.value));
    return FilterWords::tr("Message no. %1").arg(texts.join(FilterWords::tr(", ")));
}

/// A name, or the number of what has none (any more).
QString named(const QString &name, std::int64_t id) {
    return name.isEmpty() ? FilterWords::tr("no. %1").arg(id) : name;
}

class Wording {
public:
    Wording(const Directory &directory, bool moreIds)
        : m_directory(directory)
        , m_moreIds(moreIds) {}

    QString of(std::string_view, const std::vector<MessageState> &states) const { return statesText(states); }
    QString of(std::string_view, const std::vector<MessageId> &ids) const { return idsText(ids, m_moreIds); }
    QString of(std::string_view, AccountId id) const { return FilterWords::tr("Account: %1").arg(named(m_directory.accountName(id), id.value)); }
    QString of(std::string_view, TemplateRef id) const { return FilterWords::tr("Template: %1").arg(named(m_directory.templateTitle(id), id.value)); }
    QString of(std::string_view, BatchId id) const { return FilterWords::tr("Batch: %1").arg(m_directory.batchName(id)); }
    QString of(std::string_view, MessageId id) const { return FilterWords::tr("To the recipient of message no. %1").arg(id.value); }
    QString of(std::string_view, ReplayId id) const { return FilterWords::tr("Sent again by replay %1").arg(id.value); }
    QString of(std::string_view, AuditId id) const { return FilterWords::tr("Touched by act %1").arg(id.value); }
    QString of(std::string_view, bool) const { return FilterWords::tr("Only discarded ones"); }

    QString of(std::string_view field, const std::string &value) const {
        if (field == "code")
            return FilterWords::tr("Cause: %1").arg(causesText(value, m_directory));
        if (field == "failed")
            return value == MessageFilter::anyCause ? FilterWords::tr("Failed at any try")
                                                    : FilterWords::tr("Failed at any try with %1").arg(causesText(value, m_directory));
        if (field == "key")
            return FilterWords::tr("Business key: %1").arg(q(value));
        if (field == "trace")
            return FilterWords::tr("Trace id: %1").arg(q(value));
        if (field == "number")
            return FilterWords::tr("Number: %1").arg(q(value));
        return QStringLiteral("%1: %2").arg(field == "openid" ? FilterWords::tr("openid") : QStringLiteral("msgid"), q(value));
    }

    QString of(std::string_view field, WallTime at) const {
        const QString when = shortTime(at);
        if (field == "since")
            return FilterWords::tr("Taken in since %1").arg(when);
        if (field == "until")
            return FilterWords::tr("Taken in before %1").arg(when);
        if (field == "ended-since")
            return FilterWords::tr("Ended since %1").arg(when);
        if (field == "ended-until")
            return FilterWords::tr("Ended before %1").arg(when);
        return field == "failed-since" ? FilterWords::tr("Failed since %1").arg(when) : FilterWords::tr("Failed before %1").arg(when);
    }

private:
    const Directory &m_directory;
    bool m_moreIds;
};

std::vector<FilterPart> partsOf(const WrittenFilter &written, const Directory &directory) {
    std::vector<FilterPart> parts;
    const Wording wording(directory, written.moreIds);
    eachFilterField(written.filter, [&](const char *, const char *word, const auto &value) { parts.push_back({QLatin1String(word), wording.of(word, value)}); });
    return parts;
}

QString wordsOf(const WrittenFilter &written, const Directory &directory) {
    QStringList texts;
    for (const FilterPart &part : partsOf(written, directory))
        texts.append(part.text);
    return texts.isEmpty() ? FilterWords::tr("all messages") : texts.join(QStringLiteral(" · "));
}

/// False when the value is none of its field.
bool readPart(const QString &field, const QString &value, WrittenFilter &written) {
    MessageFilter &filter = written.filter;
    const auto text = value.toStdString();
    bool digits = false;
    const qint64 id = value.toLongLong(&digits);
    const auto set = [&](auto &to, auto made) {
        if (digits)
            to = made;
        return digits;
    };
    const auto time = [&](std::optional<WallTime> &to) { return (to = parseIso8601(text)).has_value(); };
    if (field == QLatin1String("state")) {
        const auto state = messageStateFromString(text);
        if (state)
            filter.states.push_back(*state);
        return state.has_value();
    }
    if (field == QLatin1String("id")) {
        for (const QString &one : value.split(QLatin1Char(','))) {
            if (one == QLatin1String("..."))
                written.moreIds = true;
            else if (const qint64 n = one.toLongLong(&digits); digits)
                filter.ids.push_back(MessageId{n});
            else
                return false;
        }
        return !filter.ids.empty();
    }
    if (field == QLatin1String("recipient-of"))
        return set(filter.recipientOf, MessageId{id});
    if (field == QLatin1String("account"))
        return set(filter.account, AccountId{id});
    if (field == QLatin1String("template"))
        return set(filter.templateRef, TemplateRef{id});
    if (field == QLatin1String("batch"))
        return set(filter.batch, BatchId{id});
    if (field == QLatin1String("replay"))
        return set(filter.replay, ReplayId{id});
    if (field == QLatin1String("act"))
        return set(filter.act, AuditId{id});
    const std::pair<const char *, std::optional<WallTime> MessageFilter::*> times[]{{"since", &MessageFilter::createdFrom}, {"until", &MessageFilter::createdTo},
        {"ended-since", &MessageFilter::endedFrom}, {"ended-until", &MessageFilter::endedTo}, {"failed-since", &MessageFilter::failedFrom},
        {"failed-until", &MessageFilter::failedTo}};
    for (const auto &[word, to] : times) {
        if (field == QLatin1String(word))
            return time(filter.*to);
    }
    const std::pair<const char *, std::string MessageFilter::*> texts[]{{"code", &MessageFilter::cause}, {"openid", &MessageFilter::openid},
        {"key", &MessageFilter::idempotencyKey}, {"msgid", &MessageFilter::msgid}, {"trace", &MessageFilter::traceId}, {"number", &MessageFilter::number}, {"failed", &MessageFilter::failedWith}};
    for (const auto &[word, to] : texts) {
        if (field == QLatin1String(word)) {
            filter.*to = text;
            return true;
        }
    }
    return false;
}

} // namespace

std::vector<FilterPart> filterParts(const MessageFilter &filter, const Directory &directory) { return partsOf({filter, false}, directory); }

QString filterWords(const MessageFilter &filter, const Directory &directory) { return wordsOf({filter, false}, directory); }

MessageFilter withoutPart(MessageFilter filter, const QString &field) {
    // A new field does not compile until it stands here.
    const MessageFilter none;
    auto &[states, account, templateRef, batch, cause, openid, recipientOf, idempotencyKey, msgid, traceId, number, ids, replay, act, discarded, createdFrom, createdTo, endedFrom, endedTo, failedWith,
        failedFrom, failedTo] = filter;
    const auto drop = [&field](const char *word, auto &value, const auto &empty) {
        if (field == QLatin1String(word))
            value = empty;
    };
    drop("state", states, none.states);
    drop("code", cause, none.cause);
    drop("account", account, none.account);
    drop("template", templateRef, none.templateRef);
    drop("batch", batch, none.batch);
    drop("openid", openid, none.openid);
    drop("recipient-of", recipientOf, none.recipientOf);
    drop("key", idempotencyKey, none.idempotencyKey);
    drop("msgid", msgid, none.msgid);
    drop("trace", traceId, none.traceId);
    drop("number", number, none.number);
    drop("since", createdFrom, none.createdFrom);
    drop("until", createdTo, none.createdTo);
    drop("ended-since", endedFrom, none.endedFrom);
    drop("ended-until", endedTo, none.endedTo);
    drop("failed", failedWith, none.failedWith);
    drop("failed-since", failedFrom, none.failedFrom);
    drop("failed-until", failedTo, none.failedTo);
    drop("id", ids, none.ids);
    drop("replay", replay, none.replay);
    drop("act", act, none.act);
    drop("discarded", discarded, none.discarded);
    return filter;
}

std::optional<WrittenFilter> readWritten(const std::string &text) {
    WrittenFilter written;
    if (text == "everything")
        return written;
    static const QRegularExpression form(QStringLiteral("^([a-z-]+):(.*)$"));
    QString field;
    QString value;
    // A value may have blanks, and a word that is no part goes on with the value before it.
    for (const QString &word : q(text).split(QLatin1Char(' '))) {
        const auto match = form.match(word);
        WrittenFilter trial;
        if (word == QLatin1String("discarded")) {
            written.filter.discarded = true;
        } else if (match.hasMatch() && readPart(match.captured(1), match.captured(2), trial)) {
            if (!field.isEmpty() && !readPart(field, value, written))
                return std::nullopt;
            field = match.captured(1);
            value = match.captured(2);
        } else if (!field.isEmpty()) {
            value += QLatin1Char(' ') + word;
        } else {
            return std::nullopt;
        }
    }
    if (!field.isEmpty() && !readPart(field, value, written))
        return std::nullopt;
    return written;
}

QString selectionWords(const std::string &selection, const Directory &directory) {
    const auto written = readWritten(selection);
    return written ? wordsOf(*written, directory) : q(selection);
}

QString objectWords(const AuditEntry &act, const Directory &directory) {
    const QString object = q(act.object);
    static const QRegularExpression cause(QStringLiteral("^account ([0-9]{1,18}) code:(\\S+)$"));
    if (const auto match = cause.match(object); match.hasMatch()) {
        const AccountId account{match.captured(1).toLongLong()};
        return QStringLiteral("%1 · %2").arg(named(directory.accountName(account), account.value), directory.causeText(match.captured(2).toStdString()));
    }
    static const QRegularExpression numbered(QStringLiteral("^(batch|replay|message|act|account|template|hook|key|alert|alert sink|run) ([0-9]{1,18})(?![^ :])[: ]*(.*)$"),
        QRegularExpression::DotMatchesEverythingOption);
    if (const auto match = numbered.match(object); match.hasMatch()) {
        const QString what = match.captured(1);
        const qint64 n = match.captured(2).toLongLong();
        const QString rest = match.captured(3);
        const auto with = [&rest](const QString &text) { return rest.isEmpty() ? text : QStringLiteral("%1: %2").arg(text, rest); };
        if (what == QLatin1String("batch"))
            return FilterWords::tr("Batch: %1").arg(rest.isEmpty() ? directory.batchName(BatchId{n}) : rest);
        if (what == QLatin1String("account"))
            return with(FilterWords::tr("Account: %1").arg(named(directory.accountName(AccountId{n}), n)));
        if (what == QLatin1String("template"))
            return with(FilterWords::tr("Template: %1").arg(named(directory.templateTitle(TemplateRef{n}), n)));
        if (what == QLatin1String("message"))
            return with(FilterWords::tr("Message no. %1").arg(n));
        if (what == QLatin1String("replay"))
            return with(FilterWords::tr("Replay %1").arg(n));
        if (what == QLatin1String("act"))
            return FilterWords::tr("Act %1: %2").arg(QString::number(n), words::act(rest.toStdString()));
        if (what == QLatin1String("hook"))
            return with(FilterWords::tr("Hook %1").arg(n));
        if (what == QLatin1String("key"))
            return rest.startsWith(QLatin1String("of ")) ? FilterWords::tr("Key %1 of %2").arg(QString::number(n), rest.mid(3)) : FilterWords::tr("Key %1").arg(n);
        if (what == QLatin1String("alert"))
            return FilterWords::tr("Alert %1").arg(n);
        if (what == QLatin1String("alert sink"))
            return FilterWords::tr("Who is told of alerts, no. %1").arg(n);
        return FilterWords::tr("Run %1 of the engine").arg(n);
    }
    if (act.act == "engine.pause" || act.act == "engine.resume")
        return FilterWords::tr("The engine");
    if (object == QLatin1String("database"))
        return FilterWords::tr("The database");
    if (const auto written = act.act.starts_with("message.") ? readWritten(act.object) : std::nullopt)
        return wordsOf(*written, directory);
    return object;
}

} // namespace songda::ui
