// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/copytransfer.h"

#include "core/base/displaytext.h"
#include "core/cleanup/savebackupjob.h"
#include "core/oci/imagereference.h"
#include "core/registry/registrysession.h"
#include "core/transfer/attemptjob.h"
#include "core/transfer/diskroom.h"
#include "core/transfer/downloadblobjob.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CopyTransfer)
};

ImageReference targetOf(const RegistrySession &target, const ImageCopy &wanted)
{
    ImageReference reference{target.host(), wanted.toRepository, {}, {}};
    if (const Tag *tag = wanted.to.tag())
        reference.tag = *tag;
    else
        reference.digest = *wanted.to.digest();
    return reference;
}

QString remarkOn(const BackedCopy &copy)
{
    QStringList sentences;
    if (copy.copied.replaced && copy.backup)
        sentences.append(
            Text::tr("Before, the tag pointed to %1; that manifest is kept in %2.")
                .arg(copy.copied.replaced->toString(), quotedPath(copy.backup->folder)));
    if (!copy.copied.foreign.isEmpty())
        sentences.append(Text::tr("%n layer(s) may not be distributed and were left out.", nullptr,
                                  static_cast<int>(copy.copied.foreign.size())));
    if (!copy.copied.keptTags.isEmpty())
        sentences.append(Text::tr("%n tag(s) of signatures and the like name something else there, "
                                  "and were left as they are.",
                                  nullptr, static_cast<int>(copy.copied.keptTags.size())));
    if (!copy.copied.leftOutReferrers.isEmpty())
        sentences.append(leftOutText(copy.copied.leftOutReferrers));
    if (copy.copied.startedOver > 0)
        sentences.append(startedOverText(copy.copied.startedOver));
    if (copy.copied.listError)
        sentences.append(Text::tr("The registry does not list everything that refers to it: %1")
                             .arg(copy.copied.listError->message));
    return sentences.join(u' ');
}

qint64 sizeOf(const ImageCopyPlan &plan)
{
    QList<qint64> sizes;
    for (const BlobToCopy &blob : plan.blobs)
        sizes.append(blob.blob.size);
    return totalSize(sizes);
}

/// Keeps \a unconfirmed up to date while \a job runs. What an attempt has left there that was paused
/// stays as long as nothing newer takes its place.
void follow(CopyWithBackupJob *job, const std::shared_ptr<std::optional<PlacedImage>> &unconfirmed,
            const std::function<PlacedImage(const BackedCopy &)> &describe)
{
    const auto isPlaced = std::make_shared<bool>(false);
    QObject::connect(
        job, &CopyWithBackupJob::placing, job,
        [unconfirmed, describe](const BackedCopy &copy) { *unconfirmed = describe(copy); });
    QObject::connect(job, &CopyWithBackupJob::placed, job, [isPlaced] { *isPlaced = true; });
    job->then(job, [unconfirmed, isPlaced, earlier = *unconfirmed](const Result<BackedCopy> &copy) {
        if (!copy && !*isPlaced && !copy.error().isCancelled()
            && copy.error().kind != Error::Kind::Ambiguous)
            *unconfirmed = earlier; // It was refused.
    });
}

} // namespace

PlacedImage placedBy(const BackedCopy &copy, const Session &source,
                     const std::shared_ptr<RegistrySession> &target, const ImageCopyPlan &plan)
{
    return {target,
            plan.wanted.toRepository,
            plan.wanted.to,
            copy.copied.image.digest,
            copy.copied.replaced,
            copy.backup ? copy.backup->folder : QString(),
            &source == target.get() && plan.wanted.fromRepository == plan.wanted.toRepository};
}

TransferTask copyTransfer(const std::shared_ptr<Session> &source,
                          const std::shared_ptr<RegistrySession> &target, const ImageCopyPlan &plan,
                          const QString &from)
{
    const auto unconfirmed = std::make_shared<std::optional<PlacedImage>>();
    const auto makeJob = [source, target, plan, unconfirmed](QObject *parent) {
        const QString folder =
            SaveBackupJob::defaultFolder(target->host(), plan.wanted.toRepository);
        auto *job = new CopyWithBackupJob(*source, *target, plan, folder);
        follow(job, unconfirmed, [source, target, plan](const BackedCopy &copy) {
            return placedBy(copy, *source, target, plan);
        });
        auto *attempt = new AttemptJob<BackedCopy>(
            job,
            [source, target, plan](const BackedCopy &copy) {
                return TransferOutcome{copy.copied.image.digest, sizeOf(plan), remarkOn(copy),
                                       placedBy(copy, *source, target, plan)};
            },
            parent);
        attempt->hold(target->client().permitChanges());
        return attempt;
    };
    TransferTask task{
        {}, from, plan.bytesToSend(), makeJob, targetOf(*target, plan.wanted).toString()};
    task.unconfirmed = unconfirmed;
    task.order =
        TransferOrder{source, target, AgreedCopy{plan.wanted, plan.image.digest, plan.replaced}};
    return task;
}

} // namespace Longshore
