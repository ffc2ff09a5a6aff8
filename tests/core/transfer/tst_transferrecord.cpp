// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transferrecord.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestTransferRecord : public QObject
{
    Q_OBJECT

private slots:
    void bringsABlobBack();
    void bringsAnImageBack();
    void bringsEveryFormBack_data();
    void bringsEveryFormBack();
    void bringsACopyBack();
    void keepsTheOrder();
    void refusesWhatIsNoTransfer_data();
    void refusesWhatIsNoTransfer();
    void takesTheOthers();
    void refusesWhatIsNoList_data();
    void refusesWhatIsNoList();
    void hidesNothingInWhatItRefuses();
};

static const Digest digest = Digest::ofBytes("layer");
static const RepositoryName repository = *RepositoryName::parse(u"team/app");

static TransferRecord blob(const QString &path = u"/tmp/layer.tar"_s)
{
    return {{u"id-1"_s, {}},
            {},
            BlobDownload{repository, digest, 5, path, SafeFile::Existing::Replace},
            u"team/app:1, layer 1"_s,
            {},
            3,
            5};
}

static TransferRecord image()
{
    return {{{}, u"/tmp/bundle.tar"_s},
            {},
            PlaceExport{{u"/tmp/bundle.tar"_s, repository, Tag::parse(u"1.0"), digest},
                        {Platform{u"linux"_s, u"arm"_s, u"v7"_s, {}, {u"a"_s}}},
                        {ImagePlace::Form::DockerArchive, u"/tmp/out.tar"_s, u"app:1.0"_s},
                        TakenName::Rename},
            u"team/app:1.0"_s};
}

static TransferRecord copy()
{
    return {{u"id-1"_s, {}},
            {u"id-2"_s, {}},
            AgreedCopy{{repository,
                        *Tag::parse(u"1.0"),
                        *RepositoryName::parse(u"b"),
                        *Tag::parse(u"2.0"),
                        {*Platform::parse(u"linux/amd64"_s)},
                        true},
                       digest,
                       Digest::ofBytes("old")},
            u"reg/team/app:1.0"_s,
            u"reg/b:2.0"_s,
            0,
            100};
}

static TransferRecord again(const TransferRecord &record)
{
    const ReadTransfers read = transfersFromJson(transfersToJson({record}));
    if (read.records.size() != 1 || !read.refusals.isEmpty())
        qFatal("%s", qPrintable(read.refusals.join(u'\n')));
    return read.records.constFirst();
}

void TestTransferRecord::bringsABlobBack()
{
    const TransferRecord record = again(blob());
    QCOMPARE(record.from, (TransferPlace{u"id-1"_s, {}}));
    QCOMPARE(record.source, u"team/app:1, layer 1"_s);
    QCOMPARE(record.done, 3);
    QCOMPARE(record.total, 5);
    const auto download = std::get<BlobDownload>(record.purpose);
    QCOMPARE(download.repository, repository);
    QCOMPARE(download.digest, digest);
    QCOMPARE(download.size, 5);
    QCOMPARE(download.path, u"/tmp/layer.tar"_s);
    QCOMPARE(download.existing, SafeFile::Existing::Replace);
}

void TestTransferRecord::bringsAnImageBack()
{
    const TransferRecord record = again(image());
    QCOMPARE(record.from, (TransferPlace{{}, u"/tmp/bundle.tar"_s}));
    QCOMPARE(record.total, -1);
    const auto before = std::get<PlaceExport>(image().purpose);
    const auto wanted = std::get<PlaceExport>(record.purpose);
    QCOMPARE(wanted.source, before.source);
    QCOMPARE(wanted.platforms, before.platforms);
    QCOMPARE(wanted.place, before.place);
    QCOMPARE(wanted.taken, before.taken);
}

void TestTransferRecord::bringsEveryFormBack_data()
{
    using Form = ImagePlace::Form;
    QTest::addColumn<Form>("form");
    QTest::newRow("OCI folder") << Form::OciFolder;
    QTest::newRow("OCI archive") << Form::OciArchive;
    QTest::newRow("Docker archive") << Form::DockerArchive;
    QTest::newRow("folder") << Form::Folder;
    QTest::newRow("files") << Form::RootFiles;
    QTest::newRow("files in a folder") << Form::RootFolder;
    QTest::newRow("layers") << Form::StoredLayers;
    QTest::newRow("plain layers") << Form::PlainLayers;
}

