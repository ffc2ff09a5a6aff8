// SPDX-License-Identifier: Apache-2.0
#include "support/recordedregistry.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace {

const QByteArray recordedHost = "127.0.0.1:5057";

RecordedRegistry::Answer readAnswer(const QJsonObject &object, const QByteArray &host)
{
    const auto bytes = [](const QJsonValue &value) { return value.toString().toLatin1(); };
    RecordedRegistry::Answer answer{bytes(object["method"_L1]),
                                    bytes(object["target"_L1]).split('?').first(),
                                    object["status"_L1].toInt(),
                                    {},
                                    bytes(object["body"_L1])};
    const QJsonArray headers = object["headers"_L1].toArray();
    for (const auto &header : headers)
        answer.headers.emplaceBack(bytes(header[0]), bytes(header[1]).replace(recordedHost, host));
    return answer;
}

HttpSettings askingOnce()
{
    HttpSettings settings;
    settings.retry.attempts = 1;
    return settings;
}

} // namespace

QByteArray RecordedRegistry::Answer::header(const QByteArray &name) const
{
    for (const auto &[known, value] : headers) {
        if (known == name)
            return value;
    }
    return {};
}

RecordedRegistry::RecordedRegistry()
{
    QFile file(QStringLiteral(TEST_DATA "/registry-2.8.2/answers.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no recorded answers");
    const QJsonArray records = QJsonDocument::fromJson(file.readAll()).array();
    for (const auto &record : records)
        m_answers.insert(record["label"_L1].toString(),
                         readAnswer(record.toObject(), host().toLatin1()));
}

RecordedRegistry::Answer RecordedRegistry::answer(const QString &label) const
{
    if (!m_answers.contains(label))
        qFatal("nothing recorded is called \"%s\"", qPrintable(label));
    return m_answers.value(label);
}

QString RecordedRegistry::complaint() const
{
    QStringList complaints = m_complaints;
    for (const QString &label : m_toPlay)
        complaints.append("nobody asked for: "_L1 + label);
    return complaints.join(u'\n');
}

void RecordedRegistry::handle(const TestRequest &request, const TestConnection &connection)
{
    const QByteArray asked = request.method + ' ' + request.path().toLatin1();
    // Qt asks by itself once more when a connection ends before it has seen the answer.
    if (m_toPlay.isEmpty() && request.method == "GET" && asked == m_lastAsked)
        m_toPlay = {m_lastPlayed};
    if (m_toPlay.isEmpty())
        return m_complaints.append("asked for more: "_L1 + QString::fromLatin1(asked));
    const QString label = m_toPlay.takeFirst();
    m_lastAsked = asked;
    m_lastPlayed = label;
    const Answer played = answer(label);
    if (m_requests == Requests::AsRecorded && asked != played.method + ' ' + played.path)
        m_complaints.append(
            "asked for another than %1: %2"_L1.arg(label, QString::fromLatin1(asked)));
    QByteArray head = "HTTP/1.1 " + QByteArray::number(played.status) + " Recorded\r\n";
    for (const auto &[name, value] : played.headers)
        head += name + ": " + value + "\r\n";
    connection.sendRaw(head + "\r\n" + played.body);
    // The registry closes a connection on which it has announced a body that it does not send.
    const bool isCut = played.method != "HEAD"
                       && played.header("Content-Length").toLongLong() > played.body.size();
    if (isCut)
        connection.close();
}

RecordedConnection::RecordedConnection()
    : session(network, *RegistryAddress::parse(registry.host()), u"http"_s, askingOnce())
    , repository(*RepositoryName::parse(u"probe/a"))
{}
