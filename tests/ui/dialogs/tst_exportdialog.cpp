// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/heldrequests.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/exportdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Form = ImagePlace::Form;

/// The dialog alone, on a registry of its own; tst_exportcommands brings images to disk with it.
class TestExportDialog : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void proposesALayoutOfAllOfIt();
    void waitsUntilItIsKnownWhatThereIs();
    void offersEachPlatformWithItsSize();
    void wantsOnePlatformForDocker();
    void namesFilesAsTheirFormWants();
    void asksWhatBecomesOfAFileThatIsThere();
    void refusesWhatCannotBeAName_data();
    void refusesWhatCannotBeAName();
    void exportsWhatADigestNames();
    void exportsSeveralImages();
    void findsNoPlatformForDockerWhenSeveralShareNone();
    void offersTheFolderThatSkopeoWrites();
    void offersTheFilesOfOnePlatform();
    void offersLayersOfOnePlatform();
    void writesChecksumsWhenTold();
    void saysWhyTheImageCannotBeRead();
    void canBeUsedByKeyboard();

private:
    void show(const QList<Reference> &images = {*Tag::parse(u"1.0")});
    /// Shows the dialog, and waits until it knows the image.
    void review();
    [[nodiscard]] QComboBox &box(const QString &name) const
    {
        return child<QComboBox>(*m_dialog, name);
    }
    void chooseForm(Form form) const
    {
        box(u"form"_s).setCurrentIndex(box(u"form"_s).findData(QVariant::fromValue(form)));
    }
    [[nodiscard]] QPushButton &button() const { return child<QPushButton>(*m_dialog, u"export"_s); }
    [[nodiscard]] QString note() const { return child<QLabel>(*m_dialog, u"exportNote"_s).text(); }
    [[nodiscard]] QString target() const { return child<QLineEdit>(*m_dialog, u"target"_s).text(); }

    Network m_network;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<RegistrySession> m_session;
    std::unique_ptr<ExportDialog> m_dialog;
};

void TestExportDialog::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    TestImages::addIndex(*m_registry, u"team/app"_s, u"1.0"_s);
    m_session = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
}

void TestExportDialog::cleanup()
{
    m_dialog.reset();
    m_session.reset();
    m_registry.reset();
}

