// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/search_text.h"

#include <QRegularExpression>
#include <QStringList>
#include <algorithm>

namespace songda::ui {

namespace {

/// Splits at blanks outside quotes; the quotes stay.
QStringList wordsOf(const QString &text) {
    QStringList words;
    QString word;
    bool quoted = false;
    for (const QChar c : text) {
        if (c == QLatin1Char('"'))
            quoted = !quoted;
        if (!c.isSpace() || quoted) {
            word.append(c);
        } else if (!word.isEmpty()) {
            words.append(word);
            word.clear();
        }
    }
    if (!word.isEmpty())
        words.append(word);
    return words;
}

QString unquoted(QString word) { return word.remove(QLatin1Char('"')); }

/// What stands before the first colon, in small letters.
QString fieldOf(const QString &word) { return word.left(qMax(qsizetype(0), word.indexOf(QLatin1Char(':')))).toLower(); }

QString valueOf(const QString &word) { return word.mid(word.indexOf(QLatin1Char(':')) + 1); }

/// The engine's own names, with commas between them.
QString stateNames(const std::vector<MessageState> &states) {
    QStringList names;
    for (const MessageState state : states)
        names.append(QLatin1String(toString(state)));
    return names.join(QLatin1Char(','));
}

std::optional<WallTime> momentOf(const QString &value, WallTime now) {
    static const QRegularExpression span(QStringLiteral("^([0-9]{1,5})([mhd])$"));
    const auto match = span.match(value);
    if (!match.hasMatch())
        return parseIso8601(value.toStdString());
    const int n = match.captured(1).toInt();
    switch (match.captured(2).at(0).unicode()) {
    case 'm': return now - std::chrono::minutes(n);
    case 'h': return now - std::chrono::hours(n);
    default: return now - std::chrono::days(n);
    }
}

bool looksLikeOpenid(const QString &word) {
    static const QRegularExpression form(QStringLiteral("^o[A-Za-z0-9_-]{27}$"));
    return form.match(word).hasMatch();
}

bool looksLikeTraceId(const QString &word) {
    static const QRegularExpression form(QStringLiteral("^[0-9a-f]{32}$"));
    return form.match(word).hasMatch();
}

bool isNumber(const QString &word) {
    static const QRegularExpression form(QStringLiteral("^[0-9]+$"));
    return form.match(word).hasMatch();
}

void readBareWord(const QString &word, MessageFilter &filter, const SearchNames &names) {
    if (isNumber(word)) // a number has no look: who calls an order 202601311234 and who a message 17?
        filter.number = word.toStdString();
    else if (looksLikeOpenid(word))
        filter.openid = word.toStdString();
    else if (looksLikeTraceId(word))
        filter.traceId = word.toStdString();
    else if (const auto batch = names.batch(word))
        filter.batch = batch;
    else
        filter.idempotencyKey = word.toStdString();
}

/// One state or several with commas between them; empty: one of them is none.
std::vector<MessageState> readStates(const QString &value, const SearchNames &names) {
    std::vector<MessageState> states;
    static const QRegularExpression between(QStringLiteral("[,，]"));
    for (const QString &name : value.split(between)) {
        auto state = messageStateFromString(name.toLower().toStdString());
        if (!state && names.state)
            state = names.state(name.trimmed());
        if (!state)
            return {};
        states.push_back(*state);
    }
    return states;
}

/// Numbers with commas between them; empty: one of them is none.
std::vector<MessageId> readIds(const QString &value) {
    std::vector<MessageId> ids;
    for (const QString &one : value.split(QLatin1Char(','))) {
        const qint64 id = one.toLongLong();
        if (id <= 0)
            return {};
        ids.push_back(MessageId{id});
    }
    return ids;
}

template <class Id> bool assign(std::optional<Id> &field, std::optional<Id> found) {
    if (found)
        field = found;
    return found.has_value();
}

bool readTypedWord(const QString &name, const QString &value, MessageFilter &filter, const SearchNames &names, WallTime now) {
    if (value.isEmpty())
        return false;
    if (name == QLatin1String("state")) {
        const auto states = readStates(value, names);
        if (!states.empty())
            filter.states = states;
        return !states.empty();
    }
    if (name == QLatin1String("id")) {
        const auto ids = readIds(value);
        if (!ids.empty())
            filter.ids = ids;
        return !ids.empty();
    }
    if (name == QLatin1String("discarded")) {
        filter.discarded = value.compare(QLatin1String("yes"), Qt::CaseInsensitive) == 0;
        return filter.discarded;
    }
    if (name == QLatin1String("since"))
        return assign(filter.createdFrom, momentOf(value, now));
    if (name == QLatin1String("until"))
        return assign(filter.createdTo, momentOf(value, now));
    if (name == QLatin1String("ended-since"))
        return assign(filter.endedFrom, momentOf(value, now));
    if (name == QLatin1String("ended-until"))
        return assign(filter.endedTo, momentOf(value, now));
    if (name == QLatin1String("failed-since"))
        return assign(filter.failedFrom, momentOf(value, now));
    if (name == QLatin1String("failed-until"))
        return assign(filter.failedTo, momentOf(value, now));
    if (name == QLatin1String("account"))
        return assign(filter.account, names.account(value));
    if (name == QLatin1String("batch"))
        return assign(filter.batch, names.batch(value));
    if (name == QLatin1String("code") || name == QLatin1String("cause"))
        filter.cause = value.toStdString();
    else if (name == QLatin1String("failed"))
        filter.failedWith = value.toStdString();
    else if (name == QLatin1String("openid"))
        filter.openid = value.toStdString();
    else if (name == QLatin1String("recipient-of") && value.toLongLong() > 0)
        filter.recipientOf = MessageId{value.toLongLong()};
    else if (name == QLatin1String("key"))
        filter.idempotencyKey = value.toStdString();
    else if (name == QLatin1String("msgid"))
        filter.msgid = value.toStdString();
    else if (name == QLatin1String("trace"))
        filter.traceId = value.toLower().toStdString();
    else if (name == QLatin1String("number") && isNumber(value))
        filter.number = value.toStdString();
    else if (name == QLatin1String("replay") && value.toLongLong() > 0)
        filter.replay = ReplayId{value.toLongLong()};
    else if (name == QLatin1String("act") && value.toLongLong() > 0)
        filter.act = AuditId{value.toLongLong()};
    else
        return false;
    return true;
}

/// Within the account that is chosen or typed, if one is.
void readTemplate(const QString &word, SearchResult &result, const SearchNames &names) {
    const QString name = valueOf(word);
    const auto found = name.isEmpty() ? std::vector<TemplateRef>() : names.templates(name, result.filter.account);
    if (found.size() == 1) {
        result.filter.templateRef = found.front();
        return;
    }
    result.problem = word;
    result.ambiguous = !found.empty();
}

} // namespace

SearchResult readSearch(const QString &text, MessageFilter base, const SearchNames &names, WallTime now) {
    SearchResult result{std::move(base), {}};
    QString templateWord;
    static const QStringList known{QStringLiteral("state"), QStringLiteral("since"), QStringLiteral("until"),
        QStringLiteral("ended-since"), QStringLiteral("ended-until"), QStringLiteral("failed"),
        QStringLiteral("failed-since"), QStringLiteral("failed-until"), QStringLiteral("account"), QStringLiteral("template"),
        QStringLiteral("batch"), QStringLiteral("code"), QStringLiteral("cause"), QStringLiteral("openid"),
        QStringLiteral("key"), QStringLiteral("msgid"), QStringLiteral("trace"), QStringLiteral("id"), QStringLiteral("number"),
        QStringLiteral("replay"), QStringLiteral("act"), QStringLiteral("recipient-of"), QStringLiteral("discarded")};
    for (const QString &typed : wordsOf(text)) {
        const QString word = unquoted(typed);
        const QString name = fieldOf(word);
        if (!known.contains(name)) {
            readBareWord(word, result.filter, names);
        } else if (name == QLatin1String("template")) {
            templateWord = word; // the account may be typed after it
        } else if (!readTypedWord(name, valueOf(word), result.filter, names, now)) {
            result.problem = word;
            return result;
        }
    }
    if (!templateWord.isEmpty())
        readTemplate(templateWord, result, names);
    return result;
}

QString inAnyLanguage(const QString &text, const SearchNames &names) {
    QStringList words;
    for (const QString &typed : wordsOf(text)) {
        const QString word = unquoted(typed);
        const auto states = fieldOf(word) == QLatin1String("state") ? readStates(valueOf(word), names) : std::vector<MessageState>();
        words.append(states.empty() ? typed : QStringLiteral("state:") + stateNames(states));
    }
    return words.join(QLatin1Char(' '));
}

QString searchTextOf(const MessageFilter &f, const SearchWords &words) {
    QStringList text;
    const auto add = [&text](const char *name, const QString &value) {
        if (value.isEmpty())
            return;
        const bool blank = std::any_of(value.begin(), value.end(), [](QChar c) { return c.isSpace(); });
        text.append(QLatin1String(name) + QLatin1Char(':') + (blank ? QLatin1Char('"') + value + QLatin1Char('"') : value));
    };
    const auto addText = [&](const char *name, const std::string &value) { add(name, QString::fromStdString(value)); };
    const auto addTime = [&](const char *name, const std::optional<WallTime> &time) {
        if (time)
            addText(name, toIso8601(*time));
    };
    add("state", stateNames(f.states));
    add("account", f.account ? words.account(*f.account) : QString());
    add("template", f.templateRef ? words.templateRef(*f.templateRef) : QString());
    add("batch", f.batch ? words.batch(*f.batch) : QString());
    addText("code", f.cause);
    addText("openid", f.openid);
    add("recipient-of", f.recipientOf ? QString::number(f.recipientOf->value) : QString());
    addText("key", f.idempotencyKey);
    addText("msgid", f.msgid);
    addText("trace", f.traceId);
    addText("number", f.number);
    QStringList ids;
    for (const MessageId id : f.ids)
        ids.append(QString::number(id.value));
    add("id", ids.join(QLatin1Char(',')));
    add("replay", f.replay ? QString::number(f.replay->value) : QString());
    add("act", f.act ? QString::number(f.act->value) : QString());
    addTime("since", f.createdFrom);
    addTime("until", f.createdTo);
    addTime("ended-since", f.endedFrom);
    addTime("ended-until", f.endedTo);
    addText("failed", f.failedWith);
    addTime("failed-since", f.failedFrom);
    addTime("failed-until", f.failedTo);
    if (f.discarded)
        add("discarded", QStringLiteral("yes"));
    return text.join(QLatin1Char(' '));
}

} // namespace songda::ui
