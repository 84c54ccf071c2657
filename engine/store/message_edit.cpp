// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/message_edit.h"

#include "engine/store/content_hash.h"

namespace songda::store {

Result<void> replaceContent(WriteSession &session, MessageId id, const std::string &content) {
    auto found = session.sql("SELECT m.content_hash, t.template_id, m.openid, m.client_msg_id, p.content FROM message m"
                             " JOIN payload p ON p.message_id = m.id JOIN batch b ON b.id = m.batch_id"
                             " JOIN template t ON t.id = b.template_ref WHERE m.id = ?1");
    auto keep = session.sql("INSERT OR REPLACE INTO payload_before(message_id, life, content)"
                            " SELECT m.id, m.life, p.content FROM message m JOIN payload p ON p.message_id = m.id WHERE m.id = ?1");
    auto payload = session.sql("UPDATE payload SET content = ?2 WHERE message_id = ?1");
    auto hash = session.sql("UPDATE message SET content_hash = ?2 WHERE id = ?1");
    if (!found || !keep || !payload || !hash)
        return tl::unexpected((!found ? found : !keep ? keep : !payload ? payload : hash).error());
    std::int64_t fresh = 0;
    {
        Statement &s = **found;
        s.bindAll(id);
        const StatementScope scope(s);
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return fail(ErrorCode::NotFound, "there is no message " + std::to_string(id.value));
        if (!s.isNull(0) && s.integer(0) != contentHash(s.text(1), s.text(2), s.text(3), s.text(4)))
            return fail(ErrorCode::Corrupt, "message " + std::to_string(id.value) + " was changed by a damaged disk and is not sent again; queue it anew");
        fresh = contentHash(s.text(1), s.text(2), s.text(3), content);
    }
    SONGDA_TRY((*keep)->bindAll(id).run());
    SONGDA_TRY((*payload)->bindAll(id, content).run());
    return (*hash)->bindAll(id, fresh).run();
}

Result<std::vector<std::pair<int, std::string>>> readEarlierContent(Database &database, MessageId id) {
    return database.all(
        "SELECT life, content FROM payload_before WHERE message_id = ?1 ORDER BY life DESC",
        [](const Statement &s) { return std::pair<int, std::string>{static_cast<int>(s.integer(0)), s.string(1)}; },
        id);
}

} // namespace songda::store
