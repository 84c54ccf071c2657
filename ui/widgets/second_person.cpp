// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/second_person.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace songda::ui {

namespace {

class SecondPersonTexts {
    Q_DECLARE_TR_FUNCTIONS(SecondPersonTexts)
};

} // namespace

SecondPerson secondPerson(const Approval &approval, const std::string &user) {
    if (!approval.waits())
        return SecondPerson::No;
    return approval.askedFor(user) ? SecondPerson::SomebodyElse : SecondPerson::You;
}

SecondPerson secondPerson(MayLetGo may) {
    switch (may) {
    case MayLetGo::Freely: return SecondPerson::No;
    case MayLetGo::AsSecond: return SecondPerson::You;
    case MayLetGo::NeedsAnother: return SecondPerson::SomebodyElse;
    }
    return SecondPerson::No;
}

QString secondPersonText(SecondPerson who, const Approval &approval) {
    QStringList names;
    for (const std::string &name : approval.askedBy)
        names.append(q(name));
    const QString asked = names.join(QStringLiteral(", "));
    switch (who) {
    case SecondPerson::No: return {};
    case SecondPerson::You: return SecondPersonTexts::tr("So many messages at once take two people. %1 asked; look at it and agree, or leave it.").arg(asked);
    case SecondPerson::SomebodyElse: return SecondPersonTexts::tr("So many messages at once take two people: somebody other than %1 has to agree.").arg(asked);
    }
    return {};
}

} // namespace songda::ui
