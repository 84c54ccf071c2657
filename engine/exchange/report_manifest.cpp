// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/report_manifest.h"

#include "engine/exchange/csv_reader.h"
#include "engine/model/filter_fields.h"
#include "engine/store/chain_link.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSaveFile>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace songda {

const char *toString(ReportFault fault) {
    switch (fault) {
    case ReportFault::NoManifest: return "no_manifest";
    case ReportFault::NotAManifest: return "not_a_manifest";
    case ReportFault::OtherFile: return "other_file";
    case ReportFault::Content: return "content";
    case ReportFault::Rows: return "rows";
    case ReportFault::States: return "states";
    case ReportFault::Chain: return "chain";
    }
    return "";
}

namespace exchange {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char *format = "songda-report-1";
constexpr qint64 largestManifest = 1 << 20;
constexpr std::size_t stateColumn = 5;

std::string dumped(const Json &json, int indent = -1) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string fileName(const std::string &path) { return path.substr(path.find_last_of('/') + 1); }

Json filterOf(const MessageFilter &f) {
    Json filter = Json::object();
    eachFilterField(f, [&](const char *name, const char *, const auto &value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, WallTime>) {
            filter[name] = toIso8601(value);
        } else if constexpr (std::is_same_v<Value, bool> || std::is_same_v<Value, std::string>) {
            filter[name] = value;
        } else if constexpr (std::is_same_v<Value, std::vector<MessageState>>) {
            for (const MessageState state : value)
                filter[name].push_back(toString(state));
        } else if constexpr (std::is_same_v<Value, std::vector<MessageId>>) {
            for (const MessageId id : value)
                filter[name].push_back(id.value);
        } else {
            filter[name] = value.value;
        }
    });
    return filter;
}

std::string textOf(const Json &json, const char *name) {
    const auto it = json.find(name);
    return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::int64_t wholeOf(const Json &json, const char *name) {
    const auto it = json.find(name);
    return it != json.end() && it->is_number_integer() ? it->get<std::int64_t>() : -1;
}

using GoOn = std::function<bool(std::int64_t rows)>;

tl::unexpected<Error> ended(const std::string &path) { return fail(ErrorCode::Cancelled, "the check of " + path + " was ended"); }

Result<std::string> hashOf(const std::string &path, const GoOn &goOn) {
    constexpr qint64 atOnce = 1 << 20;
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, path + " cannot be read: " + file.errorString().toStdString());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    while (!file.atEnd()) {
        if (goOn && !goOn(0))
            return ended(path);
        const QByteArray part = file.read(atOnce);
        if (part.isEmpty() || file.error() != QFileDevice::NoError)
            return fail(ErrorCode::Storage, path + " cannot be read: " + file.errorString().toStdString());
        hash.addData(part);
    }
    return hash.result().toHex().toStdString();
}

/// Counts the rows and their states; a row that is no row of a report counts to a state without a name.
Result<void> count(const std::string &path, ReportCheck &check, const GoOn &goOn) {
    constexpr std::int64_t askEvery = 1000;
    auto reader = CsvReader::open(path);
    if (!reader)
        return tl::unexpected(reader.error());
    CsvRow row;
    bool header = true;
    for (;;) {
        const auto more = reader->next(row);
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            return {};
        if (std::exchange(header, false))
            continue;
        ++check.rows;
        if (goOn && check.rows % askEvery == 0 && !goOn(check.rows))
            return ended(path);
        ++check.rowsPerState[row.fault == CsvFault::None && row.fields.size() > stateColumn ? row.fields[stateColumn] : std::string()];
    }
}

void readChain(const Json &manifest, ReportCheck &check) {
    const auto it = manifest.find("chain");
    if (it == manifest.end() || !it->is_object())
        return;
    ReportChain chain{wholeOf(*it, "number"), textOf(*it, "previous"), textOf(*it, "link")};
    Json rest = manifest;
    rest.erase("chain");
    if (chain.link != store::chainLink(chain.number, chain.previous, dumped(rest)))
        check.problems.push_back({ReportFault::Chain, "the manifest was changed: its link does not follow from what it says"});
    check.chain = std::move(chain);
}

