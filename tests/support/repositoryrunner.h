// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fakeregistry.h"
#include "support/programrunner.h"
#include "support/writtenfile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

/// A fake registry with the repository "a", and longshorectl with a file "m.json" for it: an index
/// of nothing, until another one is written.
class RepositoryRunner
{
public:
    explicit RepositoryRunner(const QString &path) : program(path)
    {
        registry.addRepository(QStringLiteral("a"));
        registry.addBlob(QStringLiteral("a"), config);
        write(index);
    }

    static inline const QByteArray index = R"( {"schemaVersion": 2,  "manifests": []} )";
    static inline const QByteArray config = R"({"os" : "linux"})"; ///< That the registry has.
    ProgramRunner program;
    FakeRegistry registry;

    /// \a rest is a tag or a digest, with what sets it off.
    [[nodiscard]] QString image(const QString &rest) const
    {
        return registry.host() + QStringLiteral("/a") + rest;
    }
    [[nodiscard]] ProcessResult run(const QStringList &arguments) const
    {
        return program.run(arguments);
    }
    void write(const QByteArray &bytes) const
    {
        writtenFile(program.filePath(QStringLiteral("m.json")), bytes);
    }
    /// An image with that configuration; it refers to \a subject if there is one.
    [[nodiscard]] static QByteArray imageBytes(const QString &subject = {})
    {
        const auto descriptor = [](const Longshore::MediaType &type, const QString &digest,
                                   qint64 size) {
            return QJsonObject{{QStringLiteral("mediaType"), type.toString()},
                               {QStringLiteral("digest"), digest},
                               {QStringLiteral("size"), size}};
        };
        const auto type = Longshore::MediaType::ociManifest();
        QJsonObject document{
            {QStringLiteral("schemaVersion"), 2},
            {QStringLiteral("mediaType"), type.toString()},
            {QStringLiteral("layers"), QJsonArray()},
            {QStringLiteral("config"),
             descriptor(Longshore::MediaType::parse(u"application/vnd.oci.image.config.v1+json"),
                        Longshore::Digest::ofBytes(config).toString(), config.size())}};
        if (!subject.isEmpty())
            document.insert(QStringLiteral("subject"), descriptor(type, subject, 2));
        return QJsonDocument(document).toJson();
    }
};
