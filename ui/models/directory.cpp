// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/directory.h"

#include "engine/when_done.h"
#include "ui/widgets/format.h"

#include <algorithm>

namespace songda::ui {

namespace {

template <class T, class Id> const T *find(const std::vector<T> &rows, Id id) {
    const auto found = std::find_if(rows.begin(), rows.end(), [id](const T &row) { return row.id == id; });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

Directory::Directory(Engine &engine, QObject *parent)
    : QObject(parent)
    , m_engine(engine) {}

const Account *Directory::account(AccountId id) const { return find(m_accounts, id); }
const Template *Directory::templateOf(TemplateRef id) const { return find(m_templates, id); }
const Batch *Directory::batch(BatchId id) const { return find(m_batches, id); }

QString Directory::accountName(AccountId id) const {
    const Account *found = account(id);
    return found != nullptr ? q(found->name) : QString();
}

QString Directory::templateTitle(TemplateRef id) const {
    const Template *found = templateOf(id);
    return found != nullptr ? q(found->title.empty() ? found->templateId : found->title) : QString();
}

QString Directory::batchName(BatchId id) const {
    const Batch *found = batch(id);
    return found != nullptr ? batchName(*found) : tr("no. %1").arg(id.value);
}

QString Directory::batchName(const Batch &batch) const {
    return batch.name.empty() ? tr("Single messages") : q(batch.name);
}

QString Directory::causeText(const std::string &cause) const {
    const CauseWords words = causeWords(cause);
    return words.known || !words.meaning.empty() ? QStringLiteral("%1 · %2").arg(q(cause), q(words.meaning)) : q(cause);
}

CauseWords Directory::causeWords(const std::string &cause) const {
    return m_engine.causeWords(cause, m_chinese);
}

void Directory::refresh() {
    if (m_asked)
        return;
    m_asked = true;
    whenDone(m_engine.accounts(), this, [this](Result<std::vector<Account>> accounts) {
        if (accounts && *accounts != m_accounts) {
            m_accounts = std::move(*accounts);
            Q_EMIT accountsChanged();
        }
    });
    whenDone(m_engine.templates(), this, [this](Result<std::vector<Template>> templates) {
        if (templates && *templates != m_templates) {
            m_templates = std::move(*templates);
            Q_EMIT templatesChanged();
        }
    });
    whenDone(m_engine.batches(mostBatches), this, [this](Result<std::vector<Batch>> batches) {
        m_asked = false;
        if (batches) {
            m_batches = std::move(*batches);
            Q_EMIT batchesChanged();
        }
    });
}

} // namespace songda::ui
