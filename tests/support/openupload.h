// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesource.h"
#include "core/registry/startuploadjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"

/// Bytes in memory as the body of a request.
class MemorySource final : public Longshore::ByteSource
{
public:
    explicit MemorySource(const QByteArray &bytes) : m_bytes(bytes) {}

    [[nodiscard]] qint64 size() const override { return m_bytes.size(); }
    Longshore::Result<Longshore::Done> begin() override
    {
        m_position = 0;
        return Longshore::Done();
    }
    Longshore::Result<qint64> read(char *data, qint64 maximum) override
    {
        const QByteArray piece = m_bytes.mid(m_position, maximum);
        std::copy(piece.begin(), piece.end(), data);
        m_position += piece.size();
        return piece.size();
    }

private:
    const QByteArray m_bytes;
    qint64 m_position = 0;
};

/// A fake registry, and an upload into its repository "a" that has been begun.
class OpenUpload
{
public:
    OpenUpload()
    {
        const auto started = outcomeOf(new Longshore::StartUploadJob(client(), target));
        if (!started)
            qFatal("no upload can be begun");
        session = started->session;
        registry.forgetRequests();
    }

    [[nodiscard]] Longshore::HttpClient &client() { return connection.session.client(); }
    [[nodiscard]] static std::shared_ptr<MemorySource> source(const QByteArray &bytes)
    {
        return std::make_shared<MemorySource>(bytes);
    }

    FakeConnection connection;
    FakeRegistry &registry = connection.registry;
    Longshore::UploadTarget target{connection.session.urls(),
                                   *Longshore::RepositoryName::parse(u"a")};
    Longshore::UploadSession session;
};
