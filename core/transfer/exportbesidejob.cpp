// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportbesidejob.h"

#include "core/base/workerjob.h"
#include "core/session/session.h"
#include "core/transfer/contentslist.h"
#include "core/transfer/exportarchivejob.h"
#include "core/transfer/exportrest.h"
#include "core/transfer/packedresult.h"

namespace Longshore {

/// Whether an export was stopped at its very end, and only it can have the name, if anybody has.
static bool goesOnUnder(const QString &path)
{
    const auto packed = PackedResult::in(BlobStage(path));
    return packed && (packed->isAt(path) || !isTaken(path));
}

/// The name under which an export goes on that was broken off, else the next one that is free. What
/// waits for one that something else has by now is passed on.
static Result<QString> nameBeside(const PlaceExport &wanted, const QStringList &tried)
{
    const QString &path = wanted.place.path;
    const QStringList companions = wanted.withChecksums ? endingsBeside() : QStringList();
    QStringList stranded;
    const QString order = orderOf(archiveOf(wanted));
    const QStringList rests = restsOf(path, order);
    for (const QString &rest : rests) {
        if (!tried.contains(rest) && (goesOnUnder(rest) || !isAnyTaken(rest, companions)))
            return rest;
        stranded.append(rest);
    }
    const auto name = freeName(path, [&](const QString &one) {
        return isAnyTaken(one, companions) || isStageOfAnother(one, order);
    });
    if (name) {
        for (const QString &rest : std::as_const(stranded))
            BlobStage::pass(rest, *name);
    }
    return name;
}

ExportBesideJob::ExportBesideJob(Session &session, const PlaceExport &wanted, QObject *parent)
    : ResultJob(parent), m_session(session), m_wanted(wanted)
{}

void ExportBesideJob::chooseName()
{
    // The name to take; nothing for none.
    using Name = std::optional<QString>;
    auto *worker = new WorkerJob<Name>(
        [wanted = m_wanted, tried = m_tried](const CancelFlag &) -> Result<Name> {
            const QString &path = wanted.place.path;
            if (!tried.contains(path) && goesOnUnder(path))
                return Name(path); // Its check sums may be there already, and be in the way.
            if (wanted.taken == TakenName::Skip)
                return isTaken(path) ? Name() : Name(path);
            const auto name = nameBeside(wanted, tried);
            return name ? Result<Name>(Name(*name)) : name.error();
        });
    runChild(worker, [this](const Result<Name> &name) {
        if (!name)
            return fail(name.error());
        if (!*name)
            return skip();
        exportTo(**name);
    });
}

void ExportBesideJob::skip()
{
    runChild(m_session.resolve(m_wanted.source.repository, m_wanted.source.reference(),
                               Session::Priority::Interactive),
             [this](const Result<Descriptor> &image) {
                 if (!image)
                     return fail(image.error());
                 ExportedImage nothing{*image};
                 nothing.isSkipped = true;
                 succeed(nothing);
             });
}

void ExportBesideJob::exportTo(const QString &path)
{
    PlaceExport wanted = m_wanted;
    wanted.place.path = path;
    wanted.taken = TakenName::Fail; // Whoever was quicker keeps the name.
    auto *job = makeExportJob(m_session, wanted);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this, path](const Result<ExportedImage> &exported) {
        if (!exported)
            return tryAnother(path, exported.error());
        ExportedImage result = *exported;
        if (path != m_wanted.place.path)
            result.renamed = path;
        succeed(result);
    });
}

/// What was broken off there may have been for what the name of the image meant before.
void ExportBesideJob::tryAnother(const QString &path, const Error &error)
{
    const auto packed = PackedResult::in(BlobStage(path));
    const bool isOurs = packed && packed->isAt(path);
    const bool isOnlyTheName = error.kind == Error::Kind::LocalFile && isTaken(path) && !isOurs;
    if (!isOnlyTheName || m_tried.contains(path))
        return fail(error);
    m_tried.append(path);
    chooseName();
}

} // namespace Longshore
