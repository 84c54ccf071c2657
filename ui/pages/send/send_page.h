// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QLabel;
class QTabWidget;

namespace songda::ui {

class BatchForm;
class BatchesPane;
class MessageForm;

/// A batch from a file, the batches there are, or one message by hand.
class SendPage final : public Page {
    Q_OBJECT
public:
    explicit SendPage(const PageContext &context, QWidget *parent = nullptr);

    BatchForm *batchForm() const { return m_form; }
    BatchesPane *batches() const { return m_batches; }
    void showForm();
    void showBatches();
    void look(BatchId batch);
    void searchBatches(const QString &text);
    void refresh() override;
    void userChanged() override;
    void showSnapshot(const Snapshot &snapshot) override;

private:
    PageContext m_context;
    QLabel *m_title;
    QTabWidget *m_tabs;
    BatchForm *m_form;
    BatchesPane *m_batches;
    MessageForm *m_one;
    Texts m_texts;
};

} // namespace songda::ui
