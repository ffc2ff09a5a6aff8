// SPDX-License-Identifier: Apache-2.0
#include "core/oci/digest.h"

#include <QSet>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Algorithm = Hasher::Algorithm;

class TestDigest : public QObject
{
    Q_OBJECT

private slots:
    void refusesWhatIsNoDigest_data();
    void refusesWhatIsNoDigest();
    void takesWhatFollowsTheGrammar_data();
    void takesWhatFollowsTheGrammar();
    void matchesItsBytes();
    void namesTheHashOfBytes();
    void hasParts();
};

void TestDigest::refusesWhatIsNoDigest_data()
{
    QTest::addColumn<QString>("text");
    const QString hex(64, u'a');
    QTest::newRow("DAT-06 empty") << QString();
    QTest::newRow("DAT-06 63 digits") << u"sha256:"_s + hex.left(63);
    QTest::newRow("DAT-06 65 digits") << QString(u"sha256:"_s + hex + u'a');
    QTest::newRow("DAT-06 upper-case digits") << u"sha256:"_s + hex.toUpper();
    QTest::newRow("one upper-case digit") << QString(u"sha256:A"_s + hex.left(63));
    QTest::newRow("no hexadecimal digit") << QString(u"sha256:g"_s + hex.left(63));
    QTest::newRow("full-width digit") << QString(u"sha256:\uFF11"_s + hex.left(63));
    QTest::newRow("DAT-06 path") << u"sha256:../../x"_s;
    QTest::newRow("DAT-06 upper-case algorithm") << QString(u"SHA256:"_s + hex);
    QTest::newRow("DAT-06 no colon") << hex;
    QTest::newRow("DAT-06 two colons") << QString(u"sha256::"_s + hex);
    QTest::newRow("DAT-06 NUL") << QString(u"sha256:"_s + hex.left(63) + QChar(0));
    QTest::newRow("NUL behind it") << QString(u"sha256:"_s + hex + QChar(0));
    QTest::newRow("line break behind it") << QString(u"sha256:"_s + hex + u'\n');
    QTest::newRow("space in front") << QString(u" sha256:"_s + hex);
    QTest::newRow("DAT-06 sha1") << u"sha1:"_s + hex.left(40);
    QTest::newRow("DAT-06 md5") << u"md5:"_s + hex.left(32);
    QTest::newRow("sha512 with the digits of sha256") << QString(u"sha512:"_s + hex);
    QTest::newRow("only the algorithm") << u"sha256:"_s;
    QTest::newRow("only the hash") << QString(u":"_s + hex);
    QTest::newRow("separator at the end") << QString(u"x+:"_s + hex);
    QTest::newRow("two separators") << QString(u"x++y:"_s + hex);
    QTest::newRow("slash") << u"blake3:a/b"_s;
    QTest::newRow("256 characters") << QString(u"x:"_s + QString(254, u'a'));
}

void TestDigest::refusesWhatIsNoDigest()
{
    QFETCH(QString, text);
    QVERIFY(!Digest::parse(text));
}

void TestDigest::takesWhatFollowsTheGrammar_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("canBeChecked");
    QTest::newRow("sha256") << u"sha256:"_s + QString(64, u'0') << true;
    QTest::newRow("sha512") << u"sha512:"_s + QString(128, u'f') << true;
    QTest::newRow("DAT-08 blake3") << u"blake3:"_s + QString(64, u'a') << false;
    QTest::newRow("DAT-08 separators") << u"x+y.z:abc="_s << false;
    QTest::newRow("all signs") << u"a0_b-c:Az09=_-"_s << false;
    QTest::newRow("255 characters") << QString(u"x:"_s + QString(253, u'a')) << false;
}

void TestDigest::takesWhatFollowsTheGrammar()
{
    QFETCH(QString, text);
    QFETCH(bool, canBeChecked);
    const auto digest = Digest::parse(text);
    QVERIFY(digest);
    QCOMPARE(digest->toString(), text);
    QCOMPARE(digest->hashAlgorithm().has_value(), canBeChecked);
}

void TestDigest::matchesItsBytes()
{
    QVERIFY(Digest::ofBytes("abc").matches("abc"));
    QVERIFY(!Digest::ofBytes("abc").matches("abd"));
    QVERIFY(Digest::ofBytes("abc", Algorithm::Sha512).matches("abc"));
    QVERIFY(Digest::ofBytes({}).matches({}));
    // Nothing can be said for an algorithm that nobody here knows.
    QVERIFY(!Digest::parse(u"none:abc")->matches("abc"));
}

void TestDigest::namesTheHashOfBytes()
{
    // OCI image-spec, "Empty descriptor".
    QCOMPARE(Digest::ofBytes("{}").toString(),
             u"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"_s);
    QCOMPARE(Digest::ofBytes("abc", Algorithm::Sha512).toString().left(20),
             u"sha512:ddaf35a193617"_s);
    QCOMPARE(Digest::fromHash(Hasher::hash("abc"), Algorithm::Sha256), Digest::ofBytes("abc"));
    QCOMPARE(*Digest::parse(Digest::ofBytes("abc").toString()), Digest::ofBytes("abc"));
}

void TestDigest::hasParts()
{
    const auto digest = *Digest::parse(QString(u"sha256:0123456789abcdef"_s + QString(48, u'0')));
    QCOMPARE(digest.algorithm(), u"sha256"_s);
    QCOMPARE(digest.encoded().size(), qsizetype(64));
    QCOMPARE(digest.shortText(), u"0123456789ab"_s);
    QCOMPARE(Digest::parse(u"x:ab")->shortText(), u"ab"_s);
    QCOMPARE(QSet<Digest>({digest, Digest::ofBytes("a"), digest}).size(), qsizetype(2));
}

QTEST_GUILESS_MAIN(TestDigest)
#include "tst_digest.moc"
