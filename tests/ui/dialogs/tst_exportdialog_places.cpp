// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
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

/// Where the dialog lets people export to, beyond one name.
class TestExportDialogPlaces : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void fillsInTheNamesOfImages();
    void exportsWhatADigestInTheNameSays();
    void saysWhatIsNoField();
    void leavesOutWhatAnEarlierExportHolds();
    void includesReferrersWhereThereIsAPlaceForThem();
    void bringsFilesIntoAFolderThatIsNotThere();

private:
    void review(const QList<Reference> &images);
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
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }

    Network m_network;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<RegistrySession> m_session;
    std::unique_ptr<ExportDialog> m_dialog;
    std::optional<Digest> m_image;
};

void TestExportDialogPlaces::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    m_image = TestImages::addImage(*m_registry, u"team/app"_s, u"1.0"_s);
    TestImages::addImage(*m_registry, u"team/app"_s, u"2.0"_s, {.layers = {"another"}});
    m_session = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
}

void TestExportDialogPlaces::cleanup()
{
    m_dialog.reset();
    m_session.reset();
    m_registry.reset();
}

void TestExportDialogPlaces::review(const QList<Reference> &images)
{
    m_dialog = std::make_unique<ExportDialog>(
        std::make_unique<ExportPresenter>(m_session, *RepositoryName::parse(u"team/app"), images),
        m_folder->path());
    m_dialog->open();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    QTRY_VERIFY(button().isEnabled());
}

void TestExportDialogPlaces::fillsInTheNamesOfImages()
{
    review({*Tag::parse(u"1.0"), *Tag::parse(u"2.0")});
    chooseForm(Form::OciArchive);
    QCOMPARE(m_dialog->exports()->size(), qsizetype(1));
    fillIn(*m_dialog, u"target"_s, path(u"{name}/{tag}.tar"_s));
    const auto exports = m_dialog->exports();
    QVERIFY2(exports, exports ? "" : qPrintable(exports.error().message));
    QCOMPARE(exports->size(), qsizetype(2));
    QCOMPARE(exports->at(0).place.path, path(u"app/1.0.tar"_s));
    QCOMPARE(exports->at(1).place.path, path(u"app/2.0.tar"_s));
    QVERIFY2(note().contains(u"1.0.tar"_s), qPrintable(note()));
    // Each may be there already.
    QVERIFY(box(u"taken"_s).isEnabled());
    QCOMPARE(exports->at(1).taken, TakenName::Rename);
}

void TestExportDialogPlaces::exportsWhatADigestInTheNameSays()
{
    review({*Tag::parse(u"1.0")});
    fillIn(*m_dialog, u"target"_s, path(u"{digest}"_s));
    const auto exports = m_dialog->exports();
    QVERIFY2(exports, exports ? "" : qPrintable(exports.error().message));
    QCOMPARE(exports->first().source.digest, m_image);
    QVERIFY(exports->first().place.path.contains(m_image->encoded()));
}

void TestExportDialogPlaces::saysWhatIsNoField()
{
    review({*Tag::parse(u"1.0")});
    fillIn(*m_dialog, u"target"_s, path(u"{user}"_s));
    QVERIFY(!button().isEnabled());
    QVERIFY2(note().contains(u"{repository}"_s), qPrintable(note()));
}

void TestExportDialogPlaces::leavesOutWhatAnEarlierExportHolds()
{
    review({*Tag::parse(u"1.0")});
    fillIn(*m_dialog, u"earlier"_s, path(u"old"_s));
    QVERIFY(!button().isEnabled());
    QVERIFY2(note().contains(u"no earlier export"_s), qPrintable(note()));
    QVERIFY(QDir().mkpath(path(u"old"_s)));
    fillIn(*m_dialog, u"earlier"_s, m_folder->path() + "/old/"_L1);
    QVERIFY(button().isEnabled());
    QCOMPARE(m_dialog->wanted().earlier, path(u"old"_s));
    chooseForm(Form::DockerArchive); // Docker needs the whole.
    QVERIFY(!child<QLineEdit>(*m_dialog, u"earlier"_s).isEnabled());
    QCOMPARE(m_dialog->wanted().earlier, QString());
}

void TestExportDialogPlaces::includesReferrersWhereThereIsAPlaceForThem()
{
    review({*Tag::parse(u"1.0")});
    auto &referrers = child<QCheckBox>(*m_dialog, u"withReferrers"_s);
    QVERIFY(referrers.isEnabled() && !m_dialog->wanted().withReferrers);
    QTest::keyClick(&referrers, Qt::Key_Space);
    QVERIFY(m_dialog->wanted().withReferrers);
    chooseForm(Form::OciArchive);
    QVERIFY(m_dialog->exports()->first().withReferrers);
    chooseForm(Form::DockerArchive);
    QVERIFY(!referrers.isEnabled() && !m_dialog->wanted().withReferrers);
    QCOMPARE(WidgetChecks::complaintsAbout(*m_dialog), QStringList());
}

void TestExportDialogPlaces::bringsFilesIntoAFolderThatIsNotThere()
{
    review({*Tag::parse(u"1.0")});
    chooseForm(Form::RootFolder);
    QCOMPARE(m_dialog->wanted().place.path, path(u"app_1.0"_s));
    QVERIFY(!child<QCheckBox>(*m_dialog, u"checksums"_s).isEnabled());
    QVERIFY(QDir().mkpath(path(u"app_1.0"_s)));
    fillIn(*m_dialog, u"target"_s, path(u"app_1.0/"_s));
    QCOMPARE(m_dialog->wanted().taken, TakenName::Rename);
    box(u"taken"_s).setCurrentIndex(1);
    QVERIFY(!button().isEnabled());
    QVERIFY2(note().contains(u"never replaced"_s), qPrintable(note()));
}

LONGSHORE_UI_TEST(TestExportDialogPlaces)
#include "tst_exportdialog_places.moc"
