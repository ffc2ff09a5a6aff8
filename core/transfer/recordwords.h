// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/placeexport.h"
#include "core/transfer/recordmembers.h"

#include <algorithm>
#include <array>

namespace Longshore {

/// How records call the forms in which images are kept.
inline constexpr std::array formWords{
    std::pair{ImagePlace::Form::OciFolder, QLatin1StringView("oci")},
    std::pair{ImagePlace::Form::OciArchive, QLatin1StringView("oci-archive")},
    std::pair{ImagePlace::Form::DockerArchive, QLatin1StringView("docker-archive")},
    std::pair{ImagePlace::Form::Folder, QLatin1StringView("dir")},
    std::pair{ImagePlace::Form::RootFiles, QLatin1StringView("rootfs")},
    std::pair{ImagePlace::Form::RootFolder, QLatin1StringView("rootfs-dir")},
    std::pair{ImagePlace::Form::StoredLayers, QLatin1StringView("layers")},
    std::pair{ImagePlace::Form::PlainLayers, QLatin1StringView("layer-tars")}};

/// How records call what becomes of a name that is taken.
inline constexpr std::array takenNameWords{
    std::pair{TakenName::Fail, QLatin1StringView("fail")},
    std::pair{TakenName::Skip, QLatin1StringView("skip")},
    std::pair{TakenName::Replace, QLatin1StringView("replace")},
    std::pair{TakenName::Rename, QLatin1StringView("rename")}};

/// The word for a value in such a list.
template <typename Words, typename Value>
QString wordFor(const Words &words, Value value)
{
    const auto isMeant = [&](const auto &one) { return one.first == value; };
    return std::find_if(words.begin(), words.end(), isMeant)->second;
}

/// The value for the word that a member is; a wrong one is refused.
template <typename Words>
auto readWord(RecordMembers &members, QLatin1StringView name, const Words &words)
{
    const QString word = members.text(name);
    const auto *found = std::find_if(words.begin(), words.end(),
                                     [&](const auto &one) { return one.second == word; });
    if (found == words.end())
        members.refuse(name);
    return found == words.end() ? words.front().first : found->first;
}

} // namespace Longshore
