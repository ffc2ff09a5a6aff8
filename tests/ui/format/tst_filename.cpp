// SPDX-License-Identifier: Apache-2.0
#include "core/base/safefilename.h"
#include "support/uitest.h"
#include "ui/format/filename.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestFileName : public QObject
{
    Q_OBJECT

private slots:
    void isAlwaysOneSafeComponent_data();
    void isAlwaysOneSafeComponent();
    void keepsHonestNames_data();
    void keepsHonestNames();
    void neverCutsACharacterInHalf();
    void namesALayerByItsPlace();
    void namesALayerOfADigest();
    void namesAPlatform();
    void findsANameThatNothingHas_data();
    void findsANameThatNothingHas();
};

void TestFileName::isAlwaysOneSafeComponent_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("DAT-22 upwards") << u"../../.bashrc"_s;
    QTest::newRow("DAT-22 absolute") << u"/etc/x"_s;
    QTest::newRow("DAT-22 NUL") << u"a\0b"_s;
    QTest::newRow("DAT-22 a device") << u"CON"_s;
    QTest::newRow("DAT-22 here") << u"."_s;
    QTest::newRow("DAT-22 up in the middle") << u"x/../y"_s;
    QTest::newRow("DAT-22 300 characters") << QString(300, u'a');
    QTest::newRow("DAT-22 from right to left") << u"photo\u202Egnp.exe"_s;
    QTest::newRow("up") << u".."_s;
    QTest::newRow("nothing") << QString();
    QTest::newRow("blanks") << u"   "_s;
    QTest::newRow("backslashes") << u"..\\..\\x"_s;
    QTest::newRow("a drive") << u"C:x"_s;
    QTest::newRow("a stream") << u"x:y"_s;
    QTest::newRow("a device with an extension") << u"nul.tar.gz"_s;
    QTest::newRow("a device and blanks") << u"aux "_s;
    QTest::newRow("a device with a dot") << u"COM1."_s;
    QTest::newRow("an option") << u"-rf"_s;
    QTest::newRow("hidden") << u".ssh"_s;
    QTest::newRow("for a shell") << u"$(x)`y`;z|*?\"'<>&"_s;
    QTest::newRow("a line end") << u"a\nb"_s;
    QTest::newRow("zero width") << u"a\u200Bb"_s;
    QTest::newRow("line separator") << u"a\u2028b"_s;
    QTest::newRow("a lone surrogate") << QString(QChar(0xD800));
    QTest::newRow("300 characters of four bytes")
        << QString::fromUcs4(U"\U00020000", 1).repeated(300);
}

void TestFileName::isAlwaysOneSafeComponent()
{
    QFETCH(const QString, text);
    const QString name = safeFileName(text);
    QVERIFY(!name.isEmpty());
    QVERIFY(name.toUtf8().size() <= 201); // Room for an extension, and for the name of a part file.
    for (const QChar character : name)
        QVERIFY2(character.isLetterOrNumber() || character.isSurrogate()
                     || u"._+@ -"_s.contains(character),
                 qPrintable(name));
    QVERIFY2(!name.startsWith(u'.') && !name.startsWith(u'-'), qPrintable(name));
    QVERIFY2(!name.endsWith(u'.') && !name.endsWith(u' '), qPrintable(name));
    static const QStringList devices{u"con"_s, u"nul"_s, u"aux"_s, u"prn"_s, u"com1"_s};
    QVERIFY2(!devices.contains(name.section(u'.', 0, 0).toLower()), qPrintable(name));
    const QTemporaryDir folder;
    QFile file(folder.filePath(name));
    QVERIFY2(file.open(QIODevice::WriteOnly | QIODevice::NewOnly), qPrintable(name));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{name});
}

void TestFileName::keepsHonestNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("an archive") << u"app-1.4.2_linux.tar.gz"_s;
    QTest::newRow("other letters") << u"\u00dcbersicht \u65e5\u672c"_s;
    QTest::newRow("a device inside") << u"console.txt"_s;
}

void TestFileName::keepsHonestNames()
{
    QFETCH(const QString, text);
    QCOMPARE(safeFileName(text), text);
}

void TestFileName::neverCutsACharacterInHalf()
{
    const QString name = safeFileName(u'a' + QString::fromUcs4(U"\U00020000", 1).repeated(300));
    QVERIFY(!name.back().isHighSurrogate());
}

static Descriptor layer(const QString &mediaType)
{
    return {MediaType::parse(mediaType), Digest::ofBytes("layer"), 5};
}

void TestFileName::namesALayerByItsPlace()
{
    const auto repository = *RepositoryName::parse(u"team/tools/app"_s);
    const Descriptor gzip = layer(u"application/vnd.oci.image.layer.v1.tar+gzip"_s);
    const QString expected =
        u"app_1.4.2_03_"_s + Digest::ofBytes("layer").shortText() + u".tar.gz"_s;
    QCOMPARE(layerFileName(repository, *Tag::parse(u"1.4.2"_s), 3, gzip), expected);
    const Descriptor zstd = layer(u"application/vnd.oci.image.layer.v1.tar+zstd"_s);
    QVERIFY(layerFileName(repository, *Tag::parse(u"1"_s), 127, zstd).contains(u"_127_"_s));
    QVERIFY(layerFileName(repository, *Tag::parse(u"1"_s), 1, zstd).endsWith(u".tar.zst"_s));
}

void TestFileName::namesALayerOfADigest()
{
    const Digest image = Digest::ofBytes("image");
    const QString name =
        layerFileName(*RepositoryName::parse(QString(255, u'a')), image, 1, layer(u"text/x"_s));
    QVERIFY(!name.contains(u':'));
    QVERIFY(name.toUtf8().size() <= 255);
}

void TestFileName::namesAPlatform()
{
    const RepositoryName repository = *RepositoryName::parse(u"team/app");
    Descriptor entry{MediaType::ociManifest(), Digest::ofBytes("x"), 1};
    const QString unknown = platformFileName(repository, *Tag::parse(u"1.0"), entry);
    QCOMPARE(unknown, QString(u"app_1.0_"_s + entry.digest.shortText()));
    entry.platform = Platform::parse(u"linux/arm64/v8"_s);
    QCOMPARE(platformFileName(repository, *Tag::parse(u"1.0"), entry), u"app_1.0_linux-arm64-v8"_s);
    entry.platform->os = u"../x"_s;
    QVERIFY(!platformFileName(repository, *Tag::parse(u"1.0"), entry).contains(u'/'));
}

void TestFileName::findsANameThatNothingHas_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("free");
    QTest::newRow("an archive") << u"/a.b/app_1.0.tar"_s << u"/a.b/app_1.0 (3).tar"_s;
    QTest::newRow("a layer") << u"/d/app_1.0_01_12.tar.gz"_s << u"/d/app_1.0_01_12 (3).tar.gz"_s;
    QTest::newRow("another ending") << u"/d/app.json"_s << u"/d/app (3).json"_s;
    QTest::newRow("no ending") << u"/a.b/app"_s << u"/a.b/app (3)"_s;
    QTest::newRow("hidden") << u"/d/.tar"_s << u"/d/.tar (3)"_s;
}

void TestFileName::findsANameThatNothingHas()
{
    QFETCH(const QString, path);
    QFETCH(const QString, free);
    const auto isTaken = [&path](const QString &name) {
        return name == path || name.contains(" (2)"_L1);
    };
    QCOMPARE(unusedPath(path, isTaken), free);
    QCOMPARE(unusedPath(path, [](const QString &) { return false; }), path);
}

LONGSHORE_UI_TEST(TestFileName)
#include "tst_filename.moc"
