// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/policy_file.h"

#include "engine/policy/json_lines.h"
#include "engine/policy/policy_fields.h"
#include "engine/policy/utf8.h"

#include <algorithm>
#include <cmath>

namespace songda {

namespace {

constexpr const char *format = "songda-policy-1";
constexpr std::size_t largestFile = 1 << 20;
constexpr std::size_t longestQuote = 80;
/// What sums of shares may be off by.
constexpr double rounding = 1e-9;

tl::unexpected<Error> bad(int line, const std::string &what) {
    return fail(ErrorCode::InvalidInput, "line " + std::to_string(line) + ": " + what);
}

/// A name as the file has it, fit for one line of a message.
std::string inQuotes(std::string_view name) { return '"' + utf8::printable(name, longestQuote) + '"'; }

/// How many letters two names differ in, for "did you mean".
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t before = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, before + (a[i - 1] != b[j - 1] ? 1u : 0u)});
            before = above;
        }
    }
    return row[b.size()];
}

std::string unknownField(const std::string &path) {
    std::string_view nearest;
    std::size_t best = 4;
    const auto consider = [&](std::string_view name) {
        if (path.size() >= name.size() + best || name.size() >= path.size() + best)
            return;
        if (const std::size_t d = distance(path, name); d < best) {
            best = d;
            nearest = name;
        }
    };
    for (const PolicyField &field : policyFields()) {
        const std::string_view name = field.path;
        consider(name);
        for (auto dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1))
            consider(name.substr(0, dot));
    }
    return inQuotes(path) + " is no field of a policy" + (nearest.empty() ? "" : "; did you mean \"" + std::string(nearest) + "\"?");
}

bool isGroup(const std::string &path) {
    return std::ranges::any_of(policyFields(), [group = path + "."](const PolicyField &f) { return std::string_view(f.path).starts_with(group); });
}

std::optional<std::chrono::minutes> timeOfDay(const std::string &text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 100; };
    if (text.size() != 5 || text[2] != ':')
        return std::nullopt;
    const int hour = digit(0) * 10 + digit(1);
    const int minute = digit(3) * 10 + digit(4);
    if (hour > 23 || minute > 59)
        return std::nullopt;
    return std::chrono::minutes{hour * 60 + minute};
}

/// Puts a value where it belongs; false when it is of another kind or out of range.
bool put(const PolicyField &field, const JsonLine &value, Policy &policy) {
    const auto inRange = [&](double v) { return std::isfinite(v) && v >= field.least && v <= field.most; };
    const auto whole = [&](auto assign) {
        if (value.kind != JsonLine::Kind::Whole || !inRange(static_cast<double>(value.whole)))
            return false;
        assign(value.whole);
        return true;
    };
    struct Put {
        const JsonLine &value;
        decltype(whole) &putWhole;
        decltype(inRange) &fits;
        bool operator()(bool *v) const { return value.kind == JsonLine::Kind::Bool && ((*v = value.flag), true); }
        bool operator()(int *v) const {
            return putWhole([v](std::int64_t n) { *v = static_cast<int>(n); });
        }
        bool operator()(std::int64_t *v) const {
            return putWhole([v](std::int64_t n) { *v = n; });
        }
        bool operator()(Millis *v) const {
            return putWhole([v](std::int64_t n) { *v = Millis{n}; });
        }
        bool operator()(Seconds *v) const {
            return putWhole([v](std::int64_t n) { *v = Seconds{n}; });
        }
        bool operator()(double *v) const {
            const bool isNumber = value.kind == JsonLine::Kind::Whole || value.kind == JsonLine::Kind::Real;
            const double n = value.kind == JsonLine::Kind::Whole ? static_cast<double>(value.whole) : value.real;
            return isNumber && fits(n) && ((*v = n), true);
        }
        bool operator()(std::chrono::minutes *v) const {
            const auto time = value.kind == JsonLine::Kind::Text ? timeOfDay(value.text) : std::nullopt;
            return time && ((*v = *time), true);
        }
        bool operator()(std::string *v) const {
            // A name, not a way out of the profile's folder.
            const bool fine = value.kind == JsonLine::Kind::Text && value.text.find_first_of(std::string_view("/\\\0", 3)) == std::string::npos && value.text != "." && value.text != "..";
            return fine && ((*v = value.text), true);
        }
        bool operator()(Jitter *v) const {
            for (const Jitter jitter : {Jitter::Full, Jitter::Equal, Jitter::None}) {
                if (value.kind == JsonLine::Kind::Text && value.text == toString(jitter))
                    return (*v = jitter), true;
            }
            return false;
        }
    };
    return std::visit(Put{value, whole, inRange}, field.slot(policy));
}

Result<void> apply(const JsonLine &object, const std::string &prefix, Policy &policy) {
    for (const JsonLine &value : object.members) {
        const std::string &name = value.name;
        const std::string path = prefix.empty() ? name : prefix + "." + name;
        // Otherwise one field could be written in two ways, and stand twice without being seen.
        if (name.find('.') != std::string::npos)
            return bad(value.line, inQuotes(path) + " is written with objects, one in another, instead of dots");
        if (isGroup(path)) {
            if (value.kind != JsonLine::Kind::Object)
                return bad(value.line, inQuotes(path) + " must be an object");
            SONGDA_TRY(apply(value, path, policy));
            continue;
        }
        const auto field = std::ranges::find_if(policyFields(), [&](const PolicyField &f) { return path == f.path; });
        if (field == policyFields().end())
            return bad(value.line, unknownField(path));
        if (!put(*field, value, policy))
            return bad(value.line, inQuotes(path) + " must be " + policyFieldRange(*field));
    }
    return {};
}

