// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/copycommand.h"

#include "core/transfer/copyimagejob.h"
#include "core/transfer/planimagecopyjob.h"

#include <QCoreApplication>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CopyCommand)
};

} // namespace

void CopyCommand::copyFrom(Session &source, const ImageCopy &wanted)
{
    runChild(new PlanImageCopyJob(source, session(), wanted),
             [this, &source](const Result<ImageCopyPlan> &plan) {
                 if (!plan)
                     return fail(plan.error());
                 carryOut(source, *plan);
             });
}

void CopyCommand::carryOut(Session &source, const ImageCopyPlan &plan)
{
    auto *job = new CopyImageJob(source, session(), plan);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this](const Result<CopiedImage> &copied) {
        if (!copied)
            return fail(copied.error());
        report(*copied);
    });
}

void CopyCommand::report(const CopiedImage &copied)
{
    if (!copied.foreign.isEmpty())
        output().note(Text::tr("%n layer(s) may not be distributed and were left out.", nullptr,
                               static_cast<int>(copied.foreign.size())));
    const QString digest = copied.image.digest.toString();
    QJsonObject object{{u"digest"_s, digest},
                       {u"uploaded"_s, copied.uploaded},
                       {u"skipped"_s, copied.skipped},
                       {u"mounted"_s, copied.mounted}};
    if (copied.replaced) {
        object.insert(u"replaced"_s, copied.replaced->toString());
        output().note(Text::tr("Before, the tag pointed to %1.").arg(copied.replaced->toString()));
    }
    output().writeResult(object, digest);
    if (!copied.listError)
        return succeed(ExitStatus::Done);
    output().writeRemark(*copied.listError, subject());
    succeed(ExitStatus::PartlyDone);
}

} // namespace Longshore
