// SPDX-License-Identifier: Apache-2.0
#include "support/draganddrop.h"
#include "support/gzip.h"
#include "support/snapshot.h"
#include "support/testarchive.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/writtenfile.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStatusBar>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Layers and files that are put on top of an image, in the whole window.
class TestLayerCommands : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void makeANewImageOfADroppedLayer();
    void askBeforeTheTagIsOverwritten();
    void packDroppedFiles();
    void takeThePlatformThatIsShown();
    void makeAnImageOfALayerAlone();
    void areThereWithoutAMouseToo();
    void refuseWhatIsReadOnly();
    void sayWhatCannotBeALayer();

private:
    [[nodiscard]] QString write(const QString &name, const QByteArray &bytes) const
    {
        return writtenFile(m_folder->filePath(name), bytes);
    }
    [[nodiscard]] QString layer() const
    {
        return write(u"patch"_s, gzipped(TestArchive().add("etc/new", "new").bytes()));
    }
    /// Drops files on the image in front.
    QDialog &drop(const QStringList &paths) { return dropFor(u"layerDialog"_s, paths); }
    /// Drops files on what is in front.
    QDialog &dropFor(const QString &dialog, const QStringList &paths)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &path : paths)
            urls.append(QUrl::fromLocalFile(path));
        data.setUrls(urls);
        auto &tabs = child<QTabWidget>(m_test->window, u"pageTabs"_s);
        DragAndDrop drag(tabs, data);
        if (!drag.enter(tabs.rect().center()) || !drag.drop(tabs.rect().center()))
            qFatal("the drop was refused");
        return awaitDialog(dialog);
    }
    void awaitPlan(const QDialog &dialog) const
    {
        QTRY_VERIFY(child<QPushButton>(dialog, u"upload"_s).isEnabled());
    }
    [[nodiscard]] Manifest manifestOf(const QString &tag) const
    {
        for (const TestRequest &request : m_registry->requests()) {
            if (request.method == "PUT" && request.path().endsWith("/manifests/"_L1 + tag))
                return *parseManifest(request.body, {});
        }
        qFatal("nothing was put under \"%s\"", qPrintable(tag));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestLayerCommands::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    TestImages::addImage(*m_registry, u"app"_s, u"1.0"_s);
    TestImages::addIndex(*m_registry, u"app"_s, u"all"_s);
    m_test = std::make_unique<TestWindow>(m_folder->filePath(u"home"_s));
}

void TestLayerCommands::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

void TestLayerCommands::makeANewImageOfADroppedLayer()
{
    m_test->open(m_registry->host() + "/app:1.0"_L1);
    QDialog &dialog = drop({layer()});
    QTRY_VERIFY(child<QLabel>(dialog, u"copySource"_s).text().contains(u"a layer of 1 file"));
    QCOMPARE(child<QLineEdit>(dialog, u"targetTag"_s).text(), u"1.0-1"_s);
    QVERIFY(!child<QLineEdit>(dialog, u"targetFolder"_s).isVisible());
    QVERIFY(!child<QComboBox>(dialog, u"targetRegistry"_s).isEnabled());
    awaitPlan(dialog);
    QCOMPARE(m_registry->count("POST"), qsizetype(0)); // Nothing before somebody has seen it.
    press(dialog, u"upload"_s);
    const auto &title = child<QLabel>(awaitDialog(u"transferDialog"_s), u"transferTitle"_s);
    QVERIFY2(title.text().endsWith(u", on top of app:1.0"_s), qPrintable(title.text()));
    QTRY_COMPARE(m_registry->tags(u"app"_s), QStringList({u"1.0"_s, u"1.0-1"_s, u"all"_s}));
    QCOMPARE(manifestOf(u"1.0-1"_s).image()->layers.size(), qsizetype(3));
    const auto &tabs = child<QTabWidget>(m_test->window, u"pageTabs"_s);
    QTRY_COMPARE(tabs.tabText(tabs.currentIndex()), u"app:1.0-1"_s);
}

void TestLayerCommands::askBeforeTheTagIsOverwritten()
{
    m_test->open(m_registry->host() + "/app:1.0"_L1);
    QDialog &dialog = drop({layer()});
    awaitPlan(dialog);
    fillIn(dialog, u"targetTag"_s, u"1.0"_s);
    auto &overwrite = child<QCheckBox>(dialog, u"overwrite"_s);
    QTRY_VERIFY(overwrite.isVisible());
    QVERIFY(!child<QPushButton>(dialog, u"upload"_s).isEnabled());
    overwrite.click();
    awaitPlan(dialog);
}

