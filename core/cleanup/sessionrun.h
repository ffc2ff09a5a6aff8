// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/runjournal.h"

namespace Longshore {

class RegistrySession;
struct Credentials;
struct PlacedImage;

/// Who somebody is at a registry, for the journal: the name that signs in, "<token>" where a token
/// does it alone, "anonymous" for nobody. Never a secret.
[[nodiscard]] QString userOf(const Credentials &credentials);

/// A run over \a session, which tells what the registry is, as whom it is changed, and by its
/// object name what the connection is called.
[[nodiscard]] JournalRun runOn(const RegistrySession &session, JournalRun::Kind kind,
                               const RepositoryName &repository, const QString &backupFolder = {});

/// An image that a registry has got, as a run that is over.
[[nodiscard]] JournalRun runOf(const PlacedImage &stored);
/// \a run of one item, of whose end nobody has seen anything because of \a error.
[[nodiscard]] JournalRun unverified(JournalRun run, const Error &error);
/// A blob that was changed alone, as a run that is over; \a state is what became of it.
[[nodiscard]] JournalRun runOfBlob(const RegistrySession &session, JournalRun::Kind kind,
                                   const RepositoryName &repository, const Digest &blob,
                                   const JournalResult &state);

} // namespace Longshore
