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
    /// Brings the image into the registry that is open, reports, and ends the command. \a source
    /// must outlive it.
    void copyFrom(Session &source, const ImageCopy &wanted);

private:
    void carryOut(Session &source, const ImageCopyPlan &plan);
    void report(const CopiedImage &copied);
};

} // namespace Longshore
