// SPDX-License-Identifier: Apache-2.0
#include "core/oci/reference.h"

#include <QSet>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestReference : public QObject
{
    Q_OBJECT

private slots:
    void isATagOrADigest();
    void isToldFromOthers();
};

void TestReference::isATagOrADigest()
{
    const Digest digest = Digest::ofBytes("x");
    const Reference tagged = *Tag::parse(u"1.0");
    const Reference pinned = digest;
    QVERIFY(tagged.tag() && !tagged.digest());
    QCOMPARE(tagged.toString(), u"1.0"_s);
    QVERIFY(pinned.digest() && !pinned.tag());
    QCOMPARE(pinned.toString(), digest.toString());
}

void TestReference::isToldFromOthers()
{
    const Digest digest = Digest::ofBytes("x");
    QCOMPARE(Reference(*Tag::parse(u"1")), Reference(*Tag::parse(u"1")));
    QVERIFY(Reference(*Tag::parse(u"1")) != Reference(*Tag::parse(u"2")));
    QVERIFY(Reference(*Tag::parse(digest.shortText())) != Reference(digest));
    const QSet<Reference> set{*Tag::parse(u"1"), digest, *Tag::parse(u"1"), digest};
    QCOMPARE(set.size(), qsizetype(2));
}

QTEST_GUILESS_MAIN(TestReference)
#include "tst_reference.moc"
