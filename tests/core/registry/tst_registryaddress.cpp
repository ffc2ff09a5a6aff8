// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registryaddress.h"
#include "core/registry/registryurls.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Transport = RegistryAddress::Transport;

class TestRegistryAddress : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatPeopleType_data();
    void readsWhatPeopleType();
    void refusesWhatIsNoAddress_data();
    void refusesWhatIsNoAddress();
    void repeatsNoPassword_data();
    void repeatsNoPassword();
    void knowsWhereRequestsGo_data();
    void knowsWhereRequestsGo();
    void buildsTheEndpoints();
};

void TestRegistryAddress::readsWhatPeopleType_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<QString>("image"); ///< Repository and reference.
    const auto row = [](const QByteArray &text, const char *host, Transport transport,
                        const char *image = "") {
        QTest::newRow(text.constData()) << QString::fromUtf8(text) << QString::fromLatin1(host)
                                        << transport << QString::fromLatin1(image);
    };
    // US-01.1: all of them the same connection.
    row("reg.lab:5000", "reg.lab:5000", Transport::Secure);
    row("https://reg.lab:5000/", "reg.lab:5000", Transport::Secure);
    row("https://reg.lab:5000/v2/", "reg.lab:5000", Transport::Secure);
    row("reg.lab:5000/team/app:1", "reg.lab:5000", Transport::Secure, "team/app 1");
    row("  Reg.LAB:5000 \n", "reg.lab:5000", Transport::Secure);
    row("HTTPS://reg.lab:5000", "reg.lab:5000", Transport::Secure);
    row("reg.lab:5000/", "reg.lab:5000", Transport::Secure);
    row("reg.lab:5000/v2", "reg.lab:5000", Transport::Secure);
    row("https://reg.lab:5000//", "reg.lab:5000", Transport::Secure);
    row("docker://reg.lab:5000/team/app:1", "reg.lab:5000", Transport::Secure, "team/app 1");
    row("https://reg.lab/team/app", "reg.lab", Transport::Secure, "team/app");
    row("https://reg.lab/v2/team/app:2", "reg.lab", Transport::Secure, "team/app 2");
    row("https://registry/app", "registry", Transport::Secure, "app");
    row("http://reg.lab", "reg.lab", Transport::Plain);
    row("http://localhost:5000", "localhost:5000", Transport::Plain);
    row("https://localhost:5000", "localhost:5000", Transport::Secure);
    row("localhost:5000", "localhost:5000", Transport::SecureOrPlain);
    row("127.0.0.1:5000/x", "127.0.0.1:5000", Transport::SecureOrPlain, "x");
    row("[::1]:5000", "[::1]:5000", Transport::SecureOrPlain);
    row("[2001:db8::1]", "[2001:db8::1]", Transport::Secure);
    row("10.0.0.1", "10.0.0.1", Transport::Secure);
    row("docker.io", "docker.io", Transport::Secure);
    row("team/app", "docker.io", Transport::Secure, "team/app");
    row("docker.io/ubuntu:22.04", "docker.io", Transport::Secure, "library/ubuntu 22.04");
    row("https://docker.io/ubuntu:22.04", "docker.io", Transport::Secure, "library/ubuntu 22.04");
    row("https://docker.io/team/app", "docker.io", Transport::Secure, "team/app");
    for (const char *alias :
         {"index.docker.io", "registry-1.docker.io", "Registry.Hub.Docker.com"}) {
        const QByteArray name(alias);
        row(name, "docker.io", Transport::Secure);
        row("https://" + name + "/v2/", "docker.io", Transport::Secure);
        row(name + "/ubuntu", "docker.io", Transport::Secure, "library/ubuntu");
        row("https://" + name + "/team/app:1", "docker.io", Transport::Secure, "team/app 1");
    }
    row("reg.lab:65535", "reg.lab:65535", Transport::Secure);
    row("reg.lab:443", "reg.lab:443", Transport::Secure); // Another name for credentials.
}

void TestRegistryAddress::readsWhatPeopleType()
{
    QFETCH(QString, text);
    const auto address = RegistryAddress::parse(text);
    QVERIFY2(address, address ? "" : qPrintable(address.error().message));
    QTEST(address->host, "host");
    QTEST(address->transport, "transport");
    QString image;
    if (address->repository)
        image = address->repository->toString();
    if (address->reference)
        image += u' ' + address->reference->toString();
    QTEST(image, "image");
}