void TestLayerCommands::packDroppedFiles()
{
    m_test->open(m_registry->host() + "/app:1.0"_L1);
    QDialog &dialog = drop({write(u"app.ini"_s, "[a]\n"), write(u"b.txt"_s, "b")});
    QTRY_VERIFY(child<QLineEdit>(dialog, u"targetFolder"_s).isVisible());
    awaitPlan(dialog);
    fillIn(dialog, u"targetTag"_s, u"mine"_s);
    fillIn(dialog, u"targetFolder"_s, u"/etc/"_s);
    fillIn(dialog, u"layerComment"_s, u"For the demo"_s);
    fillIn(dialog, u"layerAuthor"_s, u"Ann Author"_s);
    QVERIFY(!child<QPushButton>(dialog, u"upload"_s).isEnabled()); // It would go to the root.
    awaitPlan(dialog);
    QCOMPARE(child<QLineEdit>(dialog, u"targetTag"_s).text(), u"mine"_s);
    QCOMPARE(child<QPlainTextEdit>(dialog, u"layerContent"_s).toPlainText(),
             u"etc/app.ini\netc/b.txt"_s);
    press(dialog, u"upload"_s);
    QTRY_VERIFY(m_registry->tags(u"app"_s).contains(u"mine"_s));
    const Digest config = manifestOf(u"mine"_s).image()->config.digest;
    QVERIFY(m_registry->blobBytes(u"app"_s, config).contains("COPY app.ini b.txt /etc\""));
    QVERIFY(m_registry->blobBytes(u"app"_s, config).contains("\"For the demo\""));
    QCOMPARE(m_registry->blobBytes(u"app"_s, config).count("\"author\":\"Ann Author\""), 2);
}

void TestLayerCommands::takeThePlatformThatIsShown()
{
    m_test->open(m_registry->host() + "/app:all"_L1);
    QDialog &dialog = drop({layer()});
    awaitPlan(dialog);
    press(dialog, u"upload"_s);
    QTRY_VERIFY(m_registry->tags(u"app"_s).contains(u"all-1"_s));
    QVERIFY(manifestOf(u"all-1"_s).image());
}

void TestLayerCommands::makeAnImageOfALayerAlone()
{
    m_test->open(m_registry->host() + "/app"_L1);
    QDialog &dialog = dropFor(u"uploadDialog"_s, {layer()});
    QTRY_VERIFY(child<QLabel>(dialog, u"copySource"_s)
                    .text()
                    .contains(u"a gzip tar, looks like a layer of 1 file"_s));
    QCOMPARE(child<QPlainTextEdit>(dialog, u"layerContent"_s).toPlainText(), u"etc/new"_s);
    QVERIFY(child<QLabel>(dialog, u"copyNote"_s).text().contains(u"tag"_s)); // It has none.
    fillIn(dialog, u"targetTag"_s, u"patch"_s);
    child<QComboBox>(dialog, u"layerPlatform"_s).setCurrentText(u"linux/s390x"_s);
    fillIn(dialog, u"layerComment"_s, u"For the demo"_s);
    awaitPlan(dialog);
    QCOMPARE(child<QLineEdit>(dialog, u"targetTag"_s).text(), u"patch"_s);
    QCOMPARE(m_registry->count("POST"), qsizetype(0)); // Nothing before somebody has seen it.
    snap(dialog, u"layer-alone"_s);
    press(dialog, u"upload"_s);
    QTRY_VERIFY(m_registry->tags(u"app"_s).contains(u"patch"_s));
    const ImageManifest image = *manifestOf(u"patch"_s).image();
    QCOMPARE(image.layers.size(), qsizetype(1));
    const QByteArray config = m_registry->blobBytes(u"app"_s, image.config.digest);
    QVERIFY(config.contains("\"architecture\":\"s390x\"") && config.contains("For the demo"));
    const auto &tabs = child<QTabWidget>(m_test->window, u"pageTabs"_s);
    QTRY_COMPARE(tabs.tabText(tabs.currentIndex()), u"app:patch"_s);
}

void TestLayerCommands::areThereWithoutAMouseToo()
{
    QAction &action = *m_test->window.actions().addLayer;
    QVERIFY(!action.isEnabled());
    m_test->open(m_registry->host() + "/app:1.0"_L1);
    QTRY_VERIFY(action.isEnabled());
    action.trigger();
    auto *files = qobject_cast<QFileDialog *>(&awaitDialog(u"layerFileDialog"_s));
    emit files->filesSelected({layer()});
    awaitPlan(awaitDialog(u"layerDialog"_s));
}

void TestLayerCommands::refuseWhatIsReadOnly()
{
    m_test->connectTo(*m_registry);
    SavedConnection connection = m_test->connections.connections().first();
    connection.isReadOnly = true;
    QVERIFY(m_test->connections.save(connection));
    TestWindow again(m_folder->filePath(u"home"_s));
    again.open(m_registry->host() + "/app:1.0"_L1);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(layer())});
    auto &tabs = child<QTabWidget>(again.window, u"pageTabs"_s);
    DragAndDrop drag(tabs, data);
    QVERIFY(!drag.enter(tabs.rect().center()));
    QCOMPARE(again.window.statusBar()->currentMessage(), u"This connection is read-only."_s);
}

void TestLayerCommands::sayWhatCannotBeALayer()
{
    m_test->open(m_registry->host() + "/app:1.0"_L1);
    QDialog &dialog = drop({write(u"bad"_s, TestArchive().add("../x", "x").bytes())});
    const auto says = [&dialog](const QString &text) {
        const auto labels = dialog.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    };
    QTRY_VERIFY(says(u"leads out of the image"_s));
    QVERIFY(!child<QPushButton>(dialog, u"upload"_s).isEnabled());
}

LONGSHORE_UI_TEST(TestLayerCommands)
#include "tst_layercommands.moc"
