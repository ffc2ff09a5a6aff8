// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/snapshot.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/exportdialog.h"
#include "ui/format/valueformat.h"

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Form = ImagePlace::Form;

/// Several platforms of what is exported.
class TestExportDialogPlatforms : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void takesWhatIsTicked();
    void followsTheSizeOfWhatIsTicked();
    void wantsAtLeastOne();
    void tellsAllFromAllThatAreTicked();
    void keepsOnePlatformForDocker();
    void offersSeveralOfIndexesOnly();
    void canBeUsedByKeyboard();
    void isPassedByWhereThereIsNothingToChoose();

private:
    void review(const QList<Reference> &images = {*Tag::parse(u"1.0")});
    [[nodiscard]] QComboBox &box(const QString &name = u"platform"_s) const
    {
        return child<QComboBox>(*m_dialog, name);
    }
    [[nodiscard]] QListWidget &list() const
    {
        return child<QListWidget>(*m_dialog, u"severalPlatforms"_s);
    }
    [[nodiscard]] QPushButton &button() const { return child<QPushButton>(*m_dialog, u"export"_s); }
    [[nodiscard]] QString text(const QString &name) const
    {
        return child<QLabel>(*m_dialog, name).text();
    }
    void chooseSeveral() const { box().setCurrentIndex(box().count() - 1); }
    void tick(int row) const { list().item(row)->setCheckState(Qt::Checked); }

    Network m_network;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<RegistrySession> m_session;
    std::unique_ptr<ExportDialog> m_dialog;
};

void TestExportDialogPlatforms::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    const QStringList all{u"amd64"_s, u"arm64"_s, u"s390x"_s};
    TestImages::addIndex(*m_registry, u"team/app"_s, u"1.0"_s, all);
    TestImages::addIndex(*m_registry, u"team/app"_s, u"2.0"_s, all.first(2));
    TestImages::addImage(*m_registry, u"team/app"_s, u"alone"_s);
    m_session = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
}

void TestExportDialogPlatforms::cleanup()
{
    m_dialog.reset();
    m_session.reset();
    m_registry.reset();
}

void TestExportDialogPlatforms::review(const QList<Reference> &images)
{
    m_dialog = std::make_unique<ExportDialog>(
        std::make_unique<ExportPresenter>(m_session, *RepositoryName::parse(u"team/app"), images),
        m_folder->path());
    m_dialog->open();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    QTRY_VERIFY(button().isEnabled());
}

void TestExportDialogPlatforms::takesWhatIsTicked()
{
    review();
    QVERIFY(!list().isVisible());
    chooseSeveral();
    QVERIFY(list().isVisible());
    QCOMPARE(list().count(), 3);
    QVERIFY(list().item(1)->text().startsWith(u"linux/arm64 ("_s));
    tick(2);
    tick(0);
    QCOMPARE(m_dialog->wanted().platforms,
             QList({*Platform::parse(u"linux/amd64"_s), *Platform::parse(u"linux/s390x"_s)}));
    QVERIFY(button().isEnabled());
    QVERIFY(text(u"platformNote"_s).contains(u"digest of its own"_s));
    const auto &note = child<QLabel>(*m_dialog, u"platformNote"_s);
    QTRY_VERIFY(list().geometry().bottom() < note.y()
                && note.height() >= note.heightForWidth(note.width())); // All can be read.
    snap(*m_dialog, u"export-platforms"_s);
    box().setCurrentIndex(0);
    QVERIFY(m_dialog->wanted().platforms.isEmpty());
    QVERIFY(!list().isVisible());
}

