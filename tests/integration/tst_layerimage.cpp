// SPDX-License-Identifier: Apache-2.0
#include "support/draganddrop.h"
#include "support/programrunner.h"
#include "support/sampleimages.h"
#include "support/testarchive.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/writtenfile.h"

#include <QComboBox>
#include <QJsonArray>
#include <QJsonObject>
#include <QPushButton>
#include <QStandardPaths>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// A layer that is dropped on a repository of a real registry becomes an image; skopeo checks what is
/// there in the end, and umoci unpacks it.
class TestLayerImage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void makesAnImageOfALayer_data();
    void makesAnImageOfALayer();

private:
    void upload(const QString &path, const QString &tag);
    [[nodiscard]] QString image(const QString &tag) const
    {
        return u"docker://"_s + m_registry.host() + u"/team/app:"_s + tag;
    }
    static void run(const QString &program, const QStringList &arguments)
    {
        const auto result = runProcess(program, arguments);
        QVERIFY2(result.exitStatus == 0, result.errors.constData());
    }

    QTemporaryDir m_folder;
    RealRegistry m_registry;
};

void TestLayerImage::initTestCase()
{
    for (const QString &program : {u"skopeo"_s, u"umoci"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            QSKIP(qPrintable(program + u" is not here"_s));
    }
    if (!m_registry.failure().isEmpty())
        QSKIP(qPrintable(m_registry.failure()));
    SampleImages::pushImage(m_registry, u"amd64"_s, u"gzip"_s);
}

void TestLayerImage::makesAnImageOfALayer_data()
{
    QTest::addColumn<QByteArray>("layer");
    const QByteArray tar = TestArchive().add("etc/new", "new").bytes();
    QTest::newRow("plain") << tar;
    QTest::newRow("gzip") << SampleImages::compressed(tar, u"gzip"_s);
    QTest::newRow("zstd") << SampleImages::compressed(tar, u"zstd"_s);
}

void TestLayerImage::upload(const QString &path, const QString &tag)
{
    TestWindow test(m_folder.filePath(u"home-"_s + tag));
    test.open(m_registry.host() + "/team/app"_L1);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    auto &tabs = child<QTabWidget>(test.window, u"pageTabs"_s);
    DragAndDrop drag(tabs, data);
    QVERIFY(drag.enter(tabs.rect().center()) && drag.drop(tabs.rect().center()));
    QDialog &dialog = awaitDialog(u"uploadDialog"_s);
    QTRY_VERIFY(child<QComboBox>(dialog, u"layerPlatform"_s).isVisible());
    child<QComboBox>(dialog, u"layerPlatform"_s).setCurrentText(u"linux/arm64"_s);
    fillIn(dialog, u"targetTag"_s, tag);
    QTRY_VERIFY(child<QPushButton>(dialog, u"upload"_s).isEnabled());
    press(dialog, u"upload"_s);
    QTRY_COMPARE(tabs.tabText(tabs.currentIndex()), QString(u"team/app:"_s + tag));
}

void TestLayerImage::makesAnImageOfALayer()
{
    QFETCH(const QByteArray, layer);
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    upload(writtenFile(m_folder.filePath(tag), layer), tag);

    const auto inspected = runProcess(u"skopeo"_s, {u"inspect"_s, u"--tls-verify=false"_s,
                                                    u"--override-arch"_s, u"arm64"_s, image(tag)});
    QVERIFY2(inspected.exitStatus == 0, inspected.errors.constData());
    const QJsonObject seen = QJsonDocument::fromJson(inspected.output).object();
    QCOMPARE(seen.value("Architecture"_L1).toString(), u"arm64"_s);
    QCOMPARE(seen.value("Os"_L1).toString(), u"linux"_s);
    QCOMPARE(seen.value("Layers"_L1).toArray(), QJsonArray{Digest::ofBytes(layer).toString()});
    const QString layout = m_folder.filePath(u"layout-"_s + tag);
    run(u"skopeo"_s,
        {u"copy"_s, u"--src-tls-verify=false"_s, image(tag), u"oci:"_s + layout + u":a"_s});
    if (tag == u"zstd"_s)
        return; // This umoci does not know it.
    const QString bundle = m_folder.filePath(u"bundle-"_s + tag);
    run(u"umoci"_s, {u"unpack"_s, u"--rootless"_s, u"--image"_s, layout + u":a"_s, bundle});
    QFile file(bundle + u"/rootfs/etc/new"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "new");
}

LONGSHORE_UI_TEST(TestLayerImage)
#include "tst_layerimage.moc"
