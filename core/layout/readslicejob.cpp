// SPDX-License-Identifier: Apache-2.0
#include "core/layout/readslicejob.h"

#include "core/base/workerjob.h"

namespace Longshore {

namespace {

constexpr qint64 pieceSize = 256 * 1024;

using Report = std::function<void(qint64 done, qint64 total)>;

Result<Done> stream(const FileSlice &slice, qint64 offset, ByteSink &sink, const Report &report,
                    const CancelFlag &cancelled)
{
    if (auto begun = sink.begin(offset, slice.size); !begun)
        return begun;
    QByteArray piece(pieceSize, Qt::Uninitialized);
    for (qint64 position = offset; position < slice.size;) {
        if (cancelled.load())
            return Error::cancelled();
        const auto count = slice.read(position, piece.data(), pieceSize);
        if (!count)
            return count.error();
        if (auto written = sink.write(QByteArrayView(piece.constData(), *count)); !written)
            return written;
        position += *count;
        report(position - offset, slice.size - offset);
    }
    return sink.finish();
}

} // namespace

ReadSliceJob::ReadSliceJob(Open open, std::shared_ptr<ByteSink> sink, qint64 offset,
                           QObject *parent)
    : ResultJob(parent), m_open(std::move(open)), m_sink(std::move(sink)), m_offset(offset)
{}

void ReadSliceJob::doStart()
{
    // `this` is only used from the mailbox, which dies with the job.
    const Report report = [this, home = m_mailbox.address()](qint64 done, qint64 total) {
        home.post([this, done, total] {
            if (isRunning())
                emit progressChanged(done, total);
        });
    };
    auto *worker = new WorkerJob<Done>([open = m_open, sink = m_sink, offset = m_offset,
                                        report](const CancelFlag &cancelled) -> Result<Done> {
        const auto slice = open();
        if (!slice)
            return slice.error();
        if (offset > slice->size)
            return Error{Error::Kind::InvalidInput, tr("There is nothing so far behind the end.")};
        return stream(*slice, offset, *sink, report, cancelled);
    });
    runChild(worker, [this](const Result<Done> &result) {
        if (!result)
            return fail(result.error());
        succeed(Done());
    });
}

} // namespace Longshore
