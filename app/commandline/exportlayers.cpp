// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "core/transfer/exportlayersjob.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExportLayers)
};

/// Brings the layers of an image to disk, each as a file.
class ExportLayersCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        const auto platform = Platform::parse(invocation().options.value(u"platform"_s));
        if (!platform && invocation().has(u"platform"_s))
            return fail(invalidArgument(Text::tr("Write the platform as OS/ARCH[/VARIANT].")));
        if (const auto read = readNumbers(); !read)
            return fail(read.error());
        openImage([this, platform](const ImageReference &image) {
            const auto form = invocation().has(u"decompress"_s) ? LayerReader::Form::Inflated
                                                                : LayerReader::Form::AsStored;
            run({{image.repository, image.reference(), {platform.value_or(Platform::native())}},
                 invocation().arguments.at(1),
                 form,
                 m_numbers});
        });
    }

    [[nodiscard]] Result<Done> readNumbers()
    {
        if (!invocation().has(u"layer"_s))
            return Done();
        const QStringList words = invocation().options.value(u"layer"_s).split(u',');
        for (const QString &word : words) {
            bool isNumber = false;
            m_numbers.append(word.trimmed().toInt(&isNumber));
            if (!isNumber || m_numbers.last() < 1)
                return invalidArgument(Text::tr("Write --layer with the numbers of layers, as 1,3: "
                                                "1 is the lowest."));
        }
        std::sort(m_numbers.begin(), m_numbers.end());
        m_numbers.erase(std::unique(m_numbers.begin(), m_numbers.end()), m_numbers.end());
        return Done();
    }

    void run(const LayersExport &wanted)
    {
        auto *job = new ExportLayersJob(session(), wanted);
        connect(job, &Job::progressChanged, this, &Job::progressChanged);
        runChild(job, [this](const Result<ExportedImage> &exported) {
            if (!exported)
                return fail(exported.error());
            if (exported->startedOver > 0)
                output().note(startedOverText(exported->startedOver));
            for (qsizetype i = 0; i < exported->layers.size(); ++i)
                list(m_numbers.isEmpty() ? i + 1 : m_numbers.at(i), exported->layers.at(i));
            output().endList();
            succeed(ExitStatus::Done);
        });
    }

    /// A file, and the digest of what is in it.
    void list(qsizetype number, const ExportedLayer &layer)
    {
        const QString digest = layer.digest.toString();
        output().addToList(
            QJsonObject{{u"index"_s, number},
                        {u"digest"_s, digest},
                        {u"file"_s, layer.path},
                        {u"size"_s, layer.size}},
            {QString::number(number), layer.path, QLocale().formattedDataSize(layer.size), digest});
    }

    QList<qsizetype> m_numbers; ///< Of the layers, each once and in order; empty for all.
};

} // namespace

CommandEntry exportLayersEntry()
{
    return {u"export-layers"_s,
            u"REF DIR"_s,
            Text::tr("Each layer of an image as a file, as it is stored, verified."),
            {platformOption(),
             {{u"layer"_s},
              Text::tr("Only these layers, by their numbers, as 1,3: 1 is the lowest."),
              u"NUMBERS"_s},
             {{u"decompress"_s},
              Text::tr("The layers as plain tars, each checked against the configuration of the "
                       "image.")}},
            &makeCommand<ExportLayersCommand>};
}

} // namespace Longshore
