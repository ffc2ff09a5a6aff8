// SPDX-License-Identifier: Apache-2.0
#include "core/layout/missingblobs.h"
#include "core/transfer/placeexport.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/realregistry.h"
#include "support/testreferrers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Form = ImagePlace::Form;

/// Exports with what refers to the images.
class TestPlaceExportReferrers : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bringsThemWithTheirTags_data();
    void bringsThemWithTheirTags();
    void bringsNoneUnlessTold();
    void keepsAnArchiveForDocker();
    void callsThemAsTheImagesOfSeveralRepositories();
    void namesThemOnceWhenImagesShareThem();
    void leavesOutWhatAnEarlierExportHolds();
    void tellsWhichCannotComeAlong_data();
    void tellsWhichCannotComeAlong();
    void wantsAFormThatHasAPlaceForThem();

private:
    [[nodiscard]] QString path(const QString &name = u"out"_s) const
    {
        return m_home->filePath(name);
    }
    [[nodiscard]] ImageReference image(const QString &text) const
    {
        return *ImageReference::parse(m_connection->registry.host() + u'/' + text);
    }
    [[nodiscard]] PlaceExport wanted(const QStringList &images, Form form = Form::OciFolder) const
    {
        PlaceExport result{image(images.first()), {}, {form, path()}};
        for (const QString &other : images.mid(1))
            result.others.append(image(other));
        result.withReferrers = true;
        return result;
    }
    [[nodiscard]] Result<ExportedImage> save(const PlaceExport &wanted)
    {
        return outcomeOf(makeExportJob(m_connection->session, wanted));
    }
    /// Of the folder, or of the archive.
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        if (QFileInfo(path()).isFile())
            return runProcess(u"tar"_s, {u"-xOf"_s, path(), name}).output;
        QFile file(path() + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QJsonArray entries() const
    {
        return QJsonDocument::fromJson(content(u"index.json"_s))["manifests"_L1].toArray();
    }
    static QString nameOf(const QJsonValue &entry)
    {
        return entry["annotations"_L1]["org.opencontainers.image.ref.name"_L1].toString();
    }
    /// The names, by what they are about.
    [[nodiscard]] QString nameOf(const Digest &digest) const
    {
        const QJsonArray all = entries();
        for (const QJsonValue &entry : all) {
            if (entry["digest"_L1].toString() == digest.toString())
                return nameOf(entry);
        }
        return u"nothing"_s;
    }
    [[nodiscard]] bool hasBlob(const QByteArray &bytes) const
    {
        return content(u"blobs/sha256/"_s + Digest::ofBytes(bytes).encoded()) == bytes;
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    std::optional<Digest> m_image;
    std::optional<Digest> m_listed; ///< Without a tag.
    std::optional<Digest> m_signature; ///< With one.
};

void TestPlaceExportReferrers::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    FakeRegistry &registry = m_connection->registry;
    m_image = TestImages::addImage(registry, u"a"_s, u"1"_s);
    m_listed = TestReferrers::add(registry, u"a"_s, *m_image, "bill of materials");
    TestReferrers::list(registry, u"a"_s, *m_image, *m_listed);
    m_signature = TestReferrers::sign(registry, u"a"_s, *m_image, "signature");
}

void TestPlaceExportReferrers::bringsThemWithTheirTags_data()
{
    QTest::addColumn<Form>("form");
    QTest::newRow("layout") << Form::OciFolder;
    QTest::newRow("archive") << Form::OciArchive;
}

void TestPlaceExportReferrers::bringsThemWithTheirTags()
{
    QFETCH(const ImagePlace::Form, form);
    PlaceExport all = wanted({u"a:1"_s}, form);
    all.place.name = u"1"_s;
    const auto exported = save(all);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->image.digest, *m_image);
    QCOMPARE(entries().size(), qsizetype(3));
    QCOMPARE(nameOf(*m_image), u"1"_s);
    QCOMPARE(nameOf(*m_signature), TestReferrers::tag(*m_image, u".sig"_s));
    QCOMPARE(nameOf(*m_listed), QString());
    QVERIFY(hasBlob("bill of materials") && hasBlob("signature") && hasBlob("layer one"));
    QVERIFY(content(u"index.json"_s).contains(R"("artifactType":"application/x.signature")"));
    for (const Digest &digest : {*m_image, *m_listed, *m_signature})
        QVERIFY(digest.matches(content(u"blobs/sha256/"_s + digest.encoded())));
}

