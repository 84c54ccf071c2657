// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/preflight.h"

#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QGridLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

constexpr std::size_t mostNamed = 20; ///< columns
constexpr qsizetype longestName = 60;

constexpr std::size_t shownStops = 4;

struct PreflightTexts {
    Q_DECLARE_TR_FUNCTIONS(PreflightTexts)
};

bool isShut(const PreflightFacts &f) {
    return f.accountHold || f.templateHold;
}

QString stopText(const ForecastStop &stop) {
    const QString from = shortTime(stop.from);
    const QString until = shortTime(stop.until);
    switch (stop.why) {
    case ForecastStop::Why::Quiet:
        return PreflightTexts::tr("Quiet hours: %1 wait from %2 until %3.").arg(number(stop.waiting), from, until);
    case ForecastStop::Why::Quota:
        return PreflightTexts::tr("The day's quota is used up at %2: %1 wait until %3.")
            .arg(number(stop.waiting), from, until);
    case ForecastStop::Why::Closed:
        return PreflightTexts::tr("WeChat is being left alone at present: %1 wait until %2.")
            .arg(number(stop.waiting), until);
    }
    return {};
}

} // namespace

PreflightSums preflightSums(const PreflightFacts &f) {
    PreflightSums sums;
    sums.duplicates = f.report.duplicates;
    sums.refused = f.report.rejected + f.report.suppressed;
    const std::int64_t left = std::max<std::int64_t>(0, f.report.queued - f.report.suppressed);
    if (f.with && f.without) {
        sums.expired = std::clamp<std::int64_t>(f.with->expired - f.without->expired, 0, left);
        sums.held = std::clamp<std::int64_t>(f.with->held - f.without->held, 0, left - sums.expired);
        sums.firstAt = f.with->firstAt;
        sums.endsAt = f.with->endsAt;
    }
    if (isShut(f)) {
        sums.held = left - sums.expired;
        sums.firstAt.reset();
        sums.endsAt.reset();
    }
    sums.willGo = left - sums.expired - sums.held;
    return sums;
}

std::vector<PreflightLine> preflightLines(const PreflightFacts &f) {
    const PreflightSums sums = preflightSums(f);
    std::vector<PreflightLine> lines;
    const auto add = [&lines](std::int64_t n, const QString &what, Tone tone) {
        if (n > 0)
            lines.push_back({n, what, tone});
    };
    add(sums.willGo,
        f.seeds > 0 ? PreflightTexts::tr("will go once you have looked at the seed messages")
                    : PreflightTexts::tr("will go"),
        Tone::Good);
    const QString held = f.accountHold ? PreflightTexts::tr("wait: the account is held")
        : f.templateHold               ? PreflightTexts::tr("wait: the template is held")
                                       : PreflightTexts::tr("wait longer than can be foreseen");
    add(sums.held, held, Tone::Warn);
    add(sums.expired, PreflightTexts::tr("would expire before their turn comes"), Tone::Warn);
    add(f.report.rejected - f.report.optedOut, PreflightTexts::tr("rows have a mistake and are refused; see below"), Tone::Bad);
    add(f.report.optedOut, PreflightTexts::tr("people asked for no more messages"), Tone::Bad);
    add(f.report.suppressed,
        PreflightTexts::tr("people are on the list of those not written to; refused when their turn comes"), Tone::Bad);
    add(sums.duplicates, PreflightTexts::tr("are there already, or twice in the file; nobody gets one a second time"),
        Tone::Neutral);
    return lines;
}

QStringList preflightTimes(const PreflightFacts &f) {
    QStringList lines;
    const PreflightSums sums = preflightSums(f);
    if (sums.firstAt && sums.endsAt && f.rate > 0)
        lines.append(PreflightTexts::tr(
            "At %1 the first leaves at %2 and the last at %3 (China time), with everything else that waits.")
                         .arg(rate(f.rate), shortTime(*sums.firstAt), shortTime(*sums.endsAt)));
    if (f.with && !isShut(f)) {
        for (std::size_t i = 0; i < std::min(shownStops, f.with->stops.size()); ++i)
            lines.append(stopText(f.with->stops[i]));
    }
    if (!f.report.ignoredColumns.empty()) {
        QStringList names;
        for (std::size_t i = 0; i < f.report.ignoredColumns.size() && i < mostNamed; ++i)
            names.append(shown(q(f.report.ignoredColumns[i]), longestName));
        if (f.report.ignoredColumns.size() > mostNamed)
            names.append(QChar(0x2026));
        lines.append(PreflightTexts::tr("Columns that are not used: %1").arg(names.join(QStringLiteral(", "))));
    }
    return lines;
}

Preflight::Preflight(QWidget *parent)
    : QWidget(parent)
    , m_go(new StatTile)
    , m_wait(new StatTile)
    , m_refused(new StatTile)
    , m_end(new StatTile)
    , m_lines(new QGridLayout)
    , m_times(mutedLabel())
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(grid);
    for (StatTile *tile : {m_go, m_wait, m_refused, m_end})
        tiles->addWidget(tile, 1);
    layout->addLayout(tiles);
    m_lines->setHorizontalSpacing(grid);
    m_lines->setVerticalSpacing(hairGap);
    m_lines->setColumnStretch(1, 1);
    layout->addLayout(m_lines);
    layout->addWidget(m_times);
    m_times->setObjectName(QStringLiteral("preflightTimes"));
    m_texts.add([this] {
        m_go->setName(tr("Will go"));
        m_wait->setName(tr("Will wait"));
        m_refused->setName(tr("Refused"));
        m_end->setName(tr("Last one leaves"));
        fill();
    });
    hide();
}

void Preflight::show(const PreflightFacts &facts) {
    m_facts = facts;
    fill();
    setVisible(true);
}

void Preflight::clear() {
    m_facts.reset();
    hide();
}

void Preflight::fill() {
    while (QLayoutItem *item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (!m_facts)
        return;
    const PreflightSums sums = preflightSums(*m_facts);
    m_go->setValue(number(sums.willGo), tr("of %1 rows").arg(number(m_facts->report.read)),
        sums.willGo > 0 ? Tone::Good : Tone::Neutral);
    m_wait->setValue(number(sums.held), sums.expired > 0 ? tr("%1 would expire").arg(number(sums.expired)) : tr("held"),
        sums.held > 0 ? Tone::Warn : Tone::Neutral);
    m_refused->setValue(number(sums.refused), tr("%1 duplicates").arg(number(sums.duplicates)),
        sums.refused > 0 ? Tone::Bad : Tone::Neutral);
    m_end->setValue(sums.endsAt ? hourText(*sums.endsAt) : QStringLiteral("–"),
        sums.endsAt ? tr("in %1").arg(span(std::max(Millis(0), *sums.endsAt - Engine::wallNow()))) : tr("not known"));
    int row = 0;
    for (const PreflightLine &line : preflightLines(*m_facts)) {
        auto *count = new ToneLabel;
        count->set(number(line.count), line.tone);
        m_lines->addWidget(count, row, 0, Qt::AlignRight | Qt::AlignTop);
        m_lines->addWidget(plainLabel(line.what), row++, 1);
    }
    m_times->setText(preflightTimes(*m_facts).join(QLatin1Char('\n')));
}

} // namespace songda::ui