void TestTransferRecord::bringsEveryFormBack()
{
    QFETCH(const ImagePlace::Form, form);
    TransferRecord record = image();
    auto &wanted = std::get<PlaceExport>(record.purpose);
    wanted.place.form = form;
    wanted.others = {{wanted.source.host, repository, Tag::parse(u"2.0"), {}},
                     {wanted.source.host, *RepositoryName::parse(u"b"), {}, digest}};
    wanted.withChecksums = true;
    wanted.withReferrers = true;
    wanted.earlier = u"/tmp/old"_s;
    wanted.layers = {1, 3};
    const auto back = std::get<PlaceExport>(again(record).purpose);
    QCOMPARE(back.place, wanted.place);
    QCOMPARE(back.others, wanted.others);
    QVERIFY(back.withChecksums && back.withReferrers);
    QCOMPARE(back.earlier, wanted.earlier);
    QCOMPARE(back.layers, wanted.layers);
}

void TestTransferRecord::bringsACopyBack()
{
    const TransferRecord record = again(copy());
    QCOMPARE(record.to, (TransferPlace{u"id-2"_s, {}}));
    QCOMPARE(record.target, u"reg/b:2.0"_s);
    const auto before = std::get<AgreedCopy>(copy().purpose);
    const auto agreed = std::get<AgreedCopy>(record.purpose);
    QCOMPARE(agreed.wanted.fromRepository, before.wanted.fromRepository);
    QCOMPARE(agreed.wanted.from, before.wanted.from);
    QCOMPARE(agreed.wanted.toRepository, before.wanted.toRepository);
    QCOMPARE(agreed.wanted.to, before.wanted.to);
    QCOMPARE(agreed.wanted.platforms, before.wanted.platforms);
    QCOMPARE(agreed.wanted.withReferrers, true);
    QCOMPARE(agreed.image, before.image);
    QCOMPARE(agreed.replaced, before.replaced);
}

void TestTransferRecord::keepsTheOrder()
{
    const ReadTransfers read = transfersFromJson(transfersToJson({copy(), blob(), image()}));
    QCOMPARE(read.records.size(), 3);
    QCOMPARE(read.records.at(0).purpose.index(), size_t(2));
    QCOMPARE(read.records.at(1).purpose.index(), size_t(0));
    QCOMPARE(read.records.at(2).purpose.index(), size_t(1));
}

/// The document of one transfer with another value for one member.
static QByteArray changed(const TransferRecord &record, const QString &member,
                          const QJsonValue &value)
{
    QJsonObject document = QJsonDocument::fromJson(transfersToJson({record})).object();
    QJsonObject transfer = document.value("transfers"_L1).toArray().first().toObject();
    transfer.insert(member, value);
    document.insert(u"transfers"_s, QJsonArray{transfer});
    return QJsonDocument(document).toJson();
}

