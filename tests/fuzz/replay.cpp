// SPDX-License-Identifier: Apache-2.0
// usage: replay FOLDER    runs a target over every file of its corpus, cut and changed a little
#include "fuzz/fuzztarget.h"

#include <QDirIterator>
#include <QFile>

#include <cstdio>

/// What a fuzzer would try first: each beginning of the input, and each byte another one.
static void runAround(const QByteArray &input)
{
    constexpr qsizetype most = 2000;
    fuzz(input);
    for (qsizetype i = 0; i < qMin(input.size(), most); ++i) {
        fuzz(input.first(i));
        QByteArray changed = input;
        changed[i] = static_cast<char>(changed.at(i) ^ 0x21);
        fuzz(changed);
    }
}

int main(int argc, char *argv[])
{
    int count = 0;
    QDirIterator files(QString::fromLocal8Bit(argc > 1 ? argv[1] : ""), QDir::Files);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            return 1;
        runAround(file.readAll());
        ++count;
    }
    std::printf("%d inputs\n", count);
    return count > 0 ? 0 : 1;
}
