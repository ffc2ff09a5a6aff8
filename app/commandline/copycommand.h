// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/commandline/command.h"
#include "core/transfer/imagecopy.h"

namespace Longshore {

/// A command that brings an image into a registry.
class CopyCommand : public Command
{
public:
    using Command::Command;

protected:
    /// What --platform names; nothing for all of them. An error when it cannot be read.
    [[nodiscard]] Result<std::optional<Platform>> platform() const;
    /// Brings the image into the registry that is open, reports, and ends the command. \a source
    /// must outlive it.
    void copyFrom(Session &source, const ImageCopy &wanted);

private:
    void carryOut(Session &source, const ImageCopyPlan &plan);
    void report(const CopiedImage &copied);
};

/// The option that names a platform, or all.
[[nodiscard]] QCommandLineOption copiedPlatformOption();

} // namespace Longshore
