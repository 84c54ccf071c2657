// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QList>
#include <QString>
#include <QXmlStreamReader>

namespace songda::test {

/// One text of the console with its translation.
struct CatalogueEntry {
    QString context;
    QString source;
    QString comment;
    QString translation;
    bool finished = false;

    QString id() const { return context + QLatin1Char('|') + source + QLatin1Char('|') + comment; }
};

inline const QString catalogue = QStringLiteral(SONGDA_SOURCE_DIR "/resources/translations/songda_zh_CN.ts");

inline QList<CatalogueEntry> readCatalogue(const QString &path = catalogue) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<CatalogueEntry> entries;
    QString context;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (xml.name() == QLatin1String("message")) {
            entries.append({context, {}, {}, {}, false});
        } else if (xml.name() == QLatin1String("source")) {
            entries.last().source = xml.readElementText();
        } else if (xml.name() == QLatin1String("comment")) {
            entries.last().comment = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            entries.last().finished = !xml.attributes().hasAttribute(QStringLiteral("type"));
            entries.last().translation = xml.readElementText();
        }
    }
    return entries;
}

} // namespace songda::test
