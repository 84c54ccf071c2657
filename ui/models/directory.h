// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QHash>
#include <QObject>
#include <QString>
#include <vector>

namespace songda::ui {

/// What people know a cause by: "43004" of WeChat's codes, "HTTP 500" of statuses; empty for what has words only. Pure.
QString causeNumber(const std::string &cause);

/// The short lists every page needs, kept in memory: accounts, templates and batches, with the names behind their ids. Of
/// batches the newest, older ones of which something has not ended, and those that were asked for. Refreshed off the GUI
/// thread; GUI thread object.
class Directory final : public QObject {
    Q_OBJECT
public:
    static constexpr int mostBatches = 500; ///< of the newest, and of the older ones that wait
    static constexpr std::size_t mostWanted = 16;

    explicit Directory(Engine &engine, QObject *parent = nullptr);

    const std::vector<Account> &accounts() const { return m_accounts; }
    const std::vector<Template> &templates() const { return m_templates; }
    const std::vector<Batch> &batches() const { return m_batches; }
    const Account *account(AccountId id) const;
    const Template *templateOf(TemplateRef id) const;
    const Batch *batch(BatchId id) const;
    /// Also this one from now on, if it is not among them; batchesChanged() follows.
    void want(BatchId id);
    /// The newest of this name, whatever its case. One that is not known is asked for: nothing at first, and
    /// batchNameFound() when there is one.
    std::optional<BatchId> batchNamed(const QString &name);
    /// Among all there are.
    QFuture<Result<std::vector<Batch>>> findBatches(BatchSearch search) { return m_engine.findBatches(std::move(search)); }
    QString accountName(AccountId id) const;
    QString templateTitle(TemplateRef id) const;
    /// "Single messages" for the batch of an account's single sends.
    QString batchName(BatchId id) const;
    QString batchName(const Batch &batch) const;
    /// "43004 · Not a follower" in the present language; of a cause that has no number, its meaning alone.
    QString causeText(const std::string &cause) const;
    /// The same where little room is: "43004", "HTTP 500", else the meaning.
    QString causeShort(const std::string &cause) const;
    CauseWords causeWords(const std::string &cause) const;

    void refresh();
    void setChinese(bool chinese) { m_chinese = chinese; }
    bool chinese() const { return m_chinese; }

Q_SIGNALS:
    void accountsChanged();
    void templatesChanged();
    void batchesChanged();
    void batchNameFound(const QString &name);

private:
    void askFor(BatchId id);
    void take(std::vector<Batch> batches);

    Engine &m_engine;
    std::vector<Account> m_accounts;
    std::vector<Template> m_templates;
    std::vector<Batch> m_batches;
    std::vector<Batch> m_wanted; ///< asked for by their number, the last one first
    std::vector<BatchId> m_askedFor; ///< their answers are not there yet
    QHash<QString, std::optional<BatchId>> m_names; ///< asked for; lower case
    bool m_chinese = false;
    bool m_asked = false;
};

} // namespace songda::ui
