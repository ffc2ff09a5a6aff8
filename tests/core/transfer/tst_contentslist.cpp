// SPDX-License-Identifier: Apache-2.0
#include "core/base/safefile.h"
#include "core/transfer/contentslist.h"
#include "core/transfer/placeexport.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testreferrers.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Form = ImagePlace::Form;

/// What somebody reads who finds an export without the program.
class TestContentsList : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void tellsWhatAnImageIsMadeOf();
    void tellsWhatSeveralShareOnce();
    void tellsWhatRefersToAnImage();
    void tellsWhatIsLeftOut();
    void isTheSameEachTime();
    void isThereForEveryForm_data();
    void isThereForEveryForm();
    void namesTheFilesOfLayers();
    void replacesNoFileOfSomebodyElse();
    void replacesTheListOfAnotherVersion();

private:
    [[nodiscard]] PlaceExport wanted(const QString &tag, Form form = Form::OciArchive) const
    {
        PlaceExport wanted{*ImageReference::parse(u"reg.example/a:"_s + tag),
                           {},
                           {form, m_home->filePath(u"out"_s), {}}};
        wanted.withChecksums = true;
        return wanted;
    }
    [[nodiscard]] QString list(const PlaceExport &wanted)
    {
        const auto exported = outcomeOf(makeExportJob(m_connection->session, wanted));
        if (!exported)
            qFatal("%s", qPrintable(exported.error().message));
        QFile file(contentsPath(wanted.place.path));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestContentsList::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
}

void TestContentsList::tellsWhatAnImageIsMadeOf()
{
    const Digest index = TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    const QString text = list(wanted(u"1"_s));
    QVERIFY2(text.startsWith("reg.example/a:1\n  Digest: "_L1 + index.toString() + u'\n'),
             qPrintable(text));
    QVERIFY2(text.contains("\n  Platforms: linux/amd64, linux/arm64\n"_L1), qPrintable(text));
    QVERIFY(text.contains("\n    index "_L1 + index.toString()));
    QVERIFY(text.contains("\n      image for linux/arm64 sha256:"_L1));
    QVERIFY(text.contains("\n      attestation sha256:"_L1));
    QVERIFY(text.contains("\n        configuration sha256:"_L1));
    QVERIFY(text.contains("\n        layer 1 sha256:"_L1));
    QVERIFY(text.contains("\nWritten by Longshore "_L1) && text.endsWith(".\n"_L1));
}

void TestContentsList::tellsWhatSeveralShareOnce()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"base", "one"}});
    TestImages::addImage(registry(), u"a"_s, u"2"_s, {.layers = {"base", "two"}});
    PlaceExport both = wanted(u"1"_s);
    both.others.append(*ImageReference::parse(u"reg.example/a:2"_s));
    const QString text = list(both);
    QCOMPARE(text.count("layer 1 "_L1 + Digest::ofBytes("base").toString()), qsizetype(2));
    QCOMPARE(text.count("; see above\n"_L1), qsizetype(1));
    QVERIFY2(text.contains("\n  Manifests: 2\n  Blobs: 5\n"_L1), qPrintable(text));
    QVERIFY(text.contains("\n\nreg.example/a:2\n"_L1));
}

void TestContentsList::tellsWhatRefersToAnImage()
{
    const Digest image = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const Digest referrer = TestReferrers::add(registry(), u"a"_s, image, "signature");
    TestReferrers::list(registry(), u"a"_s, image, referrer);
    PlaceExport with = wanted(u"1"_s);
    with.withReferrers = true;
    const QString text = list(with);
    QVERIFY2(text.contains("\n  Refers to it:\n    artifact application/x.signature "_L1
                           + referrer.toString()),
             qPrintable(text));
}

void TestContentsList::tellsWhatIsLeftOut()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"base", "one"}});
    TestImages::addImage(registry(), u"a"_s, u"2"_s, {.layers = {"base", "two"}});
    PlaceExport earlier = wanted(u"1"_s);
    earlier.place.path = m_home->filePath(u"earlier"_s);
    QVERIFY(!list(earlier).contains("left out"_L1, Qt::CaseInsensitive));
    PlaceExport delta = wanted(u"2"_s);
    delta.earlier = earlier.place.path;
    const QString text = list(delta);
    const QString base = u"layer 1 "_s + Digest::ofBytes("base").toString();
    const QString line = text.mid(text.indexOf(base)).section(u'\n', 0, 0);
    QVERIFY2(line.endsWith("; left out, an earlier export has it"_L1), qPrintable(text));
    QVERIFY(text.contains("\n  Left out, an earlier export has them: "_L1));
}

void TestContentsList::isTheSameEachTime()
{
    TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    PlaceExport once = wanted(u"1"_s);
    const QString text = list(once);
    once.place.path = m_home->filePath(u"again"_s);
    QCOMPARE(list(once), text);
}

void TestContentsList::isThereForEveryForm_data()
{
    QTest::addColumn<Form>("form");
    QTest::newRow("layout") << Form::OciFolder;
    QTest::newRow("archive") << Form::OciArchive;
    QTest::newRow("folder of skopeo") << Form::Folder;
    QTest::newRow("layers") << Form::StoredLayers;
}

void TestContentsList::isThereForEveryForm()
{
    QFETCH(const Form, form);
    const Digest image = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const QString text = list(wanted(u"1"_s, form));
    QVERIFY2(text.contains(image.toString()), qPrintable(text));
    QVERIFY2(text.contains(Digest::ofBytes("layer one").toString()), qPrintable(text));
}

void TestContentsList::namesTheFilesOfLayers()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    PlaceExport second = wanted(u"1"_s, Form::StoredLayers);
    second.layers = {2};
    const QString text = list(second);
    const QStringList files = QDir(second.place.path).entryList(QDir::Files);
    QCOMPARE(files.size(), qsizetype(1));
    QVERIFY2(text.contains("\n  "_L1 + files.first() + ": "_L1
                           + Digest::ofBytes("layer two").toString() + ", 9 bytes\n"_L1),
             qPrintable(text));
}

void TestContentsList::replacesNoFileOfSomebodyElse()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const PlaceExport layout = wanted(u"1"_s, Form::OciFolder);
    QVERIFY(SafeFile::writeFile(contentsPath(layout.place.path), "my notes"));
    const auto exported = outcomeOf(makeExportJob(m_connection->session, layout));
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Error::Kind::LocalFile);
    QVERIFY(!QFile::exists(layout.place.path));
    QVERIFY(!isContentsList(contentsPath(layout.place.path)));
}

void TestContentsList::replacesTheListOfAnotherVersion()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const PlaceExport layout = wanted(u"1"_s, Form::OciFolder);
    QVERIFY(SafeFile::writeFile(contentsPath(layout.place.path),
                                "old\n\nWritten by Longshore 0.0.1.\n"));
    const QString text = list(layout);
    QVERIFY2(text.contains("layer 1 "_L1) && !text.contains("old"_L1), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestContentsList)
#include "tst_contentslist.moc"