void TestTransferRecord::refusesWhatIsNoTransfer_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, const TransferRecord &record, const QString &member,
                        const QJsonValue &value) {
        QTest::newRow(name) << changed(record, member, value);
    };
    row("unknown kind", blob(), u"kind"_s, u"delete"_s);
    row("no kind", blob(), u"kind"_s, QJsonValue());
    row("relative path", blob(), u"path"_s, u"../layer.tar"_s);
    row("path with NUL", image(), u"path"_s, QString(u"/tmp/a"_s + QChar() + u"b"_s));
    row("path that is a number", blob(), u"path"_s, 7);
    row("path without end", blob(), u"path"_s, QString(u'/' + QString(10'000, u'a')));
    row("repository", blob(), u"repository"_s, u"../../v2"_s);
    row("digest", blob(), u"digest"_s, u"sha256:../x"_s);
    row("size", blob(), u"size"_s, -2);
    row("size that is a text", blob(), u"size"_s, u"5"_s);
    row("whether it replaces", blob(), u"replaces"_s, u"yes"_s);
    row("from nowhere", blob(), u"from"_s, QJsonObject());
    row("from two places", blob(), u"from"_s,
        QJsonObject{{u"connection"_s, u"id"_s}, {u"path"_s, u"/tmp"_s}});
    row("from a relative path", image(), u"from"_s,
        QJsonObject{{u"connection"_s, QString()}, {u"path"_s, u"bundle.tar"_s}});
    row("form", image(), u"form"_s, u"floppy"_s);
    row("name in a Docker archive", image(), u"name"_s, u"not a name"_s);
    row("tag", image(), u"tag"_s, u"-"_s);
    row("taken name", image(), u"taken"_s, u"burn"_s);
    row("relative path of an earlier export", image(), u"earlier"_s, u"old"_s);
    row("no list of others", image(), u"others"_s, u"team/app:2.0"_s);
    row("another", image(), u"others"_s, QJsonArray{QJsonObject{{u"repository"_s, u".."_s}}});
    row("whether to check sums", image(), u"withChecksums"_s, 1);
    row("whether with referrers", image(), u"withReferrers"_s, u"no"_s);
    row("no list of platforms", image(), u"platforms"_s, u"linux"_s);
    row("platform of nothing", image(), u"platforms"_s, QJsonArray{QJsonObject{{u"a"_s, 1}}});
    row("reference", copy(), u"toReference"_s, u"a b"_s);
    row("copy to nowhere", copy(), u"to"_s, QJsonObject());
    row("copy to a file", copy(), u"to"_s,
        QJsonObject{{u"connection"_s, QString()}, {u"path"_s, u"/tmp/x"_s}});
    row("image", copy(), u"image"_s, QString());
    row("done", copy(), u"done"_s, -1);
}

void TestTransferRecord::refusesWhatIsNoTransfer()
{
    QFETCH(QByteArray, json);
    const ReadTransfers read = transfersFromJson(json);
    QVERIFY(read.records.isEmpty());
    QCOMPARE(read.refusals.size(), 1);
}

void TestTransferRecord::takesTheOthers()
{
    QByteArray json = transfersToJson({blob(u"/tmp/a"_s), image(), blob(u"/tmp/c"_s)});
    json.replace("\"image\"", "\"teleport\"");
    const ReadTransfers read = transfersFromJson(json);
    QCOMPARE(read.records.size(), 2);
    QCOMPARE(read.refusals,
             QStringList{u"A transfer of the last time cannot be continued: its kind is "
                         "\u2068teleport\u2069."_s});
}

void TestTransferRecord::refusesWhatIsNoList_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("{ not json");
    QTest::newRow("later version") << QByteArray(R"({"version":5,"transfers":[]})");
    QTest::newRow("no version") << QByteArray(R"({"transfers":[]})");
    QTest::newRow("no list") << QByteArray(R"({"version":1,"transfers":{}})");
    QTest::newRow("too many") << QByteArray(R"({"version":1,"transfers":[)"
                                            + QByteArray("1,").repeated(10'000) + "1]}");
    QTest::newRow("two lists") << QByteArray(R"({"version":1,"transfers":[],"transfers":[]})");
    QTest::newRow("too deep") << QByteArray(R"({"version":1,"transfers":[{"from":)"
                                            + QByteArray("[").repeated(100)
                                            + QByteArray("]").repeated(100) + "}]}");
}

void TestTransferRecord::refusesWhatIsNoList()
{
    QFETCH(QByteArray, json);
    const ReadTransfers read = transfersFromJson(json);
    QVERIFY(read.records.isEmpty());
    QCOMPARE(read.refusals.size(), 1);
    QVERIFY(!read.refusals.constFirst().isEmpty());
}

void TestTransferRecord::hidesNothingInWhatItRefuses()
{
    const ReadTransfers read = transfersFromJson(changed(blob(), u"kind"_s, u"\u202eevil\n<b>"_s));
    QVERIFY(!read.refusals.constFirst().contains(QChar(0x202e)));
    QVERIFY(!read.refusals.constFirst().contains(u'\n'));
}

QTEST_GUILESS_MAIN(TestTransferRecord)
#include "tst_transferrecord.moc"
