// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/imageset.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestImageSet : public QObject
{
    Q_OBJECT

private slots:
    void countsWhatImagesShareOnce();
    void knowsARepositoryOfEachBlob();
    void refusesTwoSizesOfOneBlob();

private:
    /// Of one repository, with a layer of that size that others may have too.
    static ImageSet::Image image(const QString &repository, qint64 sharedSize = 3)
    {
        const QByteArray bytes = repository.toUtf8();
        const auto blob = [](const QByteArray &content, qint64 size) {
            return Descriptor{MediaType(), Digest::ofBytes(content), size};
        };
        const ImageManifest content{
            blob("config", 6), {blob("shared", sharedSize), blob(bytes, 10)}, {}, {}, {}};
        const Manifest manifest{bytes, MediaType::ociManifest(),
                                Digest::ofBytes(QByteArray("m" + bytes)), content};
        return {*ImageParts::of(manifest, {}), *RepositoryName::parse(repository)};
    }
};

void TestImageSet::countsWhatImagesShareOnce()
{
    const auto set = ImageSet::of({image(u"a"_s), image(u"b"_s)});
    QVERIFY(set);
    QCOMPARE(set->manifests.size(), qsizetype(2));
    QCOMPARE(set->blobs.size(), qsizetype(4));
    QCOMPARE(set->size(), qint64(1 + 1 + 6 + 3 + 10 + 10));
}

void TestImageSet::knowsARepositoryOfEachBlob()
{
    const auto set = ImageSet::of({image(u"a"_s), image(u"b"_s)});
    QCOMPARE(set->blobs.constFind(Digest::ofBytes("b"))->repository.toString(), u"b"_s);
    QCOMPARE(set->blobs.constFind(Digest::ofBytes("shared"))->repository.toString(), u"a"_s);
}

void TestImageSet::refusesTwoSizesOfOneBlob()
{
    const auto set = ImageSet::of({image(u"a"_s), image(u"b"_s, 4)});
    QVERIFY(!set);
    QCOMPARE(set.error().kind, Error::Kind::Protocol);
}

QTEST_GUILESS_MAIN(TestImageSet)
#include "tst_imageset.moc"
