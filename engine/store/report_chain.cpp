// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/report_chain.h"

#include "engine/store/meta.h"

#include <charconv>

namespace songda::store {

Result<ReportChain> readChainEnd(Database &database) {
    const auto text = metaText(database, "report_chain");
    if (!text)
        return tl::unexpected(text.error());
    ReportChain chain;
    if (!*text)
        return chain;
    const char *end = (*text)->data() + (*text)->size();
    const auto [at, error] = std::from_chars((*text)->data(), end, chain.number);
    if (error == std::errc{} && at != end)
        chain.link.assign(at + 1, end);
    return chain;
}

Result<void> setChainEnd(WriteSession &session, const ReportChain &chain) {
    return setMetaText(session, "report_chain", std::to_string(chain.number) + " " + chain.link);
}

std::string chainMark(const ReportChain &chain) { return "chain:" + std::to_string(chain.number) + ":" + chain.link; }

Result<std::set<std::string>> readChainMarks(Database &database) {
    const auto objects = database.all("SELECT object FROM audit WHERE act = 'report.export'", [](const Statement &s) { return s.string(0); });
    if (!objects)
        return tl::unexpected(objects.error());
    std::set<std::string> marks;
    for (const std::string &object : *objects)
        marks.insert(object.substr(object.find_last_of(' ') + 1));
    return marks;
}

} // namespace songda::store
