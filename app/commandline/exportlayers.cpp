// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "core/session/fetchplatformmanifestjob.h"
#include "core/transfer/downloadblobsjob.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonObject>
#include <QLocale>

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
        openImage([this, platform](const ImageReference &image) {
            auto *job = new FetchPlatformManifestJob(session(), image.repository, image.reference(),
                                                     platform.value_or(Platform::native()));
            runChild(job, [this, image](const Result<Manifest> &manifest) {
                if (!manifest)
                    return fail(manifest.error());
                if (!manifest->image())
                    return fail({Error::Kind::Unsupported, Text::tr("It has no layers.")});
                run(image.repository, manifest->image()->layers);
            });
        });
    }

    void run(const RepositoryName &repository, const QList<Descriptor> &layers)
    {
        const QDir folder(invocation().arguments.at(1));
        for (const Descriptor &layer : layers)
            m_layers.append({layer, folder.filePath(fileName(m_layers.size() + 1, layer))});
        auto *job = new DownloadBlobsJob(session(), repository, m_layers, SafeFile::Existing::Keep);
        connect(job, &Job::progressChanged, this, &Job::progressChanged);
        runChild(job, [this](const Result<DownloadedBlobs> &downloaded) {
            if (!downloaded)
                return fail(downloaded.error());
            list();
        });
    }

    /// Counted from 1, the lowest.
    static QString fileName(qsizetype number, const Descriptor &layer)
    {
        return u"%1_%2%3"_s.arg(number, 2, 10, QLatin1Char('0'))
            .arg(layer.digest.shortText(), layer.mediaType.fileExtension());
    }

    void list()
    {
        int number = 0;
        for (const auto &[layer, path] : std::as_const(m_layers)) {
            output().addToList(QJsonObject{{u"index"_s, ++number},
                                           {u"digest"_s, layer.digest.toString()},
                                           {u"file"_s, path},
                                           {u"size"_s, layer.size}},
                               {QString::number(number), path,
                                QLocale().formattedDataSize(layer.size), layer.digest.toString()});
        }
        output().endList();
        succeed(ExitStatus::Done);
    }

    QList<WantedBlob> m_layers;
};

} // namespace

CommandEntry exportLayersEntry()
{
    return {u"export-layers"_s,
            u"REF DIR"_s,
            Text::tr("Each layer of an image as a file, as it is stored, verified."),
            {platformOption()},
            &makeCommand<ExportLayersCommand>};
}

} // namespace Longshore
