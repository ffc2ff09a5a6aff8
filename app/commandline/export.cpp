// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "app/commandline/errortext.h"
#include "app/commandline/leftoutreferrers.h"
#include "core/base/displaytext.h"
#include "core/base/foreachjob.h"
#include "core/transfer/placetemplate.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Export)
};

QJsonArray digestsOf(const QList<Descriptor> &blobs)
{
    QJsonArray digests;
    for (const Descriptor &blob : blobs)
        digests.append(blob.digest.toString());
    return digests;
}

/// Brings images to disk.
class ExportCommand final : public Command
{
public:
    using Command::Command;

    /// Of several images, an error names the one that it is about itself.
    [[nodiscard]] QString subject() const override
    {
        return m_images.size() > 1 ? invocation().arguments.last() : invocation().target();
    }

private:
    void doStart() override
    {
        if (const auto read = readArguments(); !read)
            return fail(read.error());
        const auto next = [this] { findDigests(); };
        m_images.size() > 1 ? openWhole(m_images.first(), next)
                            : openTarget(m_images.first(), next);
    }

    [[nodiscard]] Result<Done> readArguments()
    {
        const QStringList &arguments = invocation().arguments;
        const auto place = ImagePlace::parse(arguments.last());
        if (!place)
            return place.error();
        m_place = *place;
        if (Digest::parse(m_place.name))
            return invalidArgument(
                Text::tr("%1 names a digest, but what is written gets its digest from what it is.")
                    .arg(quotedText(arguments.last())));
        const auto platforms = platformsOrAll();
        if (!platforms)
            return platforms.error();
        m_platforms = *platforms;
        const auto taken = takenName();
        if (!taken)
            return taken.error();
        m_taken = *taken;
        if (const auto earlier = readEarlier(); !earlier)
            return earlier;
        return readImages(arguments.first(arguments.size() - 1));
    }

    [[nodiscard]] Result<Done> readEarlier()
    {
        const QString text = invocation().options.value(u"delta"_s);
        if (!invocation().has(u"delta"_s))
            return Done();
        const auto earlier = ImagePlace::parse(text);
        if (!earlier)
            return earlier.error();
        if (!earlier->holdsImage() || !earlier->name.isEmpty())
            return invalidArgument(Text::tr("Write --delta with the place of an earlier export, "
                                            "without the name of an image: %1.")
                                       .arg(quotedText(text)));
        m_earlier = earlier->path;
        return Done();
    }

    [[nodiscard]] Result<TakenName> takenName() const
    {
        const bool overwrites = invocation().has(u"overwrite"_s);
        const QString word =
            invocation().options.value(u"existing"_s, overwrites ? u"overwrite"_s : u"fail"_s);
        static const QHash<QString, TakenName> words{{u"fail"_s, TakenName::Fail},
                                                     {u"skip"_s, TakenName::Skip},
                                                     {u"overwrite"_s, TakenName::Replace},
                                                     {u"rename"_s, TakenName::Rename}};
        const auto found = words.constFind(word);
        if (found == words.constEnd() || (overwrites && *found != TakenName::Replace))
            return invalidArgument(Text::tr("Write --existing with one of these: fail, skip, "
                                            "overwrite, rename; or --overwrite alone."));
        return *found;
    }

    [[nodiscard]] Result<Done> readImages(const QStringList &arguments)
    {
        for (const QString &argument : arguments) {
            const auto image = ImageReference::parse(argument);
            if (!image)
                return image.error();
            if (!m_images.isEmpty() && image->host != m_images.first().host)
                return invalidArgument(
                    Text::tr("Images that go to one place must come from one registry."));
            m_images.append(*image);
        }
        if (m_images.size() > 1 && !m_place.name.isEmpty())
            return invalidArgument(Text::tr("Several images cannot have one name: name only the "
                                            "folder or file that they shall be in."));
        return Done();
    }

    /// Where they become part of a name, an image is what its tag pointed to then.
    void findDigests()
    {
        QList<qsizetype> unknown;
        for (qsizetype i = 0; i < m_images.size() && hasDigestField(m_place.path); ++i) {
            if (!m_images.at(i).digest)
                unknown.append(i);
        }
        auto *findAll = new ForEachJob<qsizetype, Descriptor>(
            unknown,
            [this](qsizetype i) {
                return session().resolve(m_images.at(i).repository, m_images.at(i).reference(),
                                         Session::Priority::Interactive);
            },
            [this](qsizetype i, const Result<Descriptor> &found) {
                if (found)
                    setDigest(m_images[i], found->digest);
                else if (isRunning())
                    fail(found.error());
            });
        runChild(findAll, [this](const Result<Done> &) { fillIn(); });
    }

    /// With a digest, no tag is meant unless it is written down.
    static void setDigest(ImageReference &image, const Digest &digest)
    {
        image.tag = *image.reference().tag();
        image.digest = digest;
    }

    void fillIn()
    {
        PlaceExport wanted{m_images.first(), m_platforms, m_place, m_taken};
        wanted.others = m_images.mid(1);
        wanted.withChecksums = invocation().has(u"checksums"_s);
        wanted.earlier = m_earlier;
        wanted.withReferrers = invocation().has(u"referrers"_s);
        const auto exports = filledIn(wanted);
        if (!exports)
            return fail(exports.error());
        m_exports = *exports;
        m_isList = m_exports.first().place.path != m_place.path;
        exportNext();
    }

