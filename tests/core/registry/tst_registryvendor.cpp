// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registryvendor.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestRegistryVendor : public QObject
{
    Q_OBJECT

private slots:
    void knowsWhoItIs_data();
    void knowsWhoItIs();
    void staysOnTheServer();
};

void TestRegistryVendor::knowsWhoItIs_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QByteArray>("challenge");
    QTest::addColumn<QByteArray>("server");
    QTest::addColumn<RegistryVendor>("vendor");
    const auto row = [](const char *name, const QString &host, const QByteArray &challenge,
                        RegistryVendor vendor, const QByteArray &server = {}) {
        QTest::newRow(name) << host << challenge << server << vendor;
    };
    const QByteArray gitLab =
        R"(Bearer realm="https://gitlab.example/jwt/auth",service="container_registry")";
    row("Azure", u"app.azurecr.io"_s, {}, RegistryVendor::Azure);
    row("not Azure", u"azurecr.io.example"_s, {}, RegistryVendor::Unknown);
    row("GitLab", u"registry.example"_s, gitLab, RegistryVendor::GitLab);
    row("somebody", u"registry.example"_s, R"(Bearer realm="https://x/y",service="registry")",
        RegistryVendor::Unknown);
    row("basic", u"registry.example"_s, R"(Basic realm="container_registry")",
        RegistryVendor::Unknown);
    row("no sign-in", u"localhost:5000"_s, {}, RegistryVendor::Unknown);
    row("Nexus", u"nexus.example"_s, R"(BASIC realm="Sonatype Nexus Repository Manager")",
        RegistryVendor::Nexus);
    row("Nexus with tokens", u"nexus.example"_s, R"(Bearer realm="https://x/v2/token")",
        RegistryVendor::Nexus, "Nexus/3.70.1-02 (OSS)");
    row("before Nexus", u"nexus.example"_s, {}, RegistryVendor::Unknown, "nginx/1.22 Nexus/3");
}

void TestRegistryVendor::knowsWhoItIs()
{
    QFETCH(const QString, host);
    QFETCH(const QByteArray, challenge);
    QFETCH(const QByteArray, server);
    QFETCH(const RegistryVendor, vendor);
    QCOMPARE(vendorOf(host, challenge, server), vendor);
}

void TestRegistryVendor::staysOnTheServer()
{
    const RegistryUrls urls(QUrl(u"https://registry.example:5000"_s));
    for (const auto vendor : {RegistryVendor::Unknown, RegistryVendor::Azure,
                              RegistryVendor::GitLab, RegistryVendor::Nexus}) {
        const QList<QUrl> places =
            tagPlaces(vendor, urls, *RepositoryName::parse(u"team/app"), *Tag::parse(u"1.0"));
        QVERIFY(!places.isEmpty());
        for (const QUrl &place : places)
            QCOMPARE(place.authority(), u"registry.example:5000"_s);
    }
}

QTEST_GUILESS_MAIN(TestRegistryVendor)
#include "tst_registryvendor.moc"
