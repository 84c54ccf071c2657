// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QLabel;
class QTabWidget;

namespace songda::ui {

class BatchForm;
class MessageForm;
class Notice;

/// One message by hand, or a batch from a file.
class SendPage final : public Page {
    Q_OBJECT
public:
    explicit SendPage(const PageContext &context, QWidget *parent = nullptr);

    BatchForm *batchForm() const { return m_batch; }
    void showBatch();

private:
    QLabel *m_title;
    QTabWidget *m_tabs;
    MessageForm *m_one;
    BatchForm *m_batch;
    Texts m_texts;
};

} // namespace songda::ui
