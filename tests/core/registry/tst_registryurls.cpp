// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registryurls.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestRegistryUrls : public QObject
{
    Q_OBJECT

private slots:
    void nameEveryEndpoint();
    void keepTheBase_data();
    void keepTheBase();
    void nameRights();

private:
    const RepositoryName m_repository = *RepositoryName::parse(u"team/sub__app");
};

void TestRegistryUrls::nameEveryEndpoint()
{
    const RegistryUrls urls(QUrl(u"https://reg.lab:5000"_s));
    const Digest digest = Digest::ofBytes("x");
    const QString api = u"https://reg.lab:5000/v2/"_s;
    const QString repository = api + "team/sub__app"_L1;
    const auto text = [](const QUrl &url) { return QString::fromLatin1(url.toEncoded()); };
    QCOMPARE(text(urls.ping()), api); // With the slash: some know no other.
    QCOMPARE(text(urls.catalog()), api + "_catalog"_L1);
    QCOMPARE(text(urls.tags(m_repository)), repository + "/tags/list"_L1);
    QCOMPARE(text(urls.manifest(m_repository, *Tag::parse(u"1.0"))),
             repository + "/manifests/1.0"_L1);
    QCOMPARE(text(urls.manifest(m_repository, digest)),
             repository + "/manifests/"_L1 + digest.toString());
    QCOMPARE(text(urls.blob(m_repository, digest)), repository + "/blobs/"_L1 + digest.toString());
    QCOMPARE(text(urls.uploads(m_repository)), repository + "/blobs/uploads/"_L1);
    QCOMPARE(text(urls.referrers(m_repository, digest)),
             repository + "/referrers/"_L1 + digest.toString());
}

void TestRegistryUrls::keepTheBase_data()
{
    QTest::addColumn<QString>("base");
    for (const QString &base : {u"https://reg.lab"_s, u"http://127.0.0.1:5000"_s,
                                u"https://[::1]:5000"_s, u"https://registry-1.docker.io"_s})
        QTest::newRow(qPrintable(base)) << base;
}

void TestRegistryUrls::keepTheBase()
{
    QFETCH(QString, base);
    const RegistryUrls urls{QUrl(base)};
    QCOMPARE(urls.base(), QUrl(base));
    QCOMPARE(urls.ping().toString(), base + "/v2/"_L1);
}

void TestRegistryUrls::nameRights()
{
    QCOMPARE(Scope::catalog(), u"registry:catalog:*"_s);
    QCOMPARE(Scope::pull(m_repository), u"repository:team/sub__app:pull"_s);
    QCOMPARE(Scope::push(m_repository), u"repository:team/sub__app:pull,push"_s);
    QCOMPARE(Scope::remove(m_repository), u"repository:team/sub__app:pull,delete"_s);
}

QTEST_GUILESS_MAIN(TestRegistryUrls)
#include "tst_registryurls.moc"
