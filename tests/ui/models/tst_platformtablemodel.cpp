// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/platformtablemodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestPlatformTableModel : public QObject
{
    Q_OBJECT

private slots:
    void putsAttestationsBelowTheirImage();
    void neverCallsAnAttestationAPlatform();
    void namesAnEntryWithoutPlatformByItsDigest();
    void saysWhenAnAttestationIsAboutNothingHere();
    void letsImagesBeDragged();
    void tellsTheWholeDigestInAToolTip();
    void letsNothingHostileThrough();
};

static Descriptor entry(const QByteArray &name, const QString &platform)
{
    Descriptor descriptor{MediaType::ociManifest(), Digest::ofBytes(name), 1024};
    descriptor.platform = Platform::parse(platform);
    return descriptor;
}

static Descriptor attestation(const QByteArray &name, const Digest &subject)
{
    Descriptor descriptor = entry(name, u"unknown/unknown"_s);
    descriptor.annotations = {{u"vnd.docker.reference.type"_s, u"attestation-manifest"_s},
                              {u"vnd.docker.reference.digest"_s, subject.toString()}};
    return descriptor;
}

static ImageIndex indexOf(const QList<Descriptor> &entries)
{
    ImageIndex index;
    index.manifests = entries;
    return index;
}

void TestPlatformTableModel::putsAttestationsBelowTheirImage()
{
    const Descriptor amd = entry("amd", u"linux/amd64"_s);
    const Descriptor arm = entry("arm", u"linux/arm64/v8"_s);
    PlatformTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setIndex(indexOf({attestation("b", arm.digest), amd, arm, attestation("a", amd.digest)}));
    QCOMPARE(treeText(model, 2), u"linux/amd64 | Image\n"
                                 "about the image above | Attestation\n"
                                 "linux/arm64/v8 | Image\n"
                                 "about the image above | Attestation"_s);
    QCOMPARE(model.descriptor(1).digest, Digest::ofBytes("a"));
    QCOMPARE(model.descriptor(3).digest, Digest::ofBytes("b"));
    QVERIFY(model.isAttestation(1));
    QVERIFY(!model.isAttestation(2));
}

void TestPlatformTableModel::neverCallsAnAttestationAPlatform()
{
    PlatformTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setIndex(
        indexOf({attestation("a", Digest::ofBytes("gone")), entry("b", u"unknown/unknown"_s)}));
    QCOMPARE(model.rowCount(), 2);
    QVERIFY(!treeText(model, PlatformTableModel::ColumnCount).contains(u"unknown"_s));
}

void TestPlatformTableModel::namesAnEntryWithoutPlatformByItsDigest()
{
    PlatformTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setIndex(indexOf({{MediaType::ociManifest(), Digest::ofBytes("x"), 10}}));
    QCOMPARE(model.index(0, 0).data().toString(), Digest::ofBytes("x").shortText());
    QCOMPARE(model.index(0, PlatformTableModel::SizeColumn).data().toString(), u"10 bytes"_s);
}

void TestPlatformTableModel::saysWhenAnAttestationIsAboutNothingHere()
{
    PlatformTableModel model;
    model.setIndex(
        indexOf({entry("amd", u"linux/amd64"_s), attestation("a", Digest::ofBytes("gone"))}));
    QCOMPARE(model.index(1, 0).data().toString(), u"about no image of this index"_s);
}

void TestPlatformTableModel::letsImagesBeDragged()
{
    const Descriptor amd = entry("amd", u"linux/amd64"_s);
    PlatformTableModel model;
    model.setIndex(indexOf({amd, attestation("a", amd.digest)}));
    QVERIFY(model.flags(model.index(0, 0)).testFlag(Qt::ItemIsDragEnabled));
    QVERIFY(!model.flags(model.index(1, 0)).testFlag(Qt::ItemIsDragEnabled));
}

void TestPlatformTableModel::tellsTheWholeDigestInAToolTip()
{
    PlatformTableModel model;
    model.setIndex(indexOf({entry("amd", u"linux/amd64"_s)}));
    QCOMPARE(model.index(0, PlatformTableModel::DigestColumn).data(Qt::ToolTipRole).toString(),
             Digest::ofBytes("amd").toString());
}

void TestPlatformTableModel::letsNothingHostileThrough()
{
    ImageIndex index;
    for (const QString &sample : HostileText::samples()) {
        Descriptor descriptor = entry(sample.toUtf8(), u"linux/amd64"_s);
        descriptor.platform->os = sample;
        descriptor.platform->variant = sample;
        index.manifests.append(descriptor);
    }
    PlatformTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setIndex(index);
    QCOMPARE(HostileText::complaintsAbout(model), QStringList());
    for (int row = 0; row < model.rowCount(); ++row)
        QCOMPARE(HostileText::complaintAbout(platformLabel(model.descriptor(row))), QString());
}

LONGSHORE_UI_TEST(TestPlatformTableModel)
#include "tst_platformtablemodel.moc"
