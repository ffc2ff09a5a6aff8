// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/restoreplan.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What belongs to what in a backup; values only.
class TestRestorePlan : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void namesEntriesBeforeTheirIndex();
    void leavesOutWhatTheBackupLacks();
    void namesEachBlobOnce();
    void leavesOutWhatMayNotBeDistributed();
    void givesAnItemForEachTag();
    void namesWhatIsReferredToFirst();

private:
    Digest addImage(const QByteArray &name, const std::optional<Digest> &subject = {},
                    const QByteArray &layerType = "application/vnd.oci.image.layer.v1.tar+gzip");
    Digest addIndex(const QList<Digest> &entries);
    Digest add(const QByteArray &bytes);
    [[nodiscard]] QStringList namesOf(const QList<RestoreItem> &items) const;

    std::optional<Backup> m_backup;
};

void TestRestorePlan::init()
{
    m_backup = Backup{{}, u"reg.lab"_s, *RepositoryName::parse(u"a"), {}, {}, {}, {}};
}

Digest TestRestorePlan::add(const QByteArray &bytes)
{
    const auto manifest = parseManifest(bytes, {});
    if (!manifest)
        qFatal("no manifest: %s", qPrintable(manifest.error().message));
    m_backup->manifests.insert(manifest->digest, *manifest);
    return manifest->digest;
}

static QByteArray descriptor(const QByteArray &type, const Digest &digest)
{
    return R"({"mediaType":")" + type + R"(","digest":")" + digest.toString().toLatin1()
           + R"(","size":7})";
}

Digest TestRestorePlan::addImage(const QByteArray &name, const std::optional<Digest> &subject,
                                 const QByteArray &layerType)
{
    const QByteArray about =
        subject
            ? R"(,"subject":)" + descriptor("application/vnd.oci.image.manifest.v1+json", *subject)
            : QByteArray();
    return add(R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",)"
               R"("config":)"
               + descriptor("application/vnd.oci.image.config.v1+json", Digest::ofBytes(name))
               + R"(,"layers":[)" + descriptor(layerType, Digest::ofBytes("shared")) + "]" + about
               + "}");
}

Digest TestRestorePlan::addIndex(const QList<Digest> &entries)
{
    QByteArray list;
    for (const Digest &entry : entries)
        list += (list.isEmpty() ? "" : ",")
                + descriptor("application/vnd.oci.image.manifest.v1+json", entry);
    return add(R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",)"
               R"("manifests":[)"
               + list + "]}");
}

QStringList TestRestorePlan::namesOf(const QList<RestoreItem> &items) const
{
    QStringList names;
    for (const RestoreItem &item : items)
        names.append(item.reference().toString());
    return names;
}

void TestRestorePlan::namesEntriesBeforeTheirIndex()
{
    const Digest one = addImage("one");
    const Digest two = addImage("two");
    const Digest index = addIndex({one, two, one});
    const QList<Manifest> parts = partsOf(index, m_backup->manifests);
    QCOMPARE(parts.size(), qsizetype(3));
    QCOMPARE(parts.at(0).digest, one);
    QCOMPARE(parts.at(1).digest, two);
    QCOMPARE(parts.at(2).digest, index);
}

void TestRestorePlan::leavesOutWhatTheBackupLacks()
{
    const Digest index = addIndex({Digest::ofBytes("lost")});
    QCOMPARE(partsOf(index, m_backup->manifests).size(), qsizetype(1));
    QVERIFY(partsOf(Digest::ofBytes("lost"), m_backup->manifests).isEmpty());
}

void TestRestorePlan::namesEachBlobOnce()
{
    const Digest index = addIndex({addImage("one"), addImage("two")});
    const QList<Descriptor> blobs = blobsOf(partsOf(index, m_backup->manifests));
    QCOMPARE(blobs.size(), qsizetype(3)); // Two configurations and the layer they share.
}

void TestRestorePlan::leavesOutWhatMayNotBeDistributed()
{
    const Digest image =
        addImage("one", {}, "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
    const QList<Descriptor> blobs = blobsOf(partsOf(image, m_backup->manifests));
    QCOMPARE(blobs.size(), qsizetype(1));
    QCOMPARE(blobs.first().digest, Digest::ofBytes("one"));
}

void TestRestorePlan::givesAnItemForEachTag()
{
    const Digest tagged = addImage("one");
    const Digest untagged = addImage("two");
    const Tag first = *Tag::parse(u"1");
    const Tag second = *Tag::parse(u"latest");
    m_backup->entries = {{tagged, {first, second}}, {untagged, {}}};
    QCOMPARE(namesOf(itemsOf(*m_backup, {})),
             (QStringList{u"1"_s, u"latest"_s, untagged.toString()}));
    QCOMPARE(namesOf(itemsOf(*m_backup, second)), QStringList{u"latest"_s});
    QCOMPARE(namesOf(itemsOf(*m_backup, tagged)), (QStringList{u"1"_s, u"latest"_s}));
    QCOMPARE(namesOf(itemsOf(*m_backup, untagged)), QStringList{untagged.toString()});
    QVERIFY(itemsOf(*m_backup, *Tag::parse(u"2")).isEmpty());
}

void TestRestorePlan::namesWhatIsReferredToFirst()
{
    const Digest image = addImage("image");
    const Digest materials = addImage("materials", image);
    const Digest signature = addImage("signature", materials);
    const Digest other = addImage("other", Digest::ofBytes("stays"));
    m_backup->entries = {{signature, {*Tag::parse(u"signature")}},
                         {materials, {*Tag::parse(u"materials")}},
                         {image, {*Tag::parse(u"image")}},
                         {other, {*Tag::parse(u"other")}}};
    QCOMPARE(namesOf(itemsOf(*m_backup, {})),
             (QStringList{u"image"_s, u"other"_s, u"materials"_s, u"signature"_s}));
}

QTEST_GUILESS_MAIN(TestRestorePlan)
#include "tst_restoreplan.moc"
