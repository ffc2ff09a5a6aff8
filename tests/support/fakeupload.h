// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/filecontent.h"
#include "core/transfer/uploadblobjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"

#include <QTemporaryDir>

/// A file, and a fake registry that it can be uploaded to.
class FakeUpload
{
public:
    explicit FakeUpload(const QByteArray &bytes) : content(bytes) { write(bytes); }

    FakeConnection connection;
    FakeRegistry &registry = connection.registry;
    QByteArray content;
    qint64 partSize = 0;
    std::optional<Longshore::StartUploadJob::Mount> mount;

    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("blob")); }
    void write(const QByteArray &bytes) const
    {
        QFile file(path());
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
    }

    [[nodiscard]] Longshore::Digest digest() const { return Longshore::Digest::ofBytes(content); }
    [[nodiscard]] Longshore::UploadBlobJob *job()
    {
        const auto file = Longshore::FileContent::open(path(), Longshore::CancelFlag(false));
        return new Longshore::UploadBlobJob(
            connection.session,
            {*Longshore::RepositoryName::parse(u"a"), file ? *file : nullptr, mount, partSize});
    }
    Longshore::Result<Longshore::UploadedBlob> run() { return outcomeOf(job()); }

    /// Whether the registry has exactly our bytes, and no upload is left open.
    [[nodiscard]] bool isStored() const
    {
        return registry.blobBytes(QStringLiteral("a"), digest()) == content
               && registry.uploads.openCount() == 0;
    }
    /// The requests that change something.
    [[nodiscard]] QByteArrayList changes() const
    {
        QByteArrayList result;
        for (const TestRequest &request : registry.requests()) {
            if (request.method != "GET" && request.method != "HEAD")
                result.append(request.method);
        }
        return result;
    }

    /// The Content-Range of each part.
    [[nodiscard]] QByteArrayList ranges() const
    {
        QByteArrayList result;
        for (const TestRequest &request : registry.requests()) {
            if (request.method == "PATCH")
                result.append(request.header("content-range"));
        }
        return result;
    }

private:
    QTemporaryDir m_folder;
};
