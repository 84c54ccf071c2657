// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/drills.h"

#include <QCoreApplication>
#include <algorithm>

namespace songda::console {

namespace {

using S = MessageState;

struct Drills {
    Q_DECLARE_TR_FUNCTIONS(Drills)
};

std::int64_t arrived(const StateCounts &n) { return n[S::Accepted] + n[S::Delivered]; }
std::int64_t failed(const StateCounts &n) { return n[S::Dead] + n[S::Undelivered] + n[S::Uncertain]; }

bool did(const DrillFacts &facts, const std::string &act) {
    return std::any_of(facts.acts.begin(), facts.acts.end(), [&](const AuditEntry &a) { return a.act == act && a.who != "engine"; });
}

DrillGoal nobodyTwice(int points) {
    return {[] { return Drills::tr("Nobody got a message twice"); }, points, [](const DrillFacts &f) { return f.counts.total() > 0 && f.shownTwice == 0; }};
}

DrillGoal everythingArrived(int points) {
    return {[] { return Drills::tr("Every message was accepted by WeChat"); }, points,
        [](const DrillFacts &f) { return f.counts.total() > 0 && arrived(f.counts) == f.counts.total(); }};
}

DrillGoal nothingCancelled(int points) {
    return {[] { return Drills::tr("Nothing was cancelled or discarded that could have been sent"); }, points,
        [](const DrillFacts &f) { return f.counts.total() > 0 && f.counts[S::Cancelled] == 0 && f.counts[S::Expired] == 0; }};
}

Drill tokenStorm() {
    Drill d;
    d.id = QStringLiteral("token_storm");
    d.title = [] { return Drills::tr("Token storm"); };
    d.situation = [] { return Drills::tr("Another system fetches tokens with the secret of our account. Each of its fetches makes ours invalid, again and again."); };
    d.task = [] { return Drills::tr("Let the batch arrive. Find out on the overview and the accounts page what it is. Do not cancel or resend anything: that mends nothing here."); };
    d.messages = 300;
    d.weather = {{std::chrono::seconds(0), R"({"mix": "", "latency": "60:40", "invalidate_tokens": true})", [] { return Drills::tr("The other system begins."); }}};
    for (int i = 1; i <= 6; ++i)
        d.weather.push_back({std::chrono::seconds(2 * i), R"({"invalidate_tokens": true})", {}});
    d.weather.push_back({std::chrono::seconds(15), R"({"mix": ""})", [] { return Drills::tr("Somebody has switched the other system off."); }});
    d.goals = {everythingArrived(40), nobodyTwice(20),
        {[] { return Drills::tr("Nothing was resent by hand"); }, 20, [](const DrillFacts &f) { return f.counts.total() > 0 && !did(f, "message.resend"); }}};
    d.question = [] { return Drills::tr("What has to be done so that it does not happen again?"); };
    d.answers = {[] { return Drills::tr("Nothing, WeChat does that now and then"); },
        [] { return Drills::tr("One place fetches the token for all systems, or the secret is changed"); }, [] { return Drills::tr("Lower the rate of the account"); }};
    d.rightAnswer = 1;
    d.lesson = [] { return Drills::tr("A message does not die of a token: the engine fetches a new one and repeats with the same identity. But two systems that fetch by turns slow each other down for ever."); };
    return d;
}

Drill dailyLimit() {
    Drill d;
    d.id = QStringLiteral("daily_limit");
    d.title = [] { return Drills::tr("Daily limit"); };
    d.situation = [] { return Drills::tr("WeChat takes no more messages today. What is not sent yet waits."); };
    d.task = [] { return Drills::tr("Find out why nothing moves (F2). Keep what waits unharmed: no cancelling, no resending. Then answer the question."); };
    d.messages = 200;
    d.weather = {{std::chrono::seconds(0), R"({"mix": "45009=100", "latency": "30:20"})", {}}};
    d.goals = {{[] { return Drills::tr("What waits is still waiting"); }, 40, [](const DrillFacts &f) { return f.counts.waiting() + f.counts[S::Sending] > 0; }},
        {[] { return Drills::tr("No message died of it"); }, 20, [](const DrillFacts &f) { return f.counts.total() > 0 && failed(f.counts) == 0; }}, nothingCancelled(20)};
    d.question = [] { return Drills::tr("When does it go on?"); };
    d.answers = {[] { return Drills::tr("As soon as somebody presses “resend”"); }, [] { return Drills::tr("In an hour"); },
        [] { return Drills::tr("By itself after 00:00 China time, when WeChat counts anew"); }};
    d.rightAnswer = 2;
    d.lesson = [] { return Drills::tr("The daily quota stops the account, not the messages: none of them uses up a try. Keep a part of the day for urgent messages in the settings."); };
    return d;
}

Drill slowHour() {
    Drill d;
    d.id = QStringLiteral("slow_hour");
    d.title = [] { return Drills::tr("Slow hour"); };
    d.situation = [] { return Drills::tr("WeChat answers slowly and is often busy, as on the evening of a holiday."); };
    d.task = [] { return Drills::tr("Watch the age of the oldest message and the answers. Decide whether to pause. Nobody may get anything twice."); };
    d.messages = 250;
    d.weather = {{std::chrono::seconds(0), R"({"mix": "busy=15,http500=5", "latency": "900:600"})", [] { return Drills::tr("Answers become slow."); }},
        {std::chrono::seconds(20), R"({"mix": "busy=3", "latency": "200:100"})", [] { return Drills::tr("It gets better."); }},
        {std::chrono::seconds(30), R"({"mix": "", "latency": "30:20"})", [] { return Drills::tr("It is over."); }}};
    d.goals = {everythingArrived(40), nobodyTwice(20), nothingCancelled(20)};
    d.question = [] { return Drills::tr("What does the engine do by itself in such an hour?"); };
    d.answers = {[] { return Drills::tr("It sends fewer requests at a time and repeats later, with growing waits"); }, [] { return Drills::tr("It gives up what takes too long"); },
        [] { return Drills::tr("It sends everything twice to be sure"); }};
    d.rightAnswer = 0;
    d.lesson = [] { return Drills::tr("Busy answers are repeated with growing waits and under the same identity, so that a repeat is never a second message. Mostly the right thing to do is to wait and to say so."); };
    return d;
}

Drill lostReports() {
    Drill d;
    d.id = QStringLiteral("lost_reports");
    d.title = [] { return Drills::tr("Lost reports"); };
    d.situation = [] { return Drills::tr("The line to WeChat breaks after it has read our messages: it has them, but its answers and its reports do not come back."); };
    d.task = [] { return Drills::tr("Let the engine settle what it can. Do not agree to “may arrive twice” without need. Then say what one may tell a customer."); };
    d.messages = 200;
    d.weather = {{std::chrono::seconds(0), R"({"mix": "recorded_close=35", "latency": "30:20"})", [] { return Drills::tr("The line begins to break."); }},
        {std::chrono::seconds(15), R"({"mix": ""})", [] { return Drills::tr("The line holds again."); }}};
    d.goals = {nobodyTwice(40),
        {[] { return Drills::tr("At most a few are left uncertain"); }, 20, [](const DrillFacts &f) { return f.counts.total() > 0 && f.counts.waiting() == 0 && f.counts[S::Uncertain] * 20 <= f.counts.total(); }},
        {[] { return Drills::tr("Most were accepted"); }, 20, [](const DrillFacts &f) { return f.counts.total() > 0 && arrived(f.counts) * 10 >= f.counts.total() * 9; }}};
    d.question = [] { return Drills::tr("A customer asks. The message says “Accepted”. What do you say?"); };
    d.answers = {[] { return Drills::tr("It has arrived"); }, [] { return Drills::tr("WeChat took it; that it arrived, only its report could say"); }, [] { return Drills::tr("It failed"); }};
    d.rightAnswer = 1;
    d.lesson = [] { return Drills::tr("What was written and not answered is repeated for eight minutes under its old identity, and WeChat drops what it has already. Only after that a repeat may arrive twice, and a person decides."); };
    return d;
}

Drill blockedUsers() {
    Drill d;
    d.id = QStringLiteral("blocked_users");
    d.title = [] { return Drills::tr("Blocked users"); };
    d.situation = [] { return Drills::tr("A quarter of the people on the list have left the account. Their messages become dead letters."); };
    d.task = [] { return Drills::tr("On the dead-letter page: see whose move it is. Write to these people no more, discard the messages with a reason, and leave a note on the cause."); };
    d.messages = 120;
    d.weather = {{std::chrono::seconds(0), R"({"mix": "43004=25", "mix_sticky": true, "latency": "30:20"})", {}}};
    d.goals = {{[] { return Drills::tr("The others got their message"); }, 20, [](const DrillFacts &f) { return f.counts.total() > 0 && arrived(f.counts) * 2 >= f.counts.total() && f.counts.waiting() == 0; }},
        {[] { return Drills::tr("No dead letter is left"); }, 30, [](const DrillFacts &f) { return f.counts.total() > 0 && f.counts.waiting() == 0 && failed(f.counts) == 0 && f.counts[S::Cancelled] > 0; }},
        {[] { return Drills::tr("A note on the cause"); }, 10, [](const DrillFacts &f) { return did(f, "cause.note"); }},
        {[] { return Drills::tr("Nothing was sent again to people who left"); }, 20, [](const DrillFacts &f) { return f.counts.total() > 0 && !did(f, "message.resend") && !did(f, "message.edit"); }}};
    d.question = [] { return Drills::tr("Would sending again help?"); };
    d.answers = {[] { return Drills::tr("Yes, after a while"); }, [] { return Drills::tr("Only if the person follows the account again"); }, [] { return Drills::tr("Yes, with other words"); }};
    d.rightAnswer = 1;
    d.lesson = [] { return Drills::tr("43004 is the recipient's move. Sending again only costs quota and tells WeChat that we do not listen."); };
    return d;
}

} // namespace

const char *const everydayWeather
    = R"({"mix": "busy=2,43004=1.5,43101=0.6,http500=0.5,recorded_close=0.5", "mix_sticky": false, "latency": "25:35", "accepting": true, "reset_quotas": true})";

const std::vector<Drill> &drills() {
    static const std::vector<Drill> all{tokenStorm(), dailyLimit(), slowHour(), lostReports(), blockedUsers()};
    return all;
}

int mostPoints(const Drill &drill) {
    int points = answerPoints;
    for (const DrillGoal &goal : drill.goals)
        points += goal.points;
    return points;
}

int pointsOf(const Drill &drill, const DrillFacts &facts) {
    int points = facts.answer == drill.rightAnswer ? answerPoints : 0;
    for (const DrillGoal &goal : drill.goals)
        points += goal.met(facts) ? goal.points : 0;
    return points;
}

} // namespace songda::console
