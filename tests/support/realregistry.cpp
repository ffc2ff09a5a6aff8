// SPDX-License-Identifier: Apache-2.0
#include "support/realregistry.h"

#include "core/oci/digest.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

static QString registryProgram()
{
    const QString named = qEnvironmentVariable("LONGSHORE_DOCKER_REGISTRY");
    if (!named.isEmpty())
        return named;
    return QStandardPaths::findExecutable(u"docker-registry"_s);
}

bool RealRegistry::isInstalled()
{
    return !registryProgram().isEmpty();
}

static quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

void RealRegistry::writeConfiguration(const Options &options) const
{
    QByteArray yaml = "version: 0.1\nlog: {level: error}\nstorage:\n  filesystem: {rootdirectory: "
                      + storage().toUtf8()
                      + "}\n  delete: {enabled: " + (options.canDelete ? "true" : "false")
                      + "}\n  maintenance: {uploadpurging: {enabled: false}}\n"
                      + (options.cachesBlobs ? "  cache: {blobdescriptor: inmemory}\n" : "")
                      + "http:\n  addr: " + host().toUtf8() + "\n  secret: test\n";
    if (options.hasPassword) {
        const QString passwords = m_folder.filePath(u"htpasswd"_s);
        QFile file(passwords);
        // "demo:secret" by bcrypt; the registry takes nothing else.
        if (file.open(QIODevice::WriteOnly))
            file.write("demo:$2y$05$Wo7F3qhkHg76d1K/1i.EpOUust8C4R9PpITpD68eEoHgX8LRHDRZW\n");
        yaml += "auth:\n  htpasswd: {realm: test, path: " + passwords.toUtf8() + "}\n";
    }
    QFile file(configuration());
    if (file.open(QIODevice::WriteOnly))
        file.write(yaml + options.furtherConfiguration);
}

RealRegistry::RealRegistry(const Options &options) : m_port(freePort())
{
    const QString program = registryProgram();
    if (program.isEmpty()) {
        m_failure = u"docker-registry is not here; tests/run.sh fetches it"_s;
        return;
    }
    writeConfiguration(options);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.start(program, {u"serve"_s, configuration()});
    const bool answers =
        QTest::qWaitFor([this] { return request("GET", u"/v2/"_s).status != 0; }, 20'000);
    if (!answers)
        m_failure = u"docker-registry does not answer"_s;
}

RealRegistry::~RealRegistry()
{
    m_process.kill();
    m_process.waitForFinished();
}

bool RealRegistry::collectGarbage() const
{
    return runProcess(registryProgram(), {u"garbage-collect"_s, configuration()}).exitStatus == 0;
}

RealRegistry::Answer RealRegistry::request(const QByteArray &method, const QString &path,
                                           const QByteArray &body,
                                           const QByteArray &contentType) const
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, m_port);
    if (!socket.waitForConnected(5000))
        return {};
    const QByteArray accept = "application/vnd.oci.image.index.v1+json, "
                              "application/vnd.oci.image.manifest.v1+json, "
                              "application/vnd.docker.distribution.manifest.list.v2+json, "
                              "application/vnd.docker.distribution.manifest.v2+json";
    socket.write(method + ' ' + path.toUtf8() + " HTTP/1.1\r\nHost: " + host().toUtf8()
                 + "\r\nConnection: close\r\nAccept: " + accept + "\r\nAuthorization: Basic "
                 + QByteArray("demo:secret").toBase64() + "\r\nContent-Type: " + contentType
                 + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    while (socket.state() == QAbstractSocket::ConnectedState && socket.waitForReadyRead(10'000)) {}
    const QByteArray all = socket.readAll();
    const qsizetype end = all.indexOf("\r\n\r\n");
    Answer answer{all.mid(9, 3).toInt(), all.mid(end + 4), {}, {}};
    for (const QByteArray &line : all.left(end).split('\n')) {
        if (line.toLower().startsWith("docker-content-digest:"))
            answer.digest = line.mid(22).trimmed();
        if (line.toLower().startsWith("location:"))
            answer.location = line.mid(9).trimmed();
    }
    return answer;
}

QString RealRegistry::pushBlob(const QString &repository, const QByteArray &bytes)
{
    const QString digest = Digest::ofBytes(bytes).toString();
    const Answer session = request("POST", u"/v2/"_s + repository + u"/blobs/uploads/"_s);
    const QUrl location = QUrl::fromEncoded(session.location);
    request("PUT",
            location.path(QUrl::FullyEncoded) + u'?' + location.query(QUrl::FullyEncoded)
                + u"&digest="_s + digest,
            bytes, "application/octet-stream");
    return digest;
}

QString RealRegistry::push(const QString &repository, const QString &tag,
                           const QList<QByteArray> &layers)
{
    QJsonArray layerList;
    QJsonArray diffIds;
    for (const QByteArray &layer : layers) {
        const QString digest = pushBlob(repository, layer);
        diffIds.append(digest);
        layerList.append(QJsonObject{{u"mediaType"_s, u"application/vnd.oci.image.layer.v1.tar"_s},
                                     {u"digest"_s, digest},
                                     {u"size"_s, layer.size()}});
    }
    const QByteArray config =
        QJsonDocument(QJsonObject{{u"architecture"_s, u"amd64"_s},
                                  {u"os"_s, u"linux"_s},
                                  {u"created"_s, u"2025-03-01T12:00:00Z"_s},
                                  {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s},
                                                            {u"diff_ids"_s, diffIds}}}})
            .toJson(QJsonDocument::Compact);
    const QString configDigest = pushBlob(repository, config);
    const QByteArray manifest =
        QJsonDocument(
            QJsonObject{{u"schemaVersion"_s, 2},
                        {u"mediaType"_s, u"application/vnd.oci.image.manifest.v1+json"_s},
                        {u"config"_s, QJsonObject{{u"mediaType"_s,
                                                   u"application/vnd.oci.image.config.v1+json"_s},
                                                  {u"digest"_s, configDigest},
                                                  {u"size"_s, config.size()}}},
                        {u"layers"_s, layerList}})
            .toJson(QJsonDocument::Compact);
    const Answer answer = request("PUT", u"/v2/"_s + repository + u"/manifests/"_s + tag, manifest,
                                  "application/vnd.oci.image.manifest.v1+json");
    return answer.status == 201 ? QString::fromLatin1(answer.digest) : QString();
}

ProcessResult runProcess(const QString &program, const QStringList &arguments,
                         const QByteArray &input)
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    // The servers of a test live in its own event loop, so it must go on.
    const bool isOver =
        QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 120'000);
    if (!isOver || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}