void compare(const Json &manifest, ReportCheck &check) {
    if (textOf(manifest, "file") != fileName(check.file))
        check.problems.push_back({ReportFault::OtherFile, "the manifest speaks of \"" + textOf(manifest, "file") + "\""});
    if (textOf(manifest, "sha256") != check.sha256)
        check.problems.push_back({ReportFault::Content, "the file is not the one that was written: SHA-256 is " + check.sha256 + ", the manifest says " + textOf(manifest, "sha256")});
    if (wholeOf(manifest, "rows") != check.rows)
        check.problems.push_back(
            {ReportFault::Rows, "the file has " + std::to_string(check.rows) + " rows, the manifest says " + std::to_string(wholeOf(manifest, "rows"))});
    std::map<std::string, std::int64_t> said;
    if (const auto states = manifest.find("rows_per_state"); states != manifest.end() && states->is_object()) {
        for (const auto &[state, rows] : states->items())
            said[state] = rows.is_number_integer() ? rows.get<std::int64_t>() : -1;
    }
    if (said != check.rowsPerState)
        check.problems.push_back({ReportFault::States, "the rows per state are not those of the manifest"});
}

} // namespace

std::string manifestText(const ReportRequest &request, const ReportResult &result) {
    Json manifest;
    manifest["format"] = format;
    manifest["file"] = fileName(request.path);
    manifest["rows"] = result.rows;
    manifest["rows_per_state"] = Json(result.rowsPerState);
    manifest["sha256"] = result.sha256;
    manifest["created_at"] = toIso8601(request.at);
    manifest["created_by"] = request.by;
    manifest["day_begins"] = "00:00 Asia/Shanghai";
    manifest["filter"] = filterOf(request.filter);
    if (request.masked)
        manifest["masked"] = true;
    if (request.audit.acts > 0)
        manifest["audit"] = {{"acts", request.audit.acts}, {"link", request.audit.link}};
    return dumped(manifest);
}

Result<void> writeManifest(const std::string &path, const std::string &manifestText, const std::optional<ReportChain> &chain) {
    Json manifest = Json::parse(manifestText, nullptr, false);
    if (chain)
        manifest["chain"] = {{"number", chain->number}, {"previous", chain->previous}, {"link", chain->link}};
    const std::string text = dumped(manifest, 2) + "\n";
    QSaveFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size()) || !file.commit())
        return fail(ErrorCode::Storage, "cannot write " + path + ": " + file.errorString().toStdString());
    return {};
}

Result<ReportCheck> checkReport(const std::string &path, const GoOn &goOn) {
    ReportCheck check;
    check.file = path;
    auto hash = hashOf(path, goOn);
    if (!hash)
        return tl::unexpected(hash.error());
    check.sha256 = std::move(*hash);
    SONGDA_TRY(count(path, check, goOn));
    QFile file(QString::fromStdString(path + ".manifest.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        check.problems.push_back({ReportFault::NoManifest, "there is no " + path + ".manifest.json beside it"});
        return check;
    }
    const Json manifest = file.size() > largestManifest ? Json() : Json::parse(file.readAll().toStdString(), nullptr, false);
    if (!manifest.is_object() || textOf(manifest, "format") != format) {
        check.problems.push_back({ReportFault::NotAManifest, "the file beside it is not the manifest of a report"});
        return check;
    }
    check.createdAt = textOf(manifest, "created_at");
    check.createdBy = textOf(manifest, "created_by");
    compare(manifest, check);
    readChain(manifest, check);
    return check;
}

void checkChain(std::vector<ReportCheck> &reports) {
    std::vector<ReportCheck *> linked;
    for (ReportCheck &report : reports) {
        if (report.chain)
            linked.push_back(&report);
    }
    std::sort(linked.begin(), linked.end(), [](const ReportCheck *a, const ReportCheck *b) { return a->chain->number < b->chain->number; });
    for (std::size_t i = 1; i < linked.size(); ++i) {
        const ReportChain &before = *linked[i - 1]->chain;
        const ReportChain &own = *linked[i]->chain;
        const std::int64_t missing = own.number - before.number - 1;
        if (missing > 0)
            linked[i]->problems.push_back({ReportFault::Chain, std::to_string(missing) + " reports between number " + std::to_string(before.number) + " and this one are missing"});
        else if (own.previous != before.link)
            linked[i]->problems.push_back({ReportFault::Chain, "it does not follow the report before it, number " + std::to_string(before.number)});
    }
}

} // namespace exchange
} // namespace songda