void TestExportDialogPlatforms::followsTheSizeOfWhatIsTicked()
{
    review();
    chooseSeveral();
    tick(1);
    const auto &choices = m_dialog->presenter().choices();
    QVERIFY(text(u"exportRoom"_s).contains(formatBytes(choices.at(2).bytes)));
    tick(2);
    const qint64 two = m_dialog->presenter().sizeFor(
        {*Platform::parse(u"linux/arm64"_s), *Platform::parse(u"linux/s390x"_s)});
    QVERIFY2(text(u"exportRoom"_s).contains(formatBytes(two)), qPrintable(text(u"exportRoom"_s)));
}

void TestExportDialogPlatforms::wantsAtLeastOne()
{
    review();
    chooseSeveral();
    QVERIFY(!button().isEnabled());
    QVERIFY(text(u"exportNote"_s).contains(u"Tick the platforms"_s));
    tick(1); // That one alone, as its own manifest.
    QVERIFY(button().isEnabled());
    QCOMPARE(m_dialog->wanted().platforms, QList{*Platform::parse(u"linux/arm64"_s)});
    list().item(1)->setCheckState(Qt::Unchecked);
    QVERIFY(!button().isEnabled());
}

void TestExportDialogPlatforms::tellsAllFromAllThatAreTicked()
{
    review();
    QVERIFY(m_dialog->wanted().platforms.isEmpty());
    chooseSeveral();
    for (int row = 0; row < list().count(); ++row)
        tick(row);
    QCOMPARE(m_dialog->wanted().platforms.size(), qsizetype(3));
}

void TestExportDialogPlatforms::keepsOnePlatformForDocker()
{
    review();
    box(u"form"_s).setCurrentIndex(
        box(u"form"_s).findData(QVariant::fromValue(Form::DockerArchive)));
    chooseSeveral();
    tick(0);
    QVERIFY(button().isEnabled());
    tick(1);
    QVERIFY(!button().isEnabled());
    QVERIFY(text(u"exportNote"_s).contains(u"one platform"_s));
}

void TestExportDialogPlatforms::offersSeveralOfIndexesOnly()
{
    review({*Tag::parse(u"1.0"), *Tag::parse(u"2.0")});
    QCOMPARE(box().count(), 4); // Those that both have.
    chooseSeveral();
    tick(0);
    tick(1);
    QVERIFY(button().isEnabled());
    m_dialog.reset();
    review({*Tag::parse(u"1.0"), *Tag::parse(u"alone")});
    QCOMPARE(box().count(), 4); // All, and each of the three.
    chooseSeveral();
    QVERIFY(!list().isVisible());
}

void TestExportDialogPlatforms::canBeUsedByKeyboard()
{
    review();
    QTest::keyClick(m_dialog.get(), Qt::Key_P, Qt::AltModifier);
    QTRY_VERIFY(box().hasFocus());
    QTest::keyClick(&box(), Qt::Key_End);
    QVERIFY(list().isVisible());
    QTest::keyClick(&box(), Qt::Key_Tab);
    QVERIFY(list().hasFocus());
    QTest::keyClick(&list(), Qt::Key_Space);
    QTest::keyClick(&list(), Qt::Key_Down);
    QTest::keyClick(&list(), Qt::Key_Space);
    QCOMPARE(m_dialog->wanted().platforms.size(), qsizetype(2));
    QCOMPARE(WidgetChecks::complaintsAbout(*m_dialog), QStringList());
}

void TestExportDialogPlatforms::isPassedByWhereThereIsNothingToChoose()
{
    review({*Tag::parse(u"alone")});
    auto &form = box(u"form"_s);
    form.setFocus();
    QTest::keyClick(m_dialog.get(), Qt::Key_P, Qt::AltModifier);
    QVERIFY(form.hasFocus());
    QTest::keyClick(&form, Qt::Key_Tab);
    QVERIFY(m_dialog->focusWidget() != &box() && m_dialog->focusWidget()->isEnabled());
    QCOMPARE(WidgetChecks::complaintsAbout(*m_dialog), QStringList());
}

LONGSHORE_UI_TEST(TestExportDialogPlatforms)
#include "tst_exportdialog_platforms.moc"