void TestRegistryAddress::refusesWhatIsNoAddress_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             "  ",
                             "/",
                             "//reg.lab",
                             "https://",
                             "ftp://reg.lab",
                             "file:///etc",
                             "reg lab",
                             "reg.lab:",
                             "reg.lab:http",
                             "reg.lab:0",
                             "reg.lab:65536",
                             "reg.lab:99999",
                             "reg.lab:123456",
                             "-reg.lab",
                             "reg_lab:5000",
                             "::1",
                             "reg.lab?x=1",
                             "reg.lab#x",
                             "https://reg.lab/Team/app",
                             "reg.lab/team/app:",
                             "reg.lab/a//b",
                             "reg.lab/../x",
                             "javascript:alert(1)",
                             "--help",
                             "reg.lab\\x",
                             "[::1]x:5000",
                             "[::1].reg.lab",
                             "[::::::]",
                             "[1:2:3:4:5:6:7:8:9]"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("NUL") << u"reg.lab\0.evil"_s;
    QTest::newRow("look-alike") << u"reg.l\u0430b"_s;
}

void TestRegistryAddress::refusesWhatIsNoAddress()
{
    QFETCH(QString, text);
    const auto address = RegistryAddress::parse(text);
    QVERIFY(!address);
    QCOMPARE(address.error().kind, Error::Kind::InvalidInput);
    QVERIFY(!address.error().message.isEmpty());
}

void TestRegistryAddress::repeatsNoPassword_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"https://me:CANARY@reg.lab", "https://me:CANARY@reg.lab/v2/",
                             "me:CANARY@reg.lab", "me:CANARY@reg.lab/x", "me:CANARY@reg lab"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestRegistryAddress::repeatsNoPassword()
{
    QFETCH(QString, text);
    const auto address = RegistryAddress::parse(text);
    QVERIFY(!address);
    QVERIFY2(address.error().message.contains(u"user name"_s), qPrintable(address.error().message));
    QVERIFY(!QString(address.error().message + address.error().detail).contains(u"CANARY"_s));
}

void TestRegistryAddress::knowsWhereRequestsGo_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    QTest::newRow("host") << u"reg.lab:5000"_s << u"https://reg.lab:5000"_s;
    QTest::newRow("Docker Hub") << u"docker.io"_s << u"https://registry-1.docker.io"_s;
    QTest::newRow("another name of it")
        << u"registry.hub.docker.com"_s << u"https://registry-1.docker.io"_s;
    QTest::newRow("image on Docker Hub") << u"a/b"_s << u"https://registry-1.docker.io"_s;
    QTest::newRow("IPv6") << u"[::1]:5000"_s << u"https://[::1]:5000"_s;
}

void TestRegistryAddress::knowsWhereRequestsGo()
{
    QFETCH(QString, text);
    QFETCH(QString, url);
    QCOMPARE(RegistryAddress::parse(text)->url(u"https"_s).toString(), url);
}

void TestRegistryAddress::buildsTheEndpoints()
{
    const RegistryUrls urls(QUrl(u"https://reg.lab:5000"_s));
    const auto repository = *RepositoryName::parse(u"a/b-c");
    const Digest digest = Digest::ofBytes("x");
    const auto wire = [](const QUrl &url) { return QString::fromLatin1(url.toEncoded()); };
    QCOMPARE(wire(urls.ping()), u"https://reg.lab:5000/v2/"_s);
    QCOMPARE(wire(urls.catalog()), u"https://reg.lab:5000/v2/_catalog"_s);
    QCOMPARE(wire(urls.tags(repository)), u"https://reg.lab:5000/v2/a/b-c/tags/list"_s);
    QCOMPARE(wire(urls.manifest(repository, *Tag::parse(u"v1.0_x"))),
             u"https://reg.lab:5000/v2/a/b-c/manifests/v1.0_x"_s);
    QCOMPARE(wire(urls.manifest(repository, digest)),
             QString(u"https://reg.lab:5000/v2/a/b-c/manifests/"_s + digest.toString()));
    QCOMPARE(wire(urls.blob(repository, digest)),
             QString(u"https://reg.lab:5000/v2/a/b-c/blobs/"_s + digest.toString()));
    // The oddest digest that the grammar takes.
    QCOMPARE(wire(urls.blob(repository, *Digest::parse(u"x+y.z:a=_-"))),
             u"https://reg.lab:5000/v2/a/b-c/blobs/x+y.z:a=_-"_s);
}

QTEST_GUILESS_MAIN(TestRegistryAddress)
#include "tst_registryaddress.moc"
