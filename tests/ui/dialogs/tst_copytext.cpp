// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/uitest.h"
#include "ui/dialogs/copytext.h"

#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestCopyText : public QObject
{
    Q_OBJECT

private slots:
    void saysWhenNothingHasToTravel();
    void namesNothingThatIsNotReplaced();
    void saysWhichTagsComeAlong();
    void namesImagesAsTheirFileDoes();
    void cutsALongListOfFailures();
    void letsNothingHostileThrough();
};

void TestCopyText::saysWhenNothingHasToTravel()
{
    QVERIFY(CopyText::totals({3, 0, 2048, 0}).contains(u"2.0 KiB"_s));
    QVERIFY(CopyText::totals({3, 0, 2048, 0}).startsWith(u"Nothing"_s));
    const QString some = CopyText::totals({3, 1, 2048, 1024});
    QVERIFY2(some.contains(u"1.0 KiB of 2.0 KiB"_s), qPrintable(some));
}

void TestCopyText::namesNothingThatIsNotReplaced()
{
    QCOMPARE(CopyText::replaced({}), QString());
}

void TestCopyText::saysWhichTagsComeAlong()
{
    const QList<Tag> one{*Tag::parse(u"sha256-1.sig")};
    const QList<Tag> other{*Tag::parse(u"sha256-2.sig")};
    QCOMPARE(CopyText::attached({}, {}), QString());
    QVERIFY(CopyText::attached(one, {}).contains(u"sha256-1.sig"_s));
    const QString both = CopyText::attached(one, other);
    QVERIFY2(both.contains(u"stay as they are: sha256-2.sig"_s), qPrintable(both));
}

void TestCopyText::namesImagesAsTheirFileDoes()
{
    const RepositoryName repository = *RepositoryName::parse(u"team/app");
    const Digest digest = Digest::ofBytes("x");
    QCOMPARE(CopyText::imageName({{}, repository, *Tag::parse(u"1"), u"reg.lab/app:1"_s, {}}),
             u"reg.lab/app:1"_s);
    QCOMPARE(CopyText::imageName({{}, repository, digest, {}, {}}), digest.toString());
}

void TestCopyText::cutsALongListOfFailures()
{
    QCOMPARE(CopyText::failures({}), QString());
    const QList<Error> errors(500, {Error::Kind::Unsupported, u"No image."_s});
    const QString text = CopyText::failures(errors);
    QCOMPARE(text.count(u"No image."_s), qsizetype(5));
    QVERIFY2(text.contains(u"495 more"_s), qPrintable(text));
}

void TestCopyText::letsNothingHostileThrough()
{
    const RepositoryName repository = *RepositoryName::parse(u"team/app");
    for (const QString &sample : HostileText::samples()) {
        const SourceImage image{{}, repository, Digest::ofBytes("x"), sample, {}};
        for (const QString &text : {CopyText::whyNoRepository(sample), CopyText::whyNoTag(sample),
                                    CopyText::imageName(image), CopyText::whyNoOwnTags({image})})
            QCOMPARE(HostileText::complaintAbout(text), QString());
    }
}

LONGSHORE_UI_TEST(TestCopyText)
#include "tst_copytext.moc"
