// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "core/session/fetchplatformmanifestjob.h"
#include "core/transfer/downloadblobsjob.h"
#include "core/transfer/inflatelayersjob.h"

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
                if (invocation().has(u"decompress"_s))
                    readContents(image.repository, *manifest);
                else
                    download(image.repository, manifest->image()->layers);
            });
        });
    }

    void download(const RepositoryName &repository, const QList<Descriptor> &layers)
    {
        QList<WantedBlob> blobs;
        for (const Descriptor &layer : layers) {
            const qsizetype number = blobs.size() + 1;
            blobs.append({layer, folder().filePath(storedName(number, layer))});
        }
        auto *job = new DownloadBlobsJob(session(), repository, blobs, SafeFile::Existing::Keep);
        connect(job, &Job::progressChanged, this, &Job::progressChanged);
        runChild(job, [this, blobs](const Result<DownloadedBlobs> &downloaded) {
            if (!downloaded)
                return fail(downloaded.error());
            for (const auto &[layer, path] : blobs)
                list(layer.digest, path, layer.size);
            end();
        });
    }

    void readContents(const RepositoryName &repository, const Manifest &manifest)
    {
        auto *job = new ReadLayerContentsJob(session(), repository, manifest);
        runChild(job, [this, repository](const Result<QList<LayerContent>> &contents) {
            if (!contents)
                return fail(contents.error());
            inflate(repository, *contents);
        });
    }

    void inflate(const RepositoryName &repository, const QList<LayerContent> &contents)
    {
        QList<WantedTar> tars;
        for (const LayerContent &content : contents) {
            const qsizetype number = tars.size() + 1;
            tars.append({content, folder().filePath(plainName(number, content.diffId))});
        }
        auto *job = new InflateLayersJob(session(), repository, folder().path(), tars);
        connect(job, &Job::progressChanged, this, &Job::progressChanged);
        runChild(job, [this, tars](const Result<QList<qint64>> &sizes) {
            if (!sizes)
                return fail(sizes.error());
            for (qsizetype i = 0; i < tars.size(); ++i)
                list(tars.at(i).content.diffId, tars.at(i).path, sizes->at(i));
            end();
        });
    }

    /// Counted from 1, the lowest.
    static QString storedName(qsizetype number, const Descriptor &layer)
    {
        return u"%1_%2%3"_s.arg(number, 2, 10, QLatin1Char('0'))
            .arg(layer.digest.shortText(), layer.mediaType.fileExtension());
    }
    static QString plainName(qsizetype number, const Digest &diffId)
    {
        return u"%1-%2.tar"_s.arg(number, 2, 10, QLatin1Char('0')).arg(diffId.shortText());
    }
    [[nodiscard]] QDir folder() const { return QDir(invocation().arguments.at(1)); }

    /// A file, and the digest of what is in it.
    void list(const Digest &digest, const QString &path, qint64 size)
    {
        ++m_number;
        output().addToList(QJsonObject{{u"index"_s, m_number},
                                       {u"digest"_s, digest.toString()},
                                       {u"file"_s, path},
                                       {u"size"_s, size}},
                           {QString::number(m_number), path, QLocale().formattedDataSize(size),
                            digest.toString()});
    }

    void end()
    {
        output().endList();
        succeed(ExitStatus::Done);
    }

    int m_number = 0; ///< Of the layer that was listed last.
};

} // namespace

CommandEntry exportLayersEntry()
{
    return {u"export-layers"_s,
            u"REF DIR"_s,
            Text::tr("Each layer of an image as a file, as it is stored, verified."),
            {platformOption(),
             {{u"decompress"_s},
              Text::tr("The layers as plain tars, each checked against the configuration of the "
                       "image.")}},
            &makeCommand<ExportLayersCommand>};
}

} // namespace Longshore
