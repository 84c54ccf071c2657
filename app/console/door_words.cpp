// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/door_words.h"

#include "ui/widgets/json_value.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace songda::console {

namespace {

/// The texts of doors/door_settings.cpp, so that they are translated with the rest; a test looks that none is missing.
[[maybe_unused]] constexpr const char *texts[]{
    QT_TRANSLATE_NOOP("DoorWords", "true or false"),
    QT_TRANSLATE_NOOP("DoorWords", "whether anything listens"),
    QT_TRANSLATE_NOOP("DoorWords", "an IP address"),
    QT_TRANSLATE_NOOP("DoorWords", "where to listen; 127.0.0.1 is this machine alone, 0.0.0.0 everybody"),
    QT_TRANSLATE_NOOP("DoorWords", "a whole number from 1 to 65535"),
    QT_TRANSLATE_NOOP("DoorWords", "TCP port"),
    QT_TRANSLATE_NOOP("DoorWords", "a whole number from 1 to 16"),
    QT_TRANSLATE_NOOP("DoorWords", "serving threads"),
    QT_TRANSLATE_NOOP("DoorWords", "a file name"),
    QT_TRANSLATE_NOOP("DoorWords", "PEM certificate chain; with it only HTTPS is spoken, and a new file is taken up within seconds"),
    QT_TRANSLATE_NOOP("DoorWords", "PEM private key of the certificate"),
    QT_TRANSLATE_NOOP("DoorWords", "an address such as \"https://notify.example.com\""),
    QT_TRANSLATE_NOOP("DoorWords", "how the doors are reached from outside; platforms are told to report there"),
    QT_TRANSLATE_NOOP("DoorWords", "a list of addresses or ranges such as \"10.0.0.0/8\""),
    QT_TRANSLATE_NOOP("DoorWords", "whose X-Forwarded-For is believed"),
    QT_TRANSLATE_NOOP("DoorWords", "who may read /metrics without a key"),
    QT_TRANSLATE_NOOP("DoorWords", "a whole number from 1 to 100000"),
    QT_TRANSLATE_NOOP("DoorWords", "connections over all"),
    QT_TRANSLATE_NOOP("DoorWords", "connections from one address, trusted proxies aside"),
    QT_TRANSLATE_NOOP("DoorWords", "a number from 1 to 300"),
    QT_TRANSLATE_NOOP("DoorWords", "time for a whole request to arrive; steady senders of large bodies get more"),
    QT_TRANSLATE_NOOP("DoorWords", "time for an answer to be read"),
    QT_TRANSLATE_NOOP("DoorWords", "a whole number from 2048 to 65536"),
    QT_TRANSLATE_NOOP("DoorWords", "request line and headers"),
    QT_TRANSLATE_NOOP("DoorWords", "a whole number from 1024 to 67108864"),
    QT_TRANSLATE_NOOP("DoorWords", "body of an intake request"),
    QT_TRANSLATE_NOOP("DoorWords", "messages of one request"),
    QT_TRANSLATE_NOOP("DoorWords", "a number from 0.1 to 1000000"),
    QT_TRANSLATE_NOOP("DoorWords", "messages and questions a second of each client"),
    QT_TRANSLATE_NOOP("DoorWords", "a number from 1 to 1000000"),
    QT_TRANSLATE_NOOP("DoorWords", "how many of these may come at once"),
    QT_TRANSLATE_NOOP("DoorWords", "a whole number from 1 to 1000000000"),
    QT_TRANSLATE_NOOP("DoorWords", "messages that wait; beyond it nothing is taken in"),
    QT_TRANSLATE_NOOP("DoorWords", "a whole number from 0 to 100000"),
    QT_TRANSLATE_NOOP("DoorWords", "requests that may wait for the end of their message (?wait=)"),
    QT_TRANSLATE_NOOP("DoorWords", "a list of issuers"),
    QT_TRANSLATE_NOOP("DoorWords", "whose tokens are taken beside the profile's own keys"),
};

/// What people call them; the names are those of the file.
constexpr std::pair<const char *, const char *> titles[]{
    {"enabled", QT_TRANSLATE_NOOP("DoorWords", "Open")},
    {"address", QT_TRANSLATE_NOOP("DoorWords", "Listens at")},
    {"port", QT_TRANSLATE_NOOP("DoorWords", "Port")},
    {"threads", QT_TRANSLATE_NOOP("DoorWords", "Threads")},
    {"certificate", QT_TRANSLATE_NOOP("DoorWords", "Certificate")},
    {"key", QT_TRANSLATE_NOOP("DoorWords", "Key of the certificate")},
    {"public_url", QT_TRANSLATE_NOOP("DoorWords", "Address from outside")},
    {"trusted_proxies", QT_TRANSLATE_NOOP("DoorWords", "Trusted proxies")},
    {"monitor_from", QT_TRANSLATE_NOOP("DoorWords", "Monitoring from")},
    {"connections", QT_TRANSLATE_NOOP("DoorWords", "Connections at most")},
    {"connections_per_address", QT_TRANSLATE_NOOP("DoorWords", "Connections from one address")},
    {"request_seconds", QT_TRANSLATE_NOOP("DoorWords", "Seconds for a request")},
    {"answer_seconds", QT_TRANSLATE_NOOP("DoorWords", "Seconds for an answer")},
    {"head_bytes", QT_TRANSLATE_NOOP("DoorWords", "Bytes of a request's head")},
    {"body_bytes", QT_TRANSLATE_NOOP("DoorWords", "Bytes of a request's body")},
    {"lines", QT_TRANSLATE_NOOP("DoorWords", "Messages of one request")},
    {"client_rate", QT_TRANSLATE_NOOP("DoorWords", "Requests a second of a client")},
    {"client_burst", QT_TRANSLATE_NOOP("DoorWords", "Requests at once of a client")},
    {"queue_limit", QT_TRANSLATE_NOOP("DoorWords", "Waiting messages at most")},
    {"waits", QT_TRANSLATE_NOOP("DoorWords", "Requests that wait")},
    {"jwt", QT_TRANSLATE_NOOP("DoorWords", "Issuers of tokens")},
};

} // namespace

