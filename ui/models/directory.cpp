// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/directory.h"

#include "engine/when_done.h"
#include "ui/widgets/format.h"

#include <QRegularExpression>
#include <algorithm>

namespace songda::ui {

namespace {

template <class T, class Id> const T *find(const std::vector<T> &rows, Id id) {
    const auto found = std::find_if(rows.begin(), rows.end(), [id](const T &row) { return row.id == id; });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

QString causeNumber(const std::string &cause) {
    static const QRegularExpression form(QStringLiteral("^(?:token:)?(http_)?(-?[0-9]+)$"));
    const auto match = form.match(q(cause));
    if (!match.hasMatch())
        return {};
    return match.captured(1).isEmpty() ? match.captured(2) : QStringLiteral("HTTP %1").arg(match.captured(2));
}

Directory::Directory(Engine &engine, QObject *parent)
    : QObject(parent)
    , m_engine(engine) {}

const Account *Directory::account(AccountId id) const { return find(m_accounts, id); }
const Template *Directory::templateOf(TemplateRef id) const { return find(m_templates, id); }

const Batch *Directory::batch(BatchId id) const {
    const Batch *found = find(m_batches, id);
    return found != nullptr ? found : find(m_wanted, id);
}

void Directory::want(BatchId id) {
    if (batch(id) == nullptr)
        askFor(id);
}

void Directory::askFor(BatchId id) {
    if (std::find(m_askedFor.begin(), m_askedFor.end(), id) != m_askedFor.end())
        return;
    m_askedFor.push_back(id);
    whenDone(m_engine.batch(id), this, [this, id](Result<Batch> answer) {
        std::erase(m_askedFor, id);
        if (!answer)
            return; // there is none of this number
        const auto known = std::find_if(m_wanted.begin(), m_wanted.end(), [id](const Batch &b) { return b.id == id; });
        if (known != m_wanted.end()) {
            *known = std::move(*answer);
        } else {
            m_wanted.insert(m_wanted.begin(), std::move(*answer));
            if (m_wanted.size() > mostWanted)
                m_wanted.pop_back();
        }
        Q_EMIT batchesChanged();
    });
}

std::optional<BatchId> Directory::batchNamed(const QString &name) {
    for (const Batch &b : m_batches) {
        if (!b.name.empty() && q(b.name).compare(name, Qt::CaseInsensitive) == 0)
            return b.id;
    }
    const QString key = name.toLower();
    const auto known = m_names.constFind(key);
    if (known != m_names.constEnd())
        return *known;
    if (static_cast<int>(m_batches.size()) < mostBatches)
        return std::nullopt; // these are all there are
    constexpr int mostNames = 1000;
    if (m_names.size() > mostNames)
        m_names.clear();
    m_names.insert(key, std::nullopt);
    whenDone(m_engine.batchNamed(name.toStdString()), this, [this, name, key](Result<std::optional<BatchId>> found) {
        m_names.remove(key);
        if (!found || !*found)
            return; // there may be one when it is typed again
        m_names.insert(key, *found);
        Q_EMIT batchNameFound(name);
    });
    return std::nullopt;
}

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
    const QString number = causeNumber(cause);
    if (words.meaning.empty())
        return q(cause);
    // Words of ours are for programs; one that is not known has nothing else to go by.
    return number.isEmpty() && words.known ? q(words.meaning) : QStringLiteral("%1 · %2").arg(number.isEmpty() ? q(cause) : number, q(words.meaning));
}

QString Directory::causeShort(const std::string &cause) const {
    const QString number = causeNumber(cause);
    if (!number.isEmpty())
        return number;
    const CauseWords words = causeWords(cause);
    return words.known ? q(words.meaning) : q(cause);
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
        if (!batches || static_cast<int>(batches->size()) < mostBatches) {
            m_asked = false;
            if (batches)
                take(std::move(*batches));
            return;
        }
        // What has not ended is not forgotten, however much was queued after it.
        BatchSearch older;
        older.waiting = true;
        older.withSingles = true;
        older.before = batches->back().id;
        older.limit = mostBatches;
        whenDone(m_engine.findBatches(older), this, [this, newest = std::move(*batches)](Result<std::vector<Batch>> waiting) mutable {
            m_asked = false;
            if (waiting)
                newest.insert(newest.end(), std::make_move_iterator(waiting->begin()), std::make_move_iterator(waiting->end()));
            take(std::move(newest));
        });
    });
}

void Directory::take(std::vector<Batch> batches) {
    m_batches = std::move(batches);
    std::erase_if(m_wanted, [this](const Batch &b) { return find(m_batches, b.id) != nullptr; });
    for (const Batch &b : m_wanted)
        askFor(b.id);
    Q_EMIT batchesChanged();
}

} // namespace songda::ui
