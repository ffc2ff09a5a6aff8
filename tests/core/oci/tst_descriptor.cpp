// SPDX-License-Identifier: Apache-2.0
#include "core/oci/descriptor.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

static const QByteArray digestText = "sha256:" + QByteArray(64, 'a');

class TestDescriptor : public QObject
{
    Q_OBJECT

private slots:
    void readsEverything();
    void needsOnlyTypeDigestAndSize();
    void refusesWhatNamesNothing_data();
    void refusesWhatNamesNothing();
    void showsHostileDigestsSafely();

private:
    [[nodiscard]] static QJsonObject object(const QByteArray &members)
    {
        return QJsonDocument::fromJson("{" + members + "}").object();
    }
};

void TestDescriptor::readsEverything()
{
    const auto descriptor = Descriptor::fromJson(
        object(R"("mediaType":"Application/X; a=b","size":9007199254740993,"digest":")" + digestText
               + R"(","urls":["https://a/"],"annotations":{"k":"v"},"artifactType":"t",
             "platform":{"os":"linux","architecture":"arm","variant":"v7"},"data":"e30=")"));
    QVERIFY(descriptor);
    QCOMPARE(descriptor->mediaType.toString(), u"application/x"_s);
    QCOMPARE(descriptor->size, qint64(9007199254740993));
    QCOMPARE(descriptor->digest.toString(), QString::fromLatin1(digestText));
    QCOMPARE(descriptor->urls, QStringList{u"https://a/"_s});
    QCOMPARE(descriptor->annotations, (Annotations{{u"k"_s, u"v"_s}}));
    QCOMPARE(descriptor->artifactType, u"t"_s);
    QCOMPARE(descriptor->platform->toString(), u"linux/arm/v7"_s);
}

void TestDescriptor::needsOnlyTypeDigestAndSize()
{
    const auto descriptor = Descriptor::fromJson(
        object(R"("mediaType":"x","size":0,"digest":")" + digestText
               + R"(","urls":null,"annotations":null,"artifactType":null,"platform":null)"));
    QVERIFY(descriptor);
    QVERIFY(descriptor->urls.isEmpty() && descriptor->annotations.isEmpty());
    QVERIFY(!descriptor->platform);
}

void TestDescriptor::refusesWhatNamesNothing_data()
{
    QTest::addColumn<QByteArray>("members");
    const QByteArray digest = R"("digest":")" + digestText + '"';
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no digest") << QByteArray(R"("mediaType":"x","size":1)");
    QTest::newRow("no size") << QByteArray(R"("mediaType":"x",)" + digest);
    QTest::newRow("no type") << QByteArray(R"("size":1,)" + digest);
    QTest::newRow("empty type") << QByteArray(R"("mediaType":"","size":1,)" + digest);
    QTest::newRow("type is no text") << QByteArray(R"("mediaType":1,"size":1,)" + digest);
    QTest::newRow("DAT-03 negative size") << QByteArray(R"("mediaType":"x","size":-1,)" + digest);
    QTest::newRow("DAT-03 size 2^63")
        << QByteArray(R"("mediaType":"x","size":9223372036854775808,)" + digest);
    QTest::newRow("DAT-03 size 1.5") << QByteArray(R"("mediaType":"x","size":1.5,)" + digest);
    QTest::newRow("DAT-03 size as text") << QByteArray(R"("mediaType":"x","size":"12",)" + digest);
    QTest::newRow("DAT-03 null") << QByteArray(R"("mediaType":"x","size":null,)" + digest);
    QTest::newRow("DAT-06 path as digest")
        << QByteArray(R"("mediaType":"x","size":1,"digest":"sha256:../../x")");
    QTest::newRow("DAT-06 sha1") << QByteArray(R"("mediaType":"x","size":1,"digest":"sha1:)"
                                               + QByteArray(40, 'a') + '"');
    // Readers that ignore case would take the last of them.
    QTest::newRow("a second digest in another case") << QByteArray(
        R"("mediaType":"x","size":1,"Digest":"sha256:)" + QByteArray(64, 'b') + R"(",)" + digest);
    QTest::newRow("a second size in another case")
        << QByteArray(R"("mediaType":"x","size":1,"SIZE":2,)" + digest);
    QTest::newRow("another type in another case")
        << QByteArray(R"("mediatype":"y","mediaType":"x","size":1,)" + digest);
}

void TestDescriptor::refusesWhatNamesNothing()
{
    QFETCH(QByteArray, members);
    const auto descriptor = Descriptor::fromJson(object(members));
    QVERIFY(!descriptor);
    QCOMPARE(descriptor.error().kind, Error::Kind::Protocol);
}

void TestDescriptor::showsHostileDigestsSafely()
{
    const auto descriptor = Descriptor::fromJson(
        object(R"("mediaType":"x","size":1,"digest":"\u202E%1)" + QByteArray(1000, 'a') + '"'));
    QVERIFY(!descriptor);
    QVERIFY(descriptor.error().message.contains(u"\\u{202E}%1aaa"_s));
    QVERIFY(descriptor.error().message.size() < 300);
}

QTEST_GUILESS_MAIN(TestDescriptor)
#include "tst_descriptor.moc"
