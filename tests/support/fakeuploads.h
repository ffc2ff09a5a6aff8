// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/testserver.h"

class FakeRegistry;

/// The uploads of a FakeRegistry.
///
/// Every answer names another location, with a state that must come back byte for byte: an older
/// one, or one that was encoded anew, is no longer known.
class FakeUploads
{
public:
    struct Behaviour
    {
        QUrl base = {}; ///< Of locations; relative ones when empty.
        QByteArray smallestPart = {}; ///< As OCI-Chunk-Min-Length; none when empty.
        int mountStatus = 201; ///< For blobs that are there; everything but 201 and 202 refuses.
        bool forgetsBroken = false; ///< Like Docker's registry, where nothing can be resumed.
        bool countsOnlyFirstPart = false; ///< In Range, as some registries do.
        bool namesDigest = true; ///< When an upload is finished.
    };

    explicit FakeUploads(FakeRegistry &registry) : m_registry(registry) {}

    Behaviour behaviour;

    /// Nothing when the request is about no upload.
    [[nodiscard]] std::optional<TestAnswer> answerTo(const TestRequest &request);
    [[nodiscard]] qsizetype openCount() const { return m_open.size(); }
    /// Ends every upload without a word.
    void forgetAll() { m_open.clear(); }
    /// As when a connection broke: a part of a body that came without its end.
    void keepBroken(const TestRequest &soFar);

private:
    struct Upload
    {
        QByteArray bytes;
        QByteArray state; ///< As the last location has it.
        qsizetype firstPart = 0;
    };

    [[nodiscard]] TestAnswer start(const TestRequest &request, const QString &repository);
    [[nodiscard]] TestAnswer append(const TestRequest &request, const QString &repository,
                                    const QString &id);
    [[nodiscard]] TestAnswer finish(const TestRequest &request, const QString &repository,
                                    const QString &id);
    [[nodiscard]] TestAnswer describe(int status, const QString &repository, const QString &id);
    [[nodiscard]] bool isKnown(const TestRequest &request, const QString &id) const;

    FakeRegistry &m_registry;
    QHash<QString, Upload> m_open;
    int m_count = 0;
};
