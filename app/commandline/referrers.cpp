// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "app/commandline/imagejson.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Referrers)
};

/// Lists what refers to an image: signatures, bills of materials.
class ReferrersCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        openImage([this](const ImageReference &image) {
            if (image.digest)
                return list(image.repository, *image.digest);
            runChild(session().resolve(image.repository, image.reference(),
                                       Session::Priority::Interactive),
                     [this, repository = image.repository](const Result<Descriptor> &found) {
                         if (!found)
                             return fail(found.error());
                         list(repository, found->digest);
                     });
        });
    }

    void list(const RepositoryName &repository, const Digest &digest)
    {
        const QString type = invocation().options.value(u"type"_s);
        runChild(session().listReferrers(repository, digest, type),
                 [this](const Result<QList<Descriptor>> &referrers) {
                     if (!referrers)
                         return fail(referrers.error());
                     report(*referrers);
                 });
    }

    void report(const QList<Descriptor> &referrers)
    {
        const QJsonArray array = referrersJson(referrers);
        for (qsizetype i = 0; i < referrers.size(); ++i) {
            const Descriptor &referrer = referrers.at(i);
            output().addToList(array.at(i), {referrer.digest.toString(), referrer.artifactType,
                                             QLocale().formattedDataSize(referrer.size)});
        }
        output().endList();
        succeed(ExitStatus::Done);
    }
};

} // namespace

CommandEntry referrersEntry()
{
    return {u"referrers"_s,
            u"REF"_s,
            Text::tr("What refers to an image, such as signatures."),
            {{u"type"_s, Text::tr("Only those of this artifact type."), u"TYPE"_s}},
            &makeCommand<ReferrersCommand>};
}

} // namespace Longshore
