// SPDX-License-Identifier: GPL-3.0-or-later
//
// Looks for the marked values in what a run of the tests has left: canary_look FILE-OR-FOLDER ... Exit code 1 and a line for
// each find; what is not there is passed over. --itself shows that it can fail: each value is planted in each of its forms.
#include "tests/canary/canary_search.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <cstdio>
#include <cstring>

namespace {

using namespace songda::canary;

bool findsWhatIsPlanted(const Search &search) {
    QTemporaryDir dir;
    int planted = 0, found = 0;
    for (const Canary &canary : fixed()) {
        for (const QByteArray &form : formsOf(canary.value)) {
            QFile file(dir.filePath(QStringLiteral("log")));
            if (!file.open(QIODevice::WriteOnly) || file.write("a line before\n" + form + "\na line behind\n") < 0)
                return false;
            file.close();
            ++planted;
            found += search.inFile(file.fileName()).isEmpty() ? 0 : 1;
        }
    }
    std::printf("%d planted, %d found\n", planted, found);
    return planted > 0 && found == planted;
}

} // namespace

int main(int argc, char **argv) {
    const songda::canary::Search search(songda::canary::fixed());
    QStringList found;
    if (argc == 2 && std::strcmp(argv[1], "--itself") == 0)
        return findsWhatIsPlanted(search) ? 0 : 1;
    for (int i = 1; i < argc; ++i) {
        const QString path = QString::fromLocal8Bit(argv[i]);
        found << (QFileInfo(path).isDir() ? search.inFolder(path) : search.inFile(path));
    }
    for (const QString &find : std::as_const(found))
        std::printf("%s\n", qPrintable(find));
    std::printf("%d files, %lld bytes looked at, %lld finds\n", search.filesLookedAt(), static_cast<long long>(search.bytesLookedAt()), static_cast<long long>(found.size()));
    return found.isEmpty() ? 0 : 1;
}