void TestExportDialog::show(const QList<Reference> &images)
{
    m_dialog = std::make_unique<ExportDialog>(
        std::make_unique<ExportPresenter>(m_session, *RepositoryName::parse(u"team/app"), images),
        m_folder->path());
    m_dialog->open();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TestExportDialog::review()
{
    show();
    QTRY_VERIFY(button().isEnabled());
}

void TestExportDialog::proposesALayoutOfAllOfIt()
{
    review();
    QCOMPARE(child<QLabel>(*m_dialog, u"image"_s).text(), u"team/app:1.0"_s);
    const PlaceExport wanted = m_dialog->wanted();
    QCOMPARE(wanted.source.toString(), QString(m_registry->host() + "/team/app:1.0"_L1));
    QVERIFY(wanted.platforms.isEmpty());
    QCOMPARE(wanted.place,
             (ImagePlace{Form::OciFolder, m_folder->filePath(u"app_1.0"_s), u"1.0"_s}));
    QVERIFY(button().isDefault());
}

void TestExportDialog::waitsUntilItIsKnownWhatThereIs()
{
    HeldRequests held(*m_registry, "GET", u"/manifests/"_s);
    show();
    QTRY_COMPARE(held.count(), qsizetype(1));
    QVERIFY(!button().isEnabled() && !box(u"platform"_s).isEnabled());
    QVERIFY(note().contains(u"Reading"_s));
    held.release();
    QTRY_VERIFY(button().isEnabled());
}

void TestExportDialog::offersEachPlatformWithItsSize()
{
    review();
    QCOMPARE(box(u"platform"_s).count(), 4); // What only tells of an image is none.
    QVERIFY(box(u"platform"_s).itemText(0).startsWith(u"All, exactly as stored ("_s));
    QVERIFY(box(u"platform"_s).itemText(1).contains(u"linux/amd64 ("_s));
    box(u"platform"_s).setCurrentIndex(2);
    QCOMPARE(m_dialog->wanted().platforms, QList{*Platform::parse(u"linux/arm64"_s)});
    const auto &choices = m_dialog->presenter().choices();
    QVERIFY(choices.at(0).bytes > choices.at(1).bytes && choices.at(1).bytes > 0);
}

void TestExportDialog::wantsOnePlatformForDocker()
{
    review();
    chooseForm(Form::DockerArchive);
    QVERIFY(!button().isEnabled());
    QVERIFY(note().contains(u"one platform"_s));
    box(u"platform"_s).setCurrentIndex(1);
    QVERIFY(button().isEnabled());
    const ImagePlace place = m_dialog->wanted().place;
    QCOMPARE(place.form, Form::DockerArchive);
    QCOMPARE(place.name, QString(m_registry->host() + "/team/app:1.0"_L1));
}

void TestExportDialog::namesFilesAsTheirFormWants()
{
    review();
    chooseForm(Form::OciArchive);
    QCOMPARE(target(), m_folder->filePath(u"app_1.0.tar"_s));
    chooseForm(Form::OciFolder);
    QCOMPARE(target(), m_folder->filePath(u"app_1.0"_s));
    fillIn(*m_dialog, u"target"_s, m_folder->filePath(u"mine.tar"_s));
    chooseForm(Form::OciArchive);
    QCOMPARE(target(), m_folder->filePath(u"mine.tar"_s));
}

void TestExportDialog::asksWhatBecomesOfAFileThatIsThere()
{
    QFile file(m_folder->filePath(u"app_1.0.tar"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    review();
    QCOMPARE(m_dialog->wanted().taken, TakenName::Fail);
    chooseForm(Form::OciArchive);
    QVERIFY(box(u"taken"_s).isEnabled());
    QCOMPARE(m_dialog->wanted().taken, TakenName::Rename);
    box(u"taken"_s).setCurrentIndex(1);
    QCOMPARE(m_dialog->wanted().taken, TakenName::Replace);
    fillIn(*m_dialog, u"target"_s, m_folder->filePath(u"another.tar"_s));
    QVERIFY(!box(u"taken"_s).isEnabled());
    QCOMPARE(m_dialog->wanted().taken, TakenName::Fail);
    fillIn(*m_dialog, u"target"_s, m_folder->path());
    QVERIFY(!button().isEnabled());
    QVERIFY(note().contains(u"folder"_s));
}

void TestExportDialog::refusesWhatCannotBeAName_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("no target") << u"target"_s << QString() << u"where"_s;
    QTest::newRow("no tag") << u"imageName"_s << u"a b"_s << u"as a tag"_s;
}

void TestExportDialog::refusesWhatCannotBeAName()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    QFETCH(QString, words);
    review();
    fillIn(*m_dialog, field, text);
    QVERIFY(!button().isEnabled());
    QVERIFY2(note().contains(words), qPrintable(note()));
}

void TestExportDialog::exportsWhatADigestNames()
{
    const Digest digest = TestImages::addImage(*m_registry, u"team/app"_s, u"2.0"_s);
    show({digest});
    QTRY_VERIFY(button().isEnabled());
    QVERIFY(!box(u"platform"_s).isEnabled()); // There is one.
    QCOMPARE(m_dialog->wanted().source.digest, digest);
    QCOMPARE(m_dialog->wanted().place.name, QString());
}

void TestExportDialog::exportsSeveralImages()
{
    TestImages::addImage(*m_registry, u"team/app"_s, u"2.0"_s);
    show({*Tag::parse(u"1.0"), *Tag::parse(u"2.0")});
    QTRY_VERIFY(button().isEnabled());
    QVERIFY(child<QLabel>(*m_dialog, u"image"_s).toolTip().contains(u"team/app:2.0"_s));
    QVERIFY(!child<QLineEdit>(*m_dialog, u"imageName"_s).isVisible()); // Each has its own.
    QCOMPARE(box(u"form"_s).findData(QVariant::fromValue(Form::Folder)), -1);
    chooseForm(Form::OciArchive);
    const PlaceExport wanted = m_dialog->wanted();
    QCOMPARE(wanted.source.tag, Tag::parse(u"1.0"));
    QCOMPARE(wanted.others.size(), qsizetype(1));
    QCOMPARE(wanted.others.first().tag, Tag::parse(u"2.0"));
    QCOMPARE(wanted.place, (ImagePlace{Form::OciArchive, m_folder->filePath(u"app_images.tar"_s)}));
}

void TestExportDialog::findsNoPlatformForDockerWhenSeveralShareNone()
{
    m_registry->addManifest(u"team/app"_s, u"empty"_s, R"({"schemaVersion":2,"manifests":[]})",
                            MediaType::ociIndex());
    show({*Tag::parse(u"1.0"), *Tag::parse(u"empty")});
    QTRY_VERIFY(button().isEnabled());
    QCOMPARE(box(u"platform"_s).count(), 1);
    chooseForm(Form::DockerArchive);
    QVERIFY(!button().isEnabled());
    QVERIFY(note().contains(u"all of these images"_s));
}

void TestExportDialog::offersTheFolderThatSkopeoWrites()
{
    review();
    QVERIFY(child<QLineEdit>(*m_dialog, u"imageName"_s).isVisible());
    chooseForm(Form::Folder);
    QVERIFY(!child<QLineEdit>(*m_dialog, u"imageName"_s).isVisible());
    QVERIFY(button().isEnabled());
    QCOMPARE(m_dialog->wanted().place,
             (ImagePlace{Form::Folder, m_folder->filePath(u"app_1.0"_s)}));
}

void TestExportDialog::offersTheFilesOfOnePlatform()
{
    review();
    chooseForm(Form::RootFiles);
    QVERIFY(!button().isEnabled());
    QVERIFY(note().contains(u"one platform"_s));
    box(u"platform"_s).setCurrentIndex(1);
    QVERIFY(button().isEnabled());
    QCOMPARE(m_dialog->wanted().place,
             (ImagePlace{Form::RootFiles, m_folder->filePath(u"app_1.0.tar"_s)}));
}

void TestExportDialog::offersLayersOfOnePlatform()
{
    review();
    for (const Form form : {Form::StoredLayers, Form::PlainLayers}) {
        box(u"platform"_s).setCurrentIndex(0);
        chooseForm(form);
        QVERIFY(!button().isEnabled());
        box(u"platform"_s).setCurrentIndex(1);
        QVERIFY(button().isEnabled());
        QCOMPARE(m_dialog->wanted().place, (ImagePlace{form, m_folder->filePath(u"app_1.0"_s)}));
    }
}

void TestExportDialog::writesChecksumsWhenTold()
{
    review();
    QVERIFY(!m_dialog->wanted().withChecksums);
    child<QCheckBox>(*m_dialog, u"checksums"_s).setChecked(true);
    QVERIFY(m_dialog->wanted().withChecksums);
}

void TestExportDialog::saysWhyTheImageCannotBeRead()
{
    show({*Tag::parse(u"missing")});
    QTRY_VERIFY(child<QWidget>(*m_dialog, u"messageBar"_s).isVisible());
    QVERIFY(!button().isEnabled());
}

void TestExportDialog::canBeUsedByKeyboard()
{
    review();
    QCOMPARE(WidgetChecks::complaintsAbout(*m_dialog), QStringList());
}

LONGSHORE_UI_TEST(TestExportDialog)
#include "tst_exportdialog.moc"
