// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TagAdd)
};

/// Points further tags at an image, byte for byte.
class TagAddCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        const QStringList names = invocation().arguments.mid(1);
        for (const QString &name : names) {
            const auto tag = Tag::parse(name);
            if (!tag)
                return fail(invalidArgument(Text::tr("%1 is no tag.").arg(name)));
            m_tags.append(*tag);
        }
        openImage([this](const ImageReference &image) {
            runChild(session().fetchManifest(image.repository, image.reference(),
                                             Session::Priority::Interactive),
                     [this, image](const Result<Manifest> &manifest) {
                         if (!manifest)
                             return fail(manifest.error());
                         addNext(image.repository, *manifest);
                     });
        });
    }

    void addNext(const RepositoryName &repository, const Manifest &manifest)
    {
        if (m_added.size() == m_tags.size())
            return conclude(manifest, {});
        const Tag tag = m_tags.at(m_added.size());
        runChild(session().resolve(repository, tag, Session::Priority::Interactive),
                 [this, repository, manifest, tag](const Result<Descriptor> &before) {
                     PlacedImage stored{openSession(), repository, tag, manifest.digest};
                     if (before && before->digest != manifest.digest)
                         stored.replaced = before->digest;
                     stored.wasThere = true;
                     add(stored, manifest);
                 });
    }

    void add(const PlacedImage &stored, const Manifest &manifest)
    {
        pushManifest(stored, manifest, [this, stored, manifest](const auto &pushed) {
            if (!pushed)
                return conclude(manifest, pushed.error());
            m_added.append(stored.place.toString());
            if (pushed->listError)
                m_listError = pushed->listError;
            addNext(stored.repository, manifest);
        });
    }

    void conclude(const Manifest &manifest, const std::optional<Error> &error)
    {
        if (error && m_added.isEmpty())
            return fail(*error);
        const QString digest = manifest.digest.toString();
        output().writeResult(
            {{u"digest"_s, digest}, {u"tags"_s, QJsonArray::fromStringList(m_added)}}, digest);
        if (m_listError)
            output().writeRemark(*m_listError, invocation().target());
        if (error)
            output().writeRemark(*error, m_tags.at(m_added.size()).toString());
        succeed(error || m_listError ? ExitStatus::PartlyDone : ExitStatus::Done);
    }

    QList<Tag> m_tags;
    QStringList m_added;
    std::optional<Error> m_listError; ///< Of all of them: it is one list for every tag.
};

} // namespace

CommandEntry tagAddEntry()
{
    return {u"tag add"_s,
            u"REF NEWTAG..."_s,
            Text::tr("Points further tags at the same digest."),
            {},
            &makeCommand<TagAddCommand>};
}

} // namespace Longshore
