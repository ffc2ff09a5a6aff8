// SPDX-License-Identifier: Apache-2.0
#include "core/http/answerreader.h"
#include "fuzz/fuzztarget.h"

using namespace Longshore;

static AnswerReader readInPieces(const QByteArray &input, qsizetype size)
{
    AnswerReader reader;
    for (qsizetype at = 0; at < input.size(); at += size)
        reader.add(QByteArrayView(input).sliced(at, qMin(size, input.size() - at)));
    reader.close();
    return reader;
}

/// Answers to uploads: the same however they are cut, and never more than came.
void fuzz(const QByteArray &input)
{
    AnswerReader whole = readInPieces(input, qMax<qsizetype>(input.size(), 1));
    AnswerReader cut = readInPieces(input, 7);
    require(whole.isWhole() == cut.isWhole() && whole.isBroken() == cut.isBroken());
    require(whole.fields() == cut.fields() && whole.status() == cut.status());
    require(!(whole.isWhole() && whole.isBroken()));
    require(whole.bodyBytes() <= input.size());
    require(whole.takeBody(input.size()) == cut.takeBody(input.size()));
}
