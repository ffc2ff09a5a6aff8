// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "app/commandline/imagejson.h"
#include "core/session/readimagejob.h"
#include "core/session/readtagdetailsjob.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Inspect)
};

/// Shows everything about an image but its files; of an index, about one of its images.
class InspectCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        openImage([this](const ImageReference &reference) {
            m_reference = reference.toString();
            readTop(reference);
        });
    }

    void readTop(const ImageReference &reference)
    {
        runChild(new ReadImageJob(session(), reference.repository, reference.reference()),
                 [this, repository = reference.repository](const Result<Image> &top) {
                     if (!top)
                         return fail(top.error());
                     readReferrers(repository, *top);
                 });
    }

    void readReferrers(const RepositoryName &repository, const Image &top)
    {
        runChild(session().listReferrers(repository, top.manifest.digest),
                 [this, repository, top](const Result<QList<Descriptor>> &referrers) {
                     if (referrers)
                         m_referrers = *referrers;
                     else
                         m_failure = referrers.error();
                     readOne(repository, top);
                 });
    }

    void readOne(const RepositoryName &repository, const Image &top)
    {
        const ImageIndex *index = top.manifest.index();
        const Descriptor *entry = index ? preferredEntry(*index) : nullptr;
        if (!entry)
            return report(top, top);
        runChild(new ReadImageJob(session(), repository, entry->digest),
                 [this, top](const Result<Image> &image) {
                     if (image)
                         return report(top, *image);
                     m_failure = image.error();
                     report(top, top);
                 });
    }

    void report(const Image &top, const Image &image)
    {
        if (output().isJson())
            output().writeObject(json(top, image));
        else
            writeText(top, image);
        if (image.configError)
            m_failure = image.configError;
        if (!m_failure)
            return succeed(ExitStatus::Done);
        output().writeRemark(*m_failure, invocation().target());
        succeed(ExitStatus::PartlyDone);
    }

    [[nodiscard]] static QStringList platforms(const Image &top, const Image &image)
    {
        QStringList names;
        if (const ImageIndex *index = top.manifest.index()) {
            for (const Descriptor &entry : index->manifests) {
                if (entry.platform && !entry.platform->isUnknown())
                    names.append(entry.platform->toString());
            }
        } else if (image.config && !image.config->platform.os.isEmpty()) {
            names.append(image.config->platform.toString());
        }
        names.removeDuplicates();
        return names;
    }

    [[nodiscard]] QJsonObject json(const Image &top, const Image &image) const
    {
        QJsonArray manifests;
        if (const ImageIndex *index = top.manifest.index()) {
            for (const Descriptor &entry : index->manifests) {
                QJsonObject object = toJson(entry);
                object.insert(u"platform"_s, entry.platform ? QJsonValue(entry.platform->toString())
                                                            : QJsonValue());
                manifests.append(object);
            }
        }
        QJsonObject object = toJson(top.manifest.descriptor());
        object.insert(u"reference"_s, m_reference);
        object.insert(u"platforms"_s, QJsonArray::fromStringList(platforms(top, image)));
        object.insert(u"manifests"_s, manifests);
        object.insert(u"image"_s, image.manifest.image() ? configJson(image) : QJsonValue());
        object.insert(u"layers"_s, layersJson(image));
        object.insert(u"history"_s, historyJson(image));
        object.insert(u"sizes"_s, sizesJson(image));
        object.insert(u"referrers"_s,
                      m_referrers ? QJsonValue(referrersJson(*m_referrers)) : QJsonValue());
        return object;
    }

    void writeText(const Image &top, const Image &image)
    {
        const QLocale locale;
        output().writeField(Text::tr("Reference"), m_reference);
        output().writeField(Text::tr("Digest"), top.manifest.digest.toString());
        output().writeField(Text::tr("Media type"), top.manifest.mediaType.toString());
        output().writeField(Text::tr("Platforms"), platforms(top, image).join(", "_L1));
        if (m_referrers && !m_referrers->isEmpty())
            output().writeField(Text::tr("Referrers"), QString::number(m_referrers->size()));
        const ImageManifest *manifest = image.manifest.image();
        if (!manifest)
            return;
        if (top.manifest.index())
            output().writeField(Text::tr("Image"), image.manifest.digest.toString());
        if (image.config) {
            output().writeField(Text::tr("Created"), image.config->created.toString(Qt::ISODate));
            output().writeField(Text::tr("Entrypoint"), image.config->entrypoint.join(u' '));
            output().writeField(Text::tr("Command"), image.config->command.join(u' '));
        }
        output().writeField(Text::tr("Size"), locale.formattedDataSize(imageSize(*manifest)));
        output().writeField(Text::tr("Layers"), QString::number(manifest->layers.size()));
        const QJsonArray layers = layersJson(image);
        for (const auto &layer : layers)
            output().writeRow({QString::number(layer["index"_L1].toInt()),
                               layer["digest"_L1].toString(),
                               locale.formattedDataSize(layer["size"_L1].toInteger()),
                               layer["createdBy"_L1].toString()});
    }

    QString m_reference;
    std::optional<QList<Descriptor>> m_referrers; ///< Nothing when they could not be read.
    std::optional<Error> m_failure; ///< What kept a part of it from being read.
};

} // namespace

CommandEntry inspectEntry()
{
    return {u"inspect"_s,
            u"REF"_s,
            Text::tr("An image: platforms, layers with history, sizes, referrers."),
            {},
            &makeCommand<InspectCommand>};
}

} // namespace Longshore
