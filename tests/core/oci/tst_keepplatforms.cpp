// SPDX-License-Identifier: Apache-2.0
#include "core/oci/keepplatforms.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestKeepPlatforms : public QObject
{
    Q_OBJECT

private slots:
    void keepsEveryByteOfWhatStays();
    void keepsTheSpaceBetweenEntries();
    void keepsWhatAttestsToWhatStays();
    void keepsEveryVersionOfASystem();
    void changesNothingWhenAllStays();
    void refusesWhatIsNotThere_data();
    void refusesWhatIsNotThere();
    void namesTheVersionThatIsNotThere();
    void refusesWhatIsNoIndex();
    void isMisledByNothing_data();
    void isMisledByNothing();
    void refusesBytesThatAreNotThoseOfTheIndex();
};

// Behind the class: moc loses its way in raw strings.
namespace {

QByteArray digestOf(char digit)
{
    return "sha256:" + QByteArray(64, digit);
}

/// Written as no library would write it.
QByteArray entry(char digit, const QByteArray &platform, const QByteArray &more = {})
{
    return R"({ "size": 5,"mediaType":"application/vnd.oci.image.manifest.v1+json", "digest":")"
           + digestOf(digit) + R"(", "platform":{"os" :"linux","architecture":")" + platform
           + R"("})" + more + R"(, "x.big":18446744073709551615 })";
}

QByteArray attestation(char digit, char subject)
{
    return entry(digit, "unknown",
                 R"(,"annotations":{"vnd.docker.reference.type":"attestation-manifest",)"
                 R"("vnd.docker.reference.digest":")"
                     + digestOf(subject) + R"("})");
}

QByteArray document(const QByteArray &entries)
{
    return R"({"x.before":"[{", "schemaVersion":2, "manifests":[)" + entries
           + R"(],"mediaType":"application/vnd.oci.image.index.v1+json",)"
             R"( "annotations":{"b":"2","a":"\u00e4"},"x.after":{"manifests":[{"a":[1]}]}})";
}

Result<Manifest> keep(const QByteArray &bytes, const QStringList &names)
{
    QList<Platform> platforms;
    for (const QString &name : names)
        platforms.append(*Platform::parse(name));
    const auto index = parseManifest(bytes, MediaType());
    return index ? keepPlatforms(*index, platforms) : index;
}

const QStringList two{u"linux/s390x"_s, u"linux/amd64"_s};

} // namespace

void TestKeepPlatforms::keepsEveryByteOfWhatStays()
{
    const auto kept = keep(
        document(entry('a', "amd64") + ',' + entry('b', "arm64") + ',' + entry('c', "s390x")), two);
    QVERIFY2(kept, kept ? "" : qPrintable(kept.error().message));
    QCOMPARE(kept->bytes, document(entry('a', "amd64") + ',' + entry('c', "s390x")));
    QCOMPARE(kept->digest, Digest::ofBytes(kept->bytes));
    QCOMPARE(kept->mediaType, MediaType::ociIndex());
    QCOMPARE(kept->index()->manifests.size(), qsizetype(2));
    QCOMPARE(kept->index()->annotations.value(u"b"_s), u"2"_s);
}

void TestKeepPlatforms::keepsTheSpaceBetweenEntries()
{
    const auto kept = keep(document("\n  " + entry('b', "arm64") + ",\n  " + entry('a', "amd64")
                                    + " , " + entry('c', "s390x") + "\n "),
                           two);
    QVERIFY(kept);
    QCOMPARE(kept->bytes,
             document("\n  " + entry('a', "amd64") + " , " + entry('c', "s390x") + "\n "));
}

void TestKeepPlatforms::keepsWhatAttestsToWhatStays()
{
    const auto kept = keep(document(entry('a', "amd64") + ',' + entry('b', "arm64") + ','
                                    + attestation('1', 'a') + ',' + attestation('2', 'b')),
                           {u"linux/amd64"_s});
    QVERIFY(kept);
    QCOMPARE(kept->bytes, document(entry('a', "amd64") + ',' + attestation('1', 'a')));
}

void TestKeepPlatforms::keepsEveryVersionOfASystem()
{
    QByteArray older = entry('a', "amd64").replace("linux", "windows");
    older.replace(R"("os" )", R"("os.version":"10.0.1","os" )");
    QByteArray newer = entry('b', "amd64").replace("linux", "windows");
    newer.replace(R"("os" )", R"("os.version":"10.0.2","os" )");
    const QByteArray all = older + ',' + newer + ',' + entry('c', "s390x");
    QCOMPARE(keep(document(all), {u"windows/amd64"_s})->index()->manifests.size(), qsizetype(2));
    const auto index = parseManifest(document(all), MediaType());
    const auto one = keepPlatforms(*index, {*index->index()->manifests.at(1).platform});
    QVERIFY(one);
    QCOMPARE(one->bytes, document(newer));
}

void TestKeepPlatforms::changesNothingWhenAllStays()
{
    const QByteArray all =
        document(entry('a', "amd64") + ',' + entry('c', "s390x") + ',' + attestation('1', 'c'));
    QCOMPARE(keep(all, two)->bytes, all);
    QCOMPARE(keep(all, {})->bytes, all);
}

void TestKeepPlatforms::refusesWhatIsNotThere_data()
{
    QTest::addColumn<QString>("platform");
    QTest::newRow("another") << u"plan9/mips"_s;
    QTest::newRow("another variant") << u"linux/amd64/v3"_s;
    QTest::newRow("what attests") << u"linux/unknown"_s;
}

void TestKeepPlatforms::refusesWhatIsNotThere()
{
    QFETCH(const QString, platform);
    const auto kept = keep(document(entry('a', "amd64") + ',' + attestation('1', 'a')),
                           {u"linux/amd64"_s, platform});
    QVERIFY(!kept);
    QCOMPARE(kept.error().kind, Error::Kind::NotFound);
    QVERIFY2(kept.error().message.contains(platform), qPrintable(kept.error().message));
    QCOMPARE(keep(document({}), {platform}).error().kind, Error::Kind::NotFound);
}

void TestKeepPlatforms::namesTheVersionThatIsNotThere()
{
    QByteArray windows = entry('a', "amd64").replace("linux", "windows");
    windows.replace(R"("os" )", R"("os.version":"10.0.17763.1","os" )");
    const auto index = parseManifest(document(windows + ',' + entry('b', "arm64")), MediaType());
    QVERIFY(index);
    Platform wanted = *index->index()->manifests.first().platform;
    wanted.osVersion = u"10.0.20348.2"_s;
    const auto kept = keepPlatforms(*index, {wanted});
    QVERIFY(!kept);
    const QString &message = kept.error().message;
    QVERIFY2(message.contains(u"windows/amd64 10.0.20348.2"_s), qPrintable(message));
    QVERIFY2(message.contains(u"windows/amd64 10.0.17763.1, linux/arm64"_s), qPrintable(message));
    QCOMPARE(platformName(*Platform::parse(u"linux/arm64"_s)), u"linux/arm64"_s);
}

void TestKeepPlatforms::refusesWhatIsNoIndex()
{
    const QByteArray blob = R"({"mediaType":"application/vnd.oci.image.config.v1+json","size":2,)"
                            R"("digest":")"
                            + digestOf('a') + R"("})";
    const auto kept = keep(R"({"schemaVersion":2,"config":)" + blob + R"(,"layers":[]})", two);
    QVERIFY(!kept);
    QCOMPARE(kept.error().kind, Error::Kind::InvalidInput);
}

