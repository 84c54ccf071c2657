// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>

namespace songda::ui {

namespace {

struct Format {
    Q_DECLARE_TR_FUNCTIONS(Format)
};

} // namespace

QString number(std::int64_t n) {
    return QLocale().toString(static_cast<qlonglong>(n));
}

QString share(std::int64_t part, std::int64_t whole) {
    if (whole <= 0)
        return QStringLiteral("–");
    // Never rounded up to 100 %: one failure in a million is still a failure.
    double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    if (part < whole)
        percent = qMin(percent, 99.99);
    return QStringLiteral("%1 %").arg(QLocale().toString(percent, 'f', 2));
}

QDateTime chinaTime(WallTime time) {
    return QDateTime::fromMSecsSinceEpoch(toMillis(time), Qt::OffsetFromUTC, static_cast<int>(Seconds(chinaOffset).count()));
}

QDateTime forEditor(WallTime time) {
    const QDateTime china = chinaTime(time);
    return {china.date(), china.time(), Qt::UTC};
}

WallTime fromEditor(const QDateTime &time) {
    return fromMillis(QDateTime(time.date(), time.time(), Qt::UTC).toMSecsSinceEpoch()) - chinaOffset;
}

WallTime proposedTime(WallTime now, std::chrono::hours ahead) {
    return std::chrono::ceil<std::chrono::duration<Millis::rep, std::ratio<300>>>(now + ahead);
}

QString shortTime(WallTime time) {
    const QDateTime t = chinaTime(time);
    const QDateTime now = chinaTime(fromMillis(QDateTime::currentMSecsSinceEpoch()));
    return t.toString(t.date().year() == now.date().year() ? QStringLiteral("MM-dd HH:mm:ss") : QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString shortTime(std::optional<WallTime> time) {
    return time ? shortTime(*time) : QString();
}

QString hourText(WallTime time) {
    return chinaTime(time).toString(QStringLiteral("HH:mm"));
}

QString span(Millis length) {
    const qint64 ms = qMax<qint64>(0, length.count());
    if (ms < 1000)
        return Format::tr("%1 ms").arg(ms);
    if (ms < 60'000)
        return Format::tr("%1 s").arg(QLocale().toString(static_cast<double>(ms) / 1000, 'f', ms < 10'000 ? 1 : 0));
    const qint64 minutes = ms / 60'000;
    if (minutes < 60)
        return Format::tr("%1 min").arg(minutes);
    const qint64 hours = minutes / 60;
    if (hours < 48)
        return Format::tr("%1 h %2 min").arg(hours).arg(minutes % 60);
    return Format::tr("%1 d %2 h").arg(hours / 24).arg(hours % 24);
}

QString ago(std::optional<WallTime> moment, WallTime now) {
    return moment ? span(now - *moment) : QString();
}

QString rate(double perSecond) {
    if (!std::isfinite(perSecond))
        return QStringLiteral("–");
    return Format::tr("%1/s").arg(QLocale().toString(perSecond, 'f', perSecond < 10 ? 1 : 0));
}

} // namespace songda::ui