void TestPlaceExportReferrers::bringsNoneUnlessTold()
{
    PlaceExport alone = wanted({u"a:1"_s});
    alone.withReferrers = false;
    QVERIFY(save(alone));
    QCOMPARE(entries().size(), qsizetype(1));
    QVERIFY(!hasBlob("signature"));
}

void TestPlaceExportReferrers::keepsAnArchiveForDocker()
{
    QVERIFY(save(wanted({u"a:1"_s}, Form::OciArchive)));
    const auto list = QJsonDocument::fromJson(content(u"manifest.json"_s)).array();
    QCOMPARE(list.size(), qsizetype(1)); // What is about an image is none.
    QCOMPARE(list[0]["RepoTags"_L1].toArray(), QJsonArray{image(u"a:1"_s).toString()});
}

void TestPlaceExportReferrers::callsThemAsTheImagesOfSeveralRepositories()
{
    TestImages::addImage(m_connection->registry, u"b"_s, u"1"_s, {.layers = {"other"}});
    QVERIFY(save(wanted({u"a:1"_s, u"b:1"_s}, Form::OciArchive)));
    QCOMPARE(nameOf(*m_image), image(u"a:1"_s).toString());
    QCOMPARE(nameOf(*m_signature),
             image(u"a:"_s + TestReferrers::tag(*m_image, u".sig"_s)).toString());
}

void TestPlaceExportReferrers::namesThemOnceWhenImagesShareThem()
{
    m_connection->registry.setTag(u"a"_s, u"latest"_s, *m_image);
    for (const Form form : {Form::OciArchive, Form::OciFolder}) {
        QVERIFY(save(wanted({u"a:1"_s, u"a:latest"_s}, form)));
        QCOMPARE(entries().size(), qsizetype(4));
        QFile::remove(path());
    }
}

void TestPlaceExportReferrers::leavesOutWhatAnEarlierExportHolds()
{
    PlaceExport first = wanted({u"a:1"_s});
    first.place.path = path(u"old"_s);
    QVERIFY(save(first));
    const Digest later = TestReferrers::add(m_connection->registry, u"a"_s, *m_listed, "later");
    TestReferrers::list(m_connection->registry, u"a"_s, *m_listed, later);
    PlaceExport second = wanted({u"a:1"_s}, Form::OciArchive);
    second.earlier = path(u"old"_s);
    const auto exported = save(second);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QVERIFY(hasBlob("later"));
    QVERIFY(!hasBlob("bill of materials") && !hasBlob("signature") && !hasBlob("layer one"));
    QCOMPARE(entries().size(), qsizetype(4)); // Manifests are always there.
    const auto missing = missingBlobsFromJson(content(u"missing-blobs.json"_s));
    QVERIFY(missing);
    QStringList digests;
    for (const Descriptor &blob : *missing)
        digests.append(blob.digest.toString());
    QVERIFY(digests.contains(Digest::ofBytes("signature").toString()));
    QVERIFY(digests.contains(Digest::ofBytes("bill of materials").toString()));
}

void TestPlaceExportReferrers::tellsWhichCannotComeAlong_data()
{
    bringsThemWithTheirTags_data();
}

/// The image and everything else about it is there.
void TestPlaceExportReferrers::tellsWhichCannotComeAlong()
{
    QFETCH(const ImagePlace::Form, form);
    m_connection->registry.failNext("GET", u"/manifests/"_s + m_listed->toString(), {404});
    const auto exported = save(wanted({u"a:1"_s}, form));
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->leftOutReferrers.size(), qsizetype(1));
    QCOMPARE(exported->leftOutReferrers.first().digest, *m_listed);
    QCOMPARE(entries().size(), qsizetype(2));
    QVERIFY(hasBlob("signature") && hasBlob("layer one") && !hasBlob("bill of materials"));
}

void TestPlaceExportReferrers::wantsAFormThatHasAPlaceForThem()
{
    for (const Form form : {Form::DockerArchive, Form::Folder, Form::RootFiles, Form::StoredLayers})
        QCOMPARE(save(wanted({u"a:1"_s}, form)).error().kind, Error::Kind::InvalidInput);
    QVERIFY(m_connection->registry.requests().isEmpty());
}

QTEST_GUILESS_MAIN(TestPlaceExportReferrers)
#include "tst_placeexport_referrers.moc"