/// What no single field can say.
Result<void> checkWhole(const Policy &p, int line) {
    if (p.deadline.shortest > p.deadline.longest)
        return bad(line, "deadline.shortest_ms must not be more than deadline.longest_ms");
    if (p.breaker.openFor > p.breaker.openForAtMost)
        return bad(line, "breaker.open_ms must not be more than breaker.open_at_most_ms");
    if (p.quota.keptForUrgent + p.quota.keptForNormal > 0.95 + rounding)
        return bad(line, "quota.kept_for_urgent and quota.kept_for_normal leave nothing for bulk messages: together at most 0.95");
    if (p.shares.bulk + p.shares.normal > 0.9 + rounding)
        return bad(line, "shares.bulk and shares.normal leave nothing for urgent messages: together at most 0.9");
    for (const auto &[name, backOff] : {std::pair{"transient", p.retry.transient.backOff}, std::pair{"uncertain", p.retry.uncertain.backOff},
             std::pair{"unknown", p.retry.unknown.backOff}, std::pair{"token", p.retry.token}}) {
        if (backOff.base > backOff.cap)
            return bad(line, std::string("retry.") + name + ".base_ms must not be more than retry." + name + ".cap_ms");
    }
    if (p.pause.offline.base > p.pause.offline.cap)
        return bad(line, "pause.offline_base_ms must not be more than pause.offline_cap_ms");
    if (p.failover.stay > p.failover.stayAtMost)
        return bad(line, "failover.stay_ms must not be more than failover.stay_at_most_ms");
    if (p.failover.probe.base > p.failover.probe.cap)
        return bad(line, "failover.probe.base_ms must not be more than failover.probe.cap_ms");
    return {};
}

} // namespace

Result<PolicySet> readPolicy(std::string_view text) {
    if (text.size() > largestFile)
        return bad(1, "the file is larger than 1 MB");
    const auto root = readJsonLines(text);
    if (!root)
        return tl::unexpected(root.error());
    if (root->kind != JsonLine::Kind::Object)
        return bad(root->line, "a policy is a JSON object");
    PolicySet set;
    const JsonLine *formatField = root->find("format");
    if (!formatField || formatField->text != format)
        return bad(formatField ? formatField->line : root->line, std::string("\"format\" must be \"") + format + "\"");
    for (const JsonLine &value : root->members) {
        const std::string &name = value.name;
        if (name != "format" && name != "defaults" && name != "accounts")
            return bad(value.line, inQuotes(name) + " is not known here; there are format, defaults and accounts");
    }
    if (const JsonLine *defaults = root->find("defaults")) {
        if (defaults->kind != JsonLine::Kind::Object)
            return bad(defaults->line, "\"defaults\" must be an object");
        SONGDA_TRY(apply(*defaults, {}, set.defaults));
        SONGDA_TRY(checkWhole(set.defaults, defaults->line));
    }
    if (const JsonLine *accounts = root->find("accounts")) {
        if (accounts->kind != JsonLine::Kind::Object)
            return bad(accounts->line, "\"accounts\" must be an object with an object for each account");
        for (const JsonLine &value : accounts->members) {
            const std::string &name = value.name;
            if (value.kind != JsonLine::Kind::Object)
                return bad(value.line, "the policy of account " + inQuotes(name) + " must be an object");
            Policy policy = set.defaults;
            SONGDA_TRY(apply(value, {}, policy));
            SONGDA_TRY(checkWhole(policy, value.line));
            set.accounts.emplace(name, std::move(policy));
        }
    }
    return set;
}

std::string examplePolicy() {
    std::string out = "// Policy of a profile: put it as policy.json into the profile's folder. Every field may be left out.\n"
                      "// A running engine takes a changed file up within seconds; a bad one is refused and changes nothing.\n{\n  \"format\": \"";
    out += format;
    out += "\",\n  \"defaults\": {\n";
    std::vector<std::string> open;
    const auto fields = policyFields();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        std::vector<std::string> names{""};
        for (const char c : std::string_view(fields[i].path)) {
            if (c == '.')
                names.emplace_back();
            else
                names.back() += c;
        }
        const std::string leaf = names.back();
        names.pop_back();
        const auto isOutside = [&] { return open.size() > names.size() || !std::equal(open.begin(), open.end(), names.begin()); };
        while (isOutside()) {
            open.pop_back();
            out += std::string(4 + 2 * open.size(), ' ') + (isOutside() ? "}\n" : "},\n");
        }
        for (std::size_t depth = open.size(); depth < names.size(); ++depth) {
            out += std::string(4 + 2 * depth, ' ') + "\"" + names[depth] + "\": {\n";
            open.push_back(names[depth]);
        }
        const std::string indent(4 + 2 * open.size(), ' ');
        out += indent + "// " + fields[i].help + "; " + policyFieldRange(fields[i]) + "\n";
        // The last of an object has no comma behind it.
        const std::string_view path = fields[i].path;
        const std::string_view group = path.substr(0, path.size() - leaf.size());
        const bool last = i + 1 == fields.size() || !std::string_view(fields[i + 1].path).starts_with(group);
        out += indent + "\"" + leaf + "\": " + policyFieldText(fields[i], Policy{}) + (last ? "\n" : ",\n");
    }
    out += "  },\n  // What single accounts have otherwise, by the name of the account.\n  \"accounts\": {}\n}\n";
    return out;
}

} // namespace songda
