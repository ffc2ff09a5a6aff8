// SPDX-License-Identifier: Apache-2.0
#include "core/oci/names.h"
#include "core/oci/reference.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestNames : public QObject
{
    Q_OBJECT

private slots:
    void repositoriesFollowTheirGrammar_data();
    void repositoriesFollowTheirGrammar();
    void tagsFollowTheirGrammar_data();
    void tagsFollowTheirGrammar();
    void longHostileNamesAreRefusedQuickly();
    void referenceIsATagOrADigest();
};

void TestNames::repositoriesFollowTheirGrammar_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isValid");
    QTest::newRow("one component") << u"ubuntu"_s << true;
    QTest::newRow("many components") << u"a/b/c/d/e"_s << true;
    QTest::newRow("separators") << u"a.b_c__d-e---f/0"_s << true;
    QTest::newRow("255 characters") << QString(255, u'a') << true;
    QTest::newRow("LST-17 256 characters") << QString(256, u'a') << false;
    QTest::newRow("LST-17 300 characters") << QString(300, u'a') << false;
    QTest::newRow("LST-17 60 levels") << u"a"_s + u"/a"_s.repeated(59) << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("LST-17 upper case") << u"Foo"_s << false;
    QTest::newRow("LST-17 dots") << u"a/../b"_s << false;
    QTest::newRow("only dots") << u".."_s << false;
    QTest::newRow("two dots") << u"a..b"_s << false;
    QTest::newRow("three underscores") << u"a___b"_s << false;
    QTest::newRow("mixed separators") << u"a._b"_s << false;
    QTest::newRow("separator in front") << u"-a"_s << false;
    QTest::newRow("separator behind") << u"a-"_s << false;
    QTest::newRow("slash in front") << u"/a"_s << false;
    QTest::newRow("slash behind") << u"a/"_s << false;
    QTest::newRow("two slashes") << u"a//b"_s << false;
    QTest::newRow("colon") << u"a:b"_s << false;
    QTest::newRow("percent") << u"a%2fb"_s << false;
    QTest::newRow("question mark") << u"a?b"_s << false;
    QTest::newRow("space") << u"a b"_s << false;
    QTest::newRow("umlaut") << u"ä"_s << false;
    QTest::newRow("letter that looks like one of ours") << u"\u0430pp"_s << false;
    QTest::newRow("final line break") << u"a\n"_s << false;
    QTest::newRow("NUL") << u"a\0b"_s << false;
}

void TestNames::repositoriesFollowTheirGrammar()
{
    QFETCH(QString, name);
    QFETCH(bool, isValid);
    const auto repository = RepositoryName::parse(name);
    QCOMPARE(repository.has_value(), isValid);
    QVERIFY(!repository || repository->toString() == name);
}

void TestNames::tagsFollowTheirGrammar_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isValid");
    QTest::newRow("version") << u"v1.2.3-rc.1_amd64"_s << true;
    QTest::newRow("underscore in front") << u"_a"_s << true;
    QTest::newRow("digit in front") << u"1"_s << true;
    QTest::newRow("dots inside") << u"a..b"_s << true;
    QTest::newRow("128 characters") << QString(128, u'T') << true;
    QTest::newRow("LST-12 129 characters") << QString(129, u'T') << false;
    QTest::newRow("LST-12 1 MB") << QString(1'000'000, u'T') << false;
    QTest::newRow("LST-12 empty") << QString() << false;
    QTest::newRow("LST-12 path") << u"../x"_s << false;
    QTest::newRow("LST-12 slash") << u"a/b"_s << false;
    QTest::newRow("LST-12 space") << u"a b"_s << false;
    QTest::newRow("LST-12 percent") << u"%2e"_s << false;
    QTest::newRow("LST-12 override") << u"a\u202Eb"_s << false;
    QTest::newRow("LST-12 NUL") << u"a\0"_s << false;
    QTest::newRow("LST-12 lone surrogate") << QString(u"a"_s + QChar(0xD800)) << false;
    QTest::newRow("dot in front") << u".a"_s << false;
    QTest::newRow("dash in front") << u"-a"_s << false;
    QTest::newRow("plus") << u"1+2"_s << false;
    QTest::newRow("digest as a tag") << QString(u"sha256:"_s + QString(64, u'a')) << false;
    QTest::newRow("digit of another script") << u"\u0661"_s << false;
    QTest::newRow("final line break") << u"a\n"_s << false;
}

void TestNames::tagsFollowTheirGrammar()
{
    QFETCH(QString, name);
    QFETCH(bool, isValid);
    const auto tag = Tag::parse(name);
    QCOMPARE(tag.has_value(), isValid);
    QVERIFY(!tag || tag->toString() == name);
}

void TestNames::longHostileNamesAreRefusedQuickly()
{
    // A grammar that tries every split of the separators would take for ever.
    QVERIFY(!RepositoryName::parse(QString(u"a_"_s.repeated(127) + u'!')));
    QVERIFY(!RepositoryName::parse(QString(u"a"_s + QString(253, u'-') + u'!')));
    QVERIFY(!RepositoryName::parse(QString(10'000'000, u'a')));
}

void TestNames::referenceIsATagOrADigest()
{
    const Reference tag = *Tag::parse(u"latest");
    QVERIFY(tag.tag() && !tag.digest());
    QCOMPARE(tag.toString(), u"latest"_s);
    const Reference digest = Digest::ofBytes("x");
    QVERIFY(digest.digest() && !digest.tag());
    QCOMPARE(digest.toString(), Digest::ofBytes("x").toString());
    QVERIFY(!(tag == digest));
}

QTEST_GUILESS_MAIN(TestNames)
#include "tst_names.moc"
