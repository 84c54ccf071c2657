// SPDX-License-Identifier: GPL-3.0-or-later
//
// What people ask of policies: the file, and what it says of an account.
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/policy_store.h"
#include "engine/policy/policy_fields.h"
#include "engine/policy/policy_file.h"
#include "engine/policy/utf8.h"
#include "engine/store/accounts_table.h"
#include "engine/store/audit_table.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <nlohmann/json.hpp>

namespace songda {

namespace {

using Json = nlohmann::ordered_json;

/// The text of the profile's policy file; empty without one.
Result<std::string> readPolicyFile(const std::string &path) {
    QFile file(QString::fromStdString(path));
    if (!file.exists())
        return std::string();
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Storage, path + " cannot be read: " + file.errorString().toStdString());
    return file.readAll().toStdString();
}

Result<void> replaceFile(const std::string &path, const std::string &text) {
    QSaveFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size()) || !file.commit())
        return fail(ErrorCode::Storage, path + " cannot be written: " + file.errorString().toStdString());
    return {};
}

/// Sets a field by its dotted path, or takes it out and leaves no empty object behind.
void setField(Json &object, std::string_view path, const std::optional<Json> &value) {
    const auto dot = path.find('.');
    const std::string name(path.substr(0, dot));
    if (dot == std::string_view::npos) {
        if (value)
            object[name] = *value;
        else
            object.erase(name);
        return;
    }
    if (!value && !object.contains(name))
        return;
    setField(object[name], path.substr(dot + 1), value);
    if (object[name].empty())
        object.erase(name);
}

Result<std::string> edited(const std::string &text, const PolicyEdit &edit) {
    Json file = text.empty() ? Json::object() : Json::parse(text, nullptr, false, true);
    if (!file.is_object())
        return fail(ErrorCode::InvalidInput, "the policy file is no JSON object; mend it first");
    file["format"] = "songda-policy-1";
    Json &fields = edit.account.empty() ? file["defaults"] : file["accounts"][edit.account];
    if (!fields.is_object())
        fields = Json::object();
    for (const auto &[path, value] : edit.fields) {
        std::optional<Json> parsed;
        if (value) {
            parsed = Json::parse(*value, nullptr, false);
            if (parsed->is_discarded())
                return fail(ErrorCode::InvalidInput, path + ": \"" + *value + "\" is not a value");
        }
        setField(fields, path, parsed);
    }
    if (file.contains("accounts")) {
        if (!edit.account.empty() && file["accounts"][edit.account].empty())
            file["accounts"].erase(edit.account);
        if (file["accounts"].empty())
            file.erase("accounts");
    }
    if (file.contains("defaults") && file["defaults"].empty())
        file.erase("defaults");
    return file.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::vector<PolicyDifference> differencesOf(const PolicySet &before, const PolicySet &after, const std::vector<std::string> &accounts) {
    std::vector<PolicyDifference> differences;
    for (const std::string &account : accounts) {
        for (const PolicyField &field : policyFields()) {
            const std::string was = policyFieldText(field, before.of(account));
            const std::string becomes = policyFieldText(field, after.of(account));
            if (was != becomes)
                differences.push_back({account, field.path, was, becomes});
        }
    }
    return differences;
}

} // namespace

std::string Engine::examplePolicy() { return songda::examplePolicy(); }

Result<void> Engine::checkPolicyFile(const std::string &file) {
    const auto loaded = loadPolicy(file, QFileInfo(QString::fromStdString(file)).absolutePath().toStdString());
    return loaded ? Result<void>{} : tl::unexpected(loaded.error());
}

Result<std::vector<PolicyValue>> Engine::policyOf(const std::string &account) {
    const auto policy = m_core->policies->current();
    if (!policy)
        return tl::unexpected(policy.error());
    const Policy &own = (*policy)->set.of(account);
    std::vector<PolicyValue> values;
    for (const PolicyField &field : policyFields())
        values.push_back({field.path, policyFieldText(field, own), policyFieldText(field, Policy{}), policyFieldRange(field), field.help, policyFieldKind(field), field.least, field.most});
    return values;
}

QFuture<Result<PolicyFile>> Engine::policyFile() {
    return m_core->work<PolicyFile>([core = m_core.get()]() -> Result<PolicyFile> {
        PolicyFile state{core->path(policyName), false, {}};
        state.there = QFileInfo::exists(QString::fromStdString(state.path));
        if (!state.there)
            return state;
        if (const auto loaded = loadPolicy(state.path, core->options.profileDir); !loaded)
            state.problem = loaded.error().detail;
        return state;
    });
}

QFuture<Result<PolicyDraft>> Engine::draftPolicy(PolicyEdit edit) {
    return m_core->work<PolicyDraft>([core = m_core.get(), edit = std::move(edit)]() -> Result<PolicyDraft> {
        auto before = readPolicyFile(core->path(policyName));
        if (!before)
            return tl::unexpected(before.error());
        const auto old = before->empty() ? Result<PolicySet>(PolicySet{}) : readPolicy(*before);
        if (!old)
            return fail(ErrorCode::InvalidInput, "the policy file has to be mended first: " + old.error().detail);
        auto after = edited(*before, edit);
        if (!after)
            return tl::unexpected(after.error());
        const auto fresh = readPolicy(*after);
        if (!fresh)
            return tl::unexpected(fresh.error());
        const auto accounts = core->readers->run<std::vector<Account>>([](store::Database &db) { return store::readAccounts(db); }).result();
        if (!accounts)
            return tl::unexpected(accounts.error());
        std::vector<std::string> names;
        for (const Account &account : *accounts)
            names.push_back(account.name);
        return PolicyDraft{std::move(*before), std::move(*after), differencesOf(*old, *fresh, names)};
    });
}

QFuture<Result<void>> Engine::writePolicy(PolicyDraft draft, std::string reason) {
    SONGDA_MAY(SetUp, void);
    return m_core->work<void>([core = m_core.get(), draft = std::move(draft), reason = std::move(reason)]() -> Result<void> {
        if (!core->writer)
            return fail(ErrorCode::InUse, "this process only looks on");
        const std::string path = core->path(policyName);
        const auto now = readPolicyFile(path);
        if (!now)
            return tl::unexpected(now.error());
        if (*now != draft.before)
            return fail(ErrorCode::AlreadyExists, "somebody changed the policy file meanwhile; look at it and try again");
        // Checked as it will lie there, with the files it names; only then put in the place of the old one.
        const std::string trial = core->path("policy.json.new");
        SONGDA_TRY(replaceFile(trial, draft.after));
        const auto loaded = loadPolicy(trial, core->options.profileDir);
        QFile::remove(QString::fromStdString(trial));
        if (!loaded)
            return tl::unexpected(loaded.error());
        if (!draft.before.empty())
            SONGDA_TRY(replaceFile(core->path("policy.json.before"), draft.before));
        SONGDA_TRY(replaceFile(path, draft.after));
        std::string what = "policy.json";
        for (const PolicyDifference &d : draft.differences)
            what += "; " + d.account + " " + d.field + " " + d.before + " -> " + d.after;
        constexpr std::size_t longest = 2000;
        if (what.size() > longest)
            what = utf8::printable(what, longest) + "...";
        return core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto audit = store::recordAct(session, core->actor(reason), "policy.change", what, 0, systemNow().wall);
            if (!audit)
                return tl::unexpected(audit.error());
            return {};
        });
    });
}

} // namespace songda
