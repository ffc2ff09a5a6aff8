// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/manifest.h"
#include "core/oci/reference.h"
#include "support/fakeuploads.h"
#include "support/testserver.h"

#include <QMap>

/// A refusal in the words of a registry.
[[nodiscard]] TestAnswer registryRefusal(int status, const QByteArray &code,
                                         const QByteArray &message);

/// A registry in memory that speaks real HTTP over loopback, with switches for what the real one
/// does not do. It remembers the order of all requests.
class FakeRegistry final : public TestServer
{
    Q_OBJECT

public:
    enum class SignIn { None, Basic, Bearer };
    enum class Links { Relative, Absolute, None };

    /// What the registry does; a test changes it at any time.
    struct Behaviour
    {
        SignIn signIn = SignIn::None;
        QByteArray user = "user";
        QByteArray password = "secret";
        bool hasPublicTokens = true; ///< The token server needs no account.
        QUrl realm = {}; ///< For Bearer; its own /token when empty.
        QByteArray readyToken = {}; ///< Lets in whoever shows it, too.
        int catalogStatus = 200;
        int pageSize = 0; ///< 0 hands out everything at once, whatever is asked for.
        Links links = Links::Relative;
        bool ignoresLast = false;
        bool canDelete = true;
        bool canDeleteTags = false; ///< Alone, as few registries can.
        bool listsReferrers = false; ///< And says so when it takes a manifest with a subject.
        bool sendsDigest = true;
        bool knowsHead = true;
        bool knowsRange = true;
        QUrl blobRedirect = {}; ///< Blobs are at this URL + "/" + digest.
    };

    /// Replaces the answer to a request; true when it was answered.
    using Interceptor = std::function<bool(const TestRequest &, const TestConnection &)>;

    explicit FakeRegistry(QObject *parent = nullptr) : TestServer(parent) {}

    Behaviour behaviour;
    FakeUploads uploads{*this};

    void addRepository(const QString &name) { m_repositories[name]; }
    void removeRepository(const QString &name) { m_repositories.remove(name); }
    /// Stores bytes as a blob of the repository and gives their descriptor.
    Longshore::Descriptor addBlob(
        const QString &repository, const QByteArray &bytes,
        const QString &mediaType = QStringLiteral("application/vnd.oci.image.layer.v1.tar+gzip"));
    /// Stores a manifest; empty \a tag for none.
    Longshore::Digest addManifest(const QString &repository, const QString &tag,
                                  const QByteArray &bytes, const Longshore::MediaType &mediaType);
    void setTag(const QString &repository, const QString &tag, const Longshore::Digest &digest);
    void removeTag(const QString &repository, const QString &tag);
    [[nodiscard]] QStringList tags(const QString &repository) const;
    /// What a tag points to; empty where there is none.
    [[nodiscard]] QString tagged(const QString &repository, const QString &tag) const;
    [[nodiscard]] QByteArray blobBytes(const QString &repository,
                                       const Longshore::Digest &digest) const;
    [[nodiscard]] QByteArray manifestBytes(const QString &repository,
                                           const Longshore::Digest &digest) const;
    [[nodiscard]] bool hasManifest(const QString &repository,
                                   const Longshore::Digest &digest) const;

    /// Called before the registry itself; the newest first.
    void intercept(Interceptor interceptor) { m_interceptors.prepend(std::move(interceptor)); }
    void forgetInterceptors() { m_interceptors.clear(); }
    /// Answers the next \a times requests whose method and path match, then steps aside.
    void failNext(const QByteArray &method, const QString &pathPart, const TestAnswer &answer,
                  int times = 1);
    /// Answers a request that an interceptor kept for later.
    void answerNormally(const TestRequest &request, const TestConnection &connection);

protected:
    void handle(const TestRequest &request, const TestConnection &connection) override;

private:
    struct StoredManifest
    {
        QByteArray bytes;
        QString mediaType;
    };

    struct Repository
    {
        QMap<QString, QString> tags; ///< To digests.
        QHash<QString, StoredManifest> manifests;
        QHash<QString, QByteArray> blobs;
    };

    [[nodiscard]] TestAnswer answerTo(const TestRequest &request);
    [[nodiscard]] TestAnswer challenge(const QString &scope) const;
    [[nodiscard]] TestAnswer token(const TestRequest &request);
    [[nodiscard]] bool isAllowed(const TestRequest &request) const;
    [[nodiscard]] QByteArray basicHeader() const;
    [[nodiscard]] TestAnswer catalog(const TestRequest &request) const;
    [[nodiscard]] TestAnswer tagList(const TestRequest &request, const QString &repository) const;
    [[nodiscard]] TestAnswer page(const TestRequest &request, const QByteArray &member,
                                  const QStringList &names) const;
    [[nodiscard]] TestAnswer manifest(const TestRequest &request, Repository &repository,
                                      const QString &reference);
    [[nodiscard]] TestAnswer storage(const TestRequest &request, Repository &repository,
                                     const QString &reference);
    [[nodiscard]] TestAnswer deletion(Repository &repository, const QString &reference);
    [[nodiscard]] TestAnswer tagDeletion(Repository &repository, const QString &tag);
    [[nodiscard]] TestAnswer blob(const TestRequest &request, Repository &repository,
                                  const QString &digest);
    [[nodiscard]] TestAnswer referrers(const Repository &repository, const QString &digest) const;

    QMap<QString, Repository> m_repositories;
    QList<Interceptor> m_interceptors;
    int m_tokenCount = 0;
};