namespace {

struct DoorForms {
    Q_DECLARE_TR_FUNCTIONS(DoorForms)
};

constexpr qint64 kilo = 1024;

bool isList(const doors::DoorField &field) { return std::string_view(field.usual).starts_with('['); }
bool isYesNo(const doors::DoorField &field) { return std::string_view(field.range) == "true or false"; }
bool isSize(const doors::DoorField &field) { return std::string_view(field.name).ends_with("_bytes"); }

QString sizeText(qint64 bytes) {
    if (bytes >= kilo * kilo && bytes % (kilo * kilo) == 0)
        return QStringLiteral("%1 MB").arg(bytes / (kilo * kilo));
    return bytes >= kilo && bytes % kilo == 0 ? QStringLiteral("%1 KB").arg(bytes / kilo) : QStringLiteral("%1 B").arg(bytes);
}

} // namespace

QString doorShown(const doors::DoorField &field, const std::string &json) {
    const QJsonValue value = ui::jsonValue(json);
    if (value.isBool())
        return value.toBool() ? DoorForms::tr("yes") : DoorForms::tr("no");
    if (value.isString())
        return value.toString();
    if (isSize(field) && value.isDouble())
        return sizeText(value.toInteger());
    const QJsonArray list = value.toArray();
    const bool plain = value.isArray() && std::all_of(list.begin(), list.end(), [](const QJsonValue &one) { return one.isString(); });
    if (!plain)
        return QString::fromStdString(json);
    QStringList texts;
    for (const QJsonValue &one : list)
        texts.append(one.toString());
    return texts.join(QStringLiteral(", "));
}

QString doorTyped(const doors::DoorField &field, const QString &text) {
    const QString trimmed = text.trimmed();
    const auto is = [&trimmed](const QString &word) { return trimmed.compare(word, Qt::CaseInsensitive) == 0; };
    if (isYesNo(field) && (is(DoorForms::tr("yes")) || is(DoorForms::tr("no"))))
        return is(DoorForms::tr("yes")) ? QStringLiteral("true") : QStringLiteral("false");
    if (isSize(field)) {
        static const QRegularExpression form(QStringLiteral("^([0-9]{1,9})\\s*([kKmM]?)i?[bB]$"));
        const auto match = form.match(trimmed);
        const QString unit = match.captured(2).toLower();
        const qint64 by = unit == QLatin1String("m") ? kilo * kilo : unit == QLatin1String("k") ? kilo : 1;
        if (match.hasMatch())
            return QString::number(match.captured(1).toLongLong() * by);
    }
    if (isList(field) && !trimmed.startsWith(QLatin1Char('['))) {
        static const QRegularExpression between(QStringLiteral("[,，、;\\s]+"));
        QJsonArray list;
        for (const QString &one : trimmed.split(between, Qt::SkipEmptyParts))
            list.append(one);
        return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
    }
    return trimmed;
}

QString doorRange(const doors::DoorField &field) {
    if (isYesNo(field))
        return DoorForms::tr("yes or no");
    static const QRegularExpression form(QStringLiteral("from ([0-9]+) to ([0-9]+)$"));
    const auto match = form.match(QString::fromUtf8(field.range));
    if (isSize(field) && match.hasMatch())
        return DoorForms::tr("%1 to %2", "a size").arg(sizeText(match.captured(1).toLongLong()), sizeText(match.captured(2).toLongLong()));
    return doorWords(field.range);
}

QString doorTitle(const char *name) {
    const auto title = std::find_if(std::begin(titles), std::end(titles), [name](const auto &t) { return std::string_view(t.first) == name; });
    return title != std::end(titles) ? doorWords(title->second) : QString::fromUtf8(name);
}

QString doorWords(const char *english) { return QCoreApplication::translate("DoorWords", english); }

} // namespace songda::console
