// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layers/mergedwriter.h"

#include <functional>
#include <memory>
#include <optional>

struct archive;

namespace Longshore {

/// Writes a tar of entries that were read from others, with all that these say of themselves.
/// POSIX.1-2017, pax; extended headers only where they are needed.
class MergedTarWriter final : public MergedWriter
{
public:
    /// Takes the next bytes of the archive.
    using Write = std::function<Result<Done>(QByteArrayView bytes)>;

    /// What \a write fails with ends the archive.
    explicit MergedTarWriter(Write write);
    ~MergedTarWriter() override;

    /// An Error of kind Unsupported where the system cannot write such archives.
    [[nodiscard]] Result<Done> open() override;
    [[nodiscard]] Result<Done> addFolder(const QByteArray &name) override;
    [[nodiscard]] Result<Done> addEntry(archive_entry *entry, const QByteArray &name) override;
    [[nodiscard]] Result<Done> write(QByteArrayView bytes) override;
    [[nodiscard]] Result<Done> addHardLink(const QByteArray &name,
                                           const QByteArray &target) override;
    [[nodiscard]] Result<Done> finish() override;

    /// Of the archive so far, in bytes.
    [[nodiscard]] qint64 size() const noexcept { return m_size; }

private:
    struct Free
    {
        void operator()(archive *writer) const noexcept;
    };
    struct Callbacks;

    [[nodiscard]] Result<Done> addHeader(archive_entry *entry);
    [[nodiscard]] Error failure() const;

    const Write m_write;
    std::unique_ptr<archive, Free> m_writer;
    std::optional<Error> m_writeError; ///< Of what takes the bytes.
    qint64 m_size = 0;
    bool m_isGone = false;
};

} // namespace Longshore
