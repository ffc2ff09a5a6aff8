// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/commandline/command.h"
#include "core/transfer/imagecopy.h"

namespace Longshore {

struct BackedCopy;

/// A command that brings an image into a registry, and saves what loses its tag by that.
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
    void note(const BackedCopy &copy, const Session &source, const ImageCopyPlan &plan);
    void noteFailure(const Error &error);
    void report(const BackedCopy &copy);

    bool m_isPlaced = false; ///< See CopyImageJob::placed().
};

} // namespace Longshore
