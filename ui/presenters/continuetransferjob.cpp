// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/continuetransferjob.h"

#include "core/cleanup/copytransfer.h"
#include "core/layout/layoutsession.h"
#include "core/registry/registrysession.h"
#include "core/transfer/compresslayersjob.h"
#include "core/transfer/planimagecopyjob.h"
#include "ui/presenters/connectionprotection.h"
#include "ui/presenters/openplacejob.h"
#include "ui/presenters/registrypresenter.h"

namespace Longshore::Ui {

ContinueTransferJob::ContinueTransferJob(RegistryPresenter *registries,
                                         const TransferRecord &record, QObject *parent)
    : ResultJob(parent), m_registries(registries), m_record(record)
{}

void ContinueTransferJob::doStart()
{
    if (!m_registries)
        return fail(Error::cancelled());
    runChild(new OpenPlaceJob(*m_registries, m_record.from),
             [this](const Result<std::shared_ptr<Session>> &from) {
                 if (!from)
                     return fail(from.error());
                 begin(*from);
             });
}

void ContinueTransferJob::begin(const std::shared_ptr<Session> &from)
{
    if (const auto *blob = std::get_if<BlobDownload>(&m_record.purpose))
        return run(blobTransfer(from, *blob, m_record.source));
    if (const auto *image = std::get_if<PlaceExport>(&m_record.purpose))
        return run(imageTransfer(from, *image, m_record.source));
    if (!m_registries)
        return fail(Error::cancelled());
    runChild(new OpenPlaceJob(*m_registries, m_record.to),
             [this, from](const Result<std::shared_ptr<Session>> &to) {
                 if (!to)
                     return fail(to.error());
                 const auto &agreed = std::get<AgreedCopy>(m_record.purpose);
                 if (agreed.made)
                     makeAnew(from, *to, agreed);
                 else if (agreed.isCompressed)
                     compressAnew(from, *to, agreed);
                 else
                     plan(from, *to, agreed);
             });
}

/// What was agreed to, for what was made of that image.
static AgreedCopy copyOf(const auto &made, AgreedCopy copy)
{
    copy.wanted.fromRepository = made.repository;
    copy.wanted.from = made.digest;
    return copy;
}

/// Of the same things it becomes the same image.
void ContinueTransferJob::makeAnew(const std::shared_ptr<Session> &base,
                                   const std::shared_ptr<Session> &to, const AgreedCopy &agreed)
{
    runChild(new ExtendImageJob(base.get(), *agreed.made),
             [this, base, to, agreed](const Result<ComposedImage> &made) {
                 if (!made)
                     return fail(made.error());
                 plan(made->files, to, copyOf(*made, agreed));
             });
}

/// So it does here.
void ContinueTransferJob::compressAnew(const std::shared_ptr<Session> &plain,
                                       const std::shared_ptr<Session> &to, const AgreedCopy &agreed)
{
    const auto files = std::dynamic_pointer_cast<LayoutSession>(plain);
    if (!files)
        return fail({Error::Kind::InvalidInput,
                     tr("Only the layers of images in files can be compressed.")});
    runChild(new CompressLayersJob(*files, agreed.wanted.fromRepository, agreed.wanted.from),
             [this, files, to, agreed](const Result<CompressedImage> &made) {
                 if (!made)
                     return fail(made.error());
                 plan(made->files, to, copyOf(*made, agreed));
             });
}

void ContinueTransferJob::plan(const std::shared_ptr<Session> &from,
                               const std::shared_ptr<Session> &to, const AgreedCopy &agreed)
{
    m_from = from;
    m_to = std::dynamic_pointer_cast<RegistrySession>(to);
    if (!m_to)
        return fail({Error::Kind::InvalidInput, tr("Only a registry can take images.")});
    if (const QString objection = objectionToChanges(*m_to); !objection.isEmpty())
        return fail({Error::Kind::Policy, objection});
    runChild(new PlanImageCopyJob(*m_from, *m_to, agreed.wanted),
             [this, agreed](const Result<ImageCopyPlan> &plan) {
                 if (!plan)
                     return fail(plan.error());
                 if (plan->image.digest != agreed.image)
                     return fail({Error::Kind::Changed,
                                  tr("The image is not the one that was to be copied. Nothing was "
                                     "sent.")});
                 if (plan->replaced && plan->replaced != agreed.replaced)
                     return fail(
                         {Error::Kind::Changed,
                          tr("%1 was moved in the meantime and now names %2. Nothing was "
                             "sent.")
                              .arg(agreed.wanted.to.toString(), plan->replaced->toString())});
                 run(copyTransfer(m_from, m_to, *plan, m_record.source));
             });
}

void ContinueTransferJob::run(const TransferTask &task)
{
    m_placed = task.unconfirmed;
    auto *job = task.makeJob(this);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this, task](const Result<TransferOutcome> &outcome) { // Keeps the sessions.
        if (!outcome)
            return fail(outcome.error());
        m_placed.reset(); // It was read back.
        succeed(*outcome);
    });
}

/// However it ends.
void ContinueTransferJob::releaseResources()
{
    if (m_unconfirmed && m_placed && *m_placed)
        *m_unconfirmed = *m_placed;
}

} // namespace Longshore::Ui