/// Documents that a reader of text could take for something else than a reader of JSON does.
void TestKeepPlatforms::isMisledByNothing_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const QByteArray out = entry('b', "arm64") + ',';
    const QByteArray stays = entry('a', "amd64");
    const auto row = [](const char *name, const QByteArray &before, const QByteArray &after) {
        QTest::newRow(name) << before << after;
    };
    row("an escaped name",
        document(out + stays).replace("\"manifests\":[{ ", R"("manife\u0073ts":[{ )"),
        document(stays).replace("\"manifests\":[{ ", R"("manife\u0073ts":[{ )"));
    const QByteArray odd = entry('a', "amd64", R"(,"annotations":{"q":"\"}],\\","l":"[{"})");
    row("brackets in strings", document(out + odd), document(odd));
    const QByteArray deep = entry('a', "amd64", R"(,"x":[{"manifests":[{},{}]},[]])");
    row("lists in an entry", document(out + deep), document(deep));
    const QByteArray name = R"("x.name":"manifests","x.list":[{},{}], "schemaVersion")";
    row("the name as a value", document(out + stays).replace("\"schemaVersion\"", name),
        document(stays).replace("\"schemaVersion\"", name));
}

void TestKeepPlatforms::isMisledByNothing()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    const auto kept = keep(before, {u"linux/amd64"_s});
    QVERIFY2(kept, kept ? "" : qPrintable(kept.error().message));
    QCOMPARE(kept->bytes, after);
}

void TestKeepPlatforms::refusesBytesThatAreNotThoseOfTheIndex()
{
    auto index = parseManifest(document(entry('a', "amd64") + ',' + entry('b', "arm64")), {});
    QVERIFY(index);
    const QList<Platform> wanted{*Platform::parse(u"linux/amd64"_s)};
    for (const QByteArray &bytes :
         {document(entry('a', "amd64")), document(entry('c', "amd64") + ',' + entry('b', "arm64")),
          QByteArray(R"({"manifests":[{},{}]})"), QByteArray("no JSON"), QByteArray()}) {
        index->bytes = bytes; // Nobody who reads a manifest comes to this.
        QCOMPARE(keepPlatforms(*index, wanted).error().kind, Error::Kind::Protocol);
    }
}

QTEST_GUILESS_MAIN(TestKeepPlatforms)
#include "tst_keepplatforms.moc"
