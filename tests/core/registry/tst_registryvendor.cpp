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
    QTest::addColumn<RegistryVendor>("vendor");
    const auto row = [](const char *name, const QString &host, const QByteArray &challenge,
                        RegistryVendor vendor) {
        QTest::newRow(name) << host << challenge << vendor;
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
}

void TestRegistryVendor::knowsWhoItIs()
{
    QFETCH(const QString, host);
    QFETCH(const QByteArray, challenge);
    QFETCH(const RegistryVendor, vendor);
    QCOMPARE(vendorOf(host, challenge), vendor);
}

void TestRegistryVendor::staysOnTheServer()
{
    const RegistryUrls urls(QUrl(u"https://registry.example:5000"_s));
    for (const auto vendor :
         {RegistryVendor::Unknown, RegistryVendor::Azure, RegistryVendor::GitLab}) {
        const QList<QUrl> places =
            tagPlaces(vendor, urls, *RepositoryName::parse(u"team/app"), *Tag::parse(u"1.0"));
        QVERIFY(!places.isEmpty());
        for (const QUrl &place : places)
            QCOMPARE(place.authority(), u"registry.example:5000"_s);
    }
}

QTEST_GUILESS_MAIN(TestRegistryVendor)
#include "tst_registryvendor.moc"
