// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "app/commandline/inputfile.h"
#include "core/base/displaytext.h"
#include "core/oci/schema1signature.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ManifestPut)
};

constexpr qint64 largestKey = 64 * 1024;

/// Uploads a manifest, exactly as it is in its file.
class ManifestPutCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        const auto manifest = readManifest();
        if (!manifest)
            return fail(manifest.error());
        openImage([this, manifest = *manifest](const ImageReference &image) {
            if (image.digest && *image.digest != manifest.digest
                && !image.digest->matches(manifest.bytes))
                return fail({Error::Kind::DigestMismatch,
                             Text::tr("The file has another digest: %1. It was not sent.")
                                 .arg(manifest.digest.toString())});
            lookBefore(image, manifest);
        });
    }

    /// What the tag pointed to belongs into the journal.
    void lookBefore(const ImageReference &image, const Manifest &manifest)
    {
        const PlacedImage stored{openSession(), image.repository,
                                 image.tag ? Reference(*image.tag) : image.reference(),
                                 manifest.digest};
        runChild(session().resolve(stored.repository, stored.place, Session::Priority::Interactive),
                 [this, stored, manifest](const Result<Descriptor> &before) {
                     PlacedImage known = stored;
                     if (before && before->digest != manifest.digest)
                         known.replaced = before->digest;
                     push(known, manifest);
                 });
    }

    /// What will be sent; signed first, if it shall be.
    [[nodiscard]] Result<Manifest> readManifest()
    {
        const QString path = invocation().arguments.value(1);
        const auto bytes =
            invocation().has(u"sign"_s) ? readAndSign(path) : readInputFile(path, largestManifest);
        if (!bytes)
            return bytes.error();
        const auto type = MediaType::parse(invocation().options.value(u"media-type"_s));
        if (invocation().has(u"media-type"_s) && !type.isManifest())
            return invalidArgument(Text::tr("%1 is no media type of a manifest.")
                                       .arg(invocation().options.value(u"media-type"_s)));
        auto manifest = parseManifest(*bytes, type);
        if (!manifest)
            return Error{Error::Kind::InvalidInput, manifest.error().message,
                         manifest.error().detail};
        return manifest;
    }

    [[nodiscard]] Result<QByteArray> readAndSign(const QString &path)
    {
        const QString keyPath = invocation().options.value(u"sign"_s);
        const auto text = readInputFile(keyPath, largestKey);
        if (!text)
            return text.error();
        const auto key = SigningKey::parse(Secret(*text));
        if (!key)
            return key.error();
        if (QFileInfo(keyPath).permissions() & (QFile::ReadGroup | QFile::ReadOther))
            output().note(Text::tr("Others can read the key %1; take that right from them.")
                              .arg(displayText(keyPath)));
        const auto payload = readInputFile(path, largestManifest);
        if (!payload)
            return payload.error();
        return signSchema1(*payload, *key, QDateTime::currentDateTimeUtc());
    }

    void push(const PlacedImage &stored, const Manifest &manifest)
    {
        pushManifest(stored, manifest, [this](const Result<PushedManifest> &pushed) {
            if (pushed)
                report(*pushed);
            else
                fail(pushed.error());
        });
    }

    void report(const PushedManifest &pushed)
    {
        output().writeResult({{u"digest"_s, pushed.digest.toString()}}, pushed.digest.toString());
        if (!pushed.listError)
            return succeed(ExitStatus::Done);
        output().writeRemark(*pushed.listError, invocation().target());
        succeed(ExitStatus::PartlyDone);
    }
};

} // namespace

CommandEntry manifestPutEntry()
{
    return {
        u"manifest put"_s,
        u"REF FILE"_s,
        Text::tr("Uploads a manifest as it is; prints its digest."),
        {{u"media-type"_s, Text::tr("What it is, where the document does not say so."), u"TYPE"_s},
         {u"sign"_s, Text::tr("Sign a schema 1 document with this key first."), u"KEY"_s}},
        &makeCommand<ManifestPutCommand>};
}

} // namespace Longshore