    void exportNext()
    {
        if (m_exports.isEmpty()) {
            if (m_isList)
                output().endList();
            return succeed(ExitStatus::Done);
        }
        const PlaceExport wanted = m_exports.takeFirst();
        auto *job = makeExportJob(session(), wanted);
        connect(job, &Job::progressChanged, this, &Job::progressChanged);
        runChild(job, [this, path = wanted.place.path](const Result<ExportedImage> &result) {
            if (!result)
                return fail(result.error());
            if (!result->foreign.isEmpty())
                output().note(Text::tr("%n layer(s) may not be distributed and were left out.",
                                       nullptr, static_cast<int>(result->foreign.size())));
            tellWhatIsMissing(*result);
            tellWhere(*result, path);
            write(*result, path);
            exportNext();
        });
    }

    void tellWhatIsMissing(const ExportedImage &exported)
    {
        if (!exported.leftOut.isEmpty())
            output().note(Text::tr("%n blob(s) that the earlier export holds were left out. What "
                                   "was exported now can only be used where they are.",
                                   nullptr, static_cast<int>(exported.leftOut.size())));
        for (const QString &deviation : exported.deviations)
            output().note(withoutIsolates(deviation));
        if (exported.startedOver > 0)
            output().note(startedOverText(exported.startedOver));
    }

    void tellWhere(const ExportedImage &exported, const QString &wanted)
    {
        const QString path = quotedPath(wanted);
        if (exported.isSkipped)
            output().note(withoutIsolates(
                Text::tr("%1 was there already, and was left as it is.").arg(path)));
        else if (!exported.renamed.isEmpty())
            output().note(withoutIsolates(Text::tr("%1 was there already. The new file is %2.")
                                              .arg(path, quotedPath(exported.renamed))));
    }

    void write(const ExportedImage &exported, const QString &path)
    {
        QStringList digests{exported.image.digest.toString()};
        for (const Descriptor &image : exported.others)
            digests.append(image.digest.toString());
        QJsonObject object{{u"digest"_s, digests.first()},
                           {u"blobs"_s, exported.blobs},
                           {u"bytes"_s, exported.bytes}};
        const QString file = exported.renamed.isEmpty() ? path : exported.renamed;
        if (!exported.leftOut.isEmpty())
            object.insert("leftOut"_L1, digestsOf(exported.leftOut));
        if (!exported.deviations.isEmpty())
            object.insert("deviations"_L1, QJsonArray::fromStringList(exported.deviations));
        if (exported.startedOver > 0)
            object.insert("startedOver"_L1, exported.startedOver);
        tellLeftOut(exported.leftOutReferrers, output(), object);
        if (exported.isSkipped)
            object.insert("skipped"_L1, true);
        if (m_isList || !exported.renamed.isEmpty())
            object.insert("file"_L1, file);
        if (digests.size() > 1)
            object.insert("digests"_L1, QJsonArray::fromStringList(digests));
        if (m_isList)
            return output().addToList(object, {file, digests.join(u' ')});
        output().writeResult(object, digests.takeFirst());
        for (const QString &digest : std::as_const(digests)) {
            if (!output().isJson())
                output().writeRow({digest});
        }
    }

    QList<ImageReference> m_images; ///< All of one registry.
    ImagePlace m_place; ///< As it was written, with fields for what images fill in.
    QList<Platform> m_platforms; ///< None for all of them.
    TakenName m_taken = TakenName::Fail;
    QString m_earlier; ///< A path; empty for none.
    QList<PlaceExport> m_exports; ///< What is still to be done.
    bool m_isList = false; ///< What is written: where places have fields, there may be several.
};

} // namespace

CommandEntry exportEntry()
{
    return {
        u"export"_s,
        u"REF... PLACE"_s,
        Text::tr(
            "Brings images to disk, verified: oci:DIR[:TAG], oci-archive:FILE[:TAG], "
            "docker-archive:FILE[:REF] or dir:DIR. Several go to one place, with what they "
            "share once. Of one image also the files that its containers see, as one tar: "
            "rootfs:FILE, or as a folder: rootfs-dir:DIR; or its layers: layers:DIR, "
            "layer-tars:DIR. What was broken off is "
            "completed. DIR and FILE may hold {host}, {repository}, {name}, {tag}, {digest} and "
            "{platform}, which each image fills in; images with the same place share it."),
        {platformsOption(),
         {{u"checksums"_s},
          Text::tr("Writes the SHA-256 of every file beside what is exported, as PLACE.sha256, "
                   "which \"sha256sum --check\" takes, and a readable list of what this "
                   "export brought, as the registry stores it, as PLACE.contents.txt.")},
         {{u"referrers"_s},
          Text::tr("Also what refers to the images, such as signatures; for OCI layouts and "
                   "archives.")},
         {{u"overwrite"_s},
          Text::tr("Replaces a file that is there, once the new one is complete.")},
         {{u"delta"_s},
          Text::tr("Leaves out the blobs that an earlier export holds, and lists them in "
                   "missing-blobs.json; for OCI layouts and archives. To import it, bring the "
                   "earlier export into this repository first."),
          u"PLACE"_s},
         {{u"existing"_s},
          Text::tr("What becomes of a file that is there: fail (the default), skip, overwrite, or "
                   "rename, which gives the new file the next name that is free."),
          u"WHAT"_s}},
        &makeCommand<ExportCommand>};
}

} // namespace Longshore
