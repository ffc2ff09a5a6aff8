// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/snapshot.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/retagdialog.h"
#include "ui/presenters/registrysource.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestRetagDialog : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsTheImage();
    void refusesWhatCannotBeATag_data();
    void refusesWhatCannotBeATag();
    void looksOnlyForTheTag();
    void wantsATickForATagOfAnotherImage();
    void takesSeveralTags();
    void sendsTheManifestByteForByte();
    void saysWhyItCannotLookAndTriesAgain();
    void passesTheChecksOfEveryDialog();

private:
    void write(const QString &tags) const { fillIn(*m_dialog, u"newTags"_s, tags); }
    [[nodiscard]] QPushButton &go() const { return child<QPushButton>(*m_dialog, u"retag"_s); }
    [[nodiscard]] QString note() const { return child<QLabel>(*m_dialog, u"retagNote"_s).text(); }
    [[nodiscard]] FakeRegistry &registry() const { return m_connection->registry; }

    std::shared_ptr<FakeConnection> m_connection;
    std::optional<Digest> m_image;
    std::unique_ptr<RetagDialog> m_dialog;
};

void TestRetagDialog::init()
{
    m_connection = std::make_shared<FakeConnection>();
    m_image = TestImages::addIndex(registry(), u"team/app"_s, u"1.4-rc1"_s);
    TestImages::addImage(registry(), u"team/app"_s, u"1.3"_s, {.layers = {"old"}});
    const std::shared_ptr<RegistrySession> session(m_connection, &m_connection->session);
    const RegistrySource source(session, *RepositoryName::parse(u"team/app"),
                                {*Tag::parse(u"1.4-rc1")});
    m_dialog = std::make_unique<RetagDialog>(source.images().constFirst(),
                                             CopyTarget{u"one"_s, u"Lab"_s, session});
    m_dialog->open();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TestRetagDialog::cleanup()
{
    m_dialog.reset();
    m_connection.reset();
}

void TestRetagDialog::showsTheImage()
{
    const auto &source = child<QLabel>(*m_dialog, u"retagSource"_s);
    QCOMPARE(source.text(), QString(registry().host() + "/team/app:1.4-rc1"_L1));
    auto &tags = child<QLineEdit>(*m_dialog, u"newTags"_s);
    QCOMPARE(tags.selectedText(), u"1.4-rc1"_s); // To be written over.
    QVERIFY(tags.hasFocus() && !go().isEnabled());
    QVERIFY2(note().contains(u"already"_s), qPrintable(note()));
    write(u"1.4"_s);
    QTRY_VERIFY(go().isEnabled() && go().isDefault());
    QVERIFY2(source.text().endsWith(u" ("_s + m_image->shortText() + u')'),
             qPrintable(source.text()));
}

void TestRetagDialog::refusesWhatCannotBeATag_data()
{
    QTest::addColumn<QString>("tags");
    QTest::addColumn<QString>("reason");
    QTest::newRow("nothing") << u" , "_s << u"Write the tag"_s;
    QTest::newRow("begins with a dot") << u".4"_s << u".4 cannot be a tag"_s;
    QTest::newRow("the second") << u"1.4 1/4"_s << u"1/4 cannot be a tag"_s;
    QTest::newRow("its own") << u"1.4, 1.4-rc1"_s << u"has the tag 1.4-rc1 already"_s;
}

void TestRetagDialog::refusesWhatCannotBeATag()
{
    QFETCH(const QString, tags);
    QFETCH(QString, reason);
    write(tags);
    QTRY_VERIFY(!go().isEnabled());
    const auto plain = [](QString text) { // Without the marks around what is quoted.
        return text.remove(u'\u2068').remove(u'\u2069');
    };
    QTRY_VERIFY2(plain(note()).contains(reason), qPrintable(note()));
    QVERIFY(registry().requests().isEmpty());
}

void TestRetagDialog::looksOnlyForTheTag()
{
    write(u"1.4"_s);
    QTRY_VERIFY(go().isEnabled());
    QCOMPARE(registry().count("GET", u"/manifests/1.4-rc1"_s), qsizetype(1));
    QCOMPARE(registry().count("HEAD", u"/manifests/1.4"_s), qsizetype(1));
    QCOMPARE(registry().count("HEAD", u"/blobs/"_s), qsizetype(0));
    QVERIFY(!child<QCheckBox>(*m_dialog, u"overwrite"_s).isVisible());
}

void TestRetagDialog::wantsATickForATagOfAnotherImage()
{
    write(u"1.3"_s);
    auto &overwrite = child<QCheckBox>(*m_dialog, u"overwrite"_s);
    QTRY_VERIFY(overwrite.isVisible());
    QVERIFY(!go().isEnabled());
    QVERIFY(child<QLabel>(*m_dialog, u"overwriteWarning"_s).text().startsWith(u"1.3 exists ("_s));
    snap(*m_dialog, u"retag-overwrite"_s);
    overwrite.click();
    QVERIFY(go().isEnabled());
    write(u"1.5"_s);
    QTRY_VERIFY(go().isEnabled());
    QVERIFY(!overwrite.isVisible());
    write(u"1.3"_s);
    QTRY_VERIFY(overwrite.isVisible());
    QVERIFY(!overwrite.isChecked() && !go().isEnabled()); // The tick was for another time.
}

void TestRetagDialog::takesSeveralTags()
{
    write(u"1.4, 1 latest 1"_s);
    QTRY_VERIFY(go().isEnabled());
    snap(*m_dialog, u"retag-several"_s);
    QStringList targets;
    for (const TransferTask &task : m_dialog->presenter().tasks())
        targets.append(task.target.section(u':', -1));
    QCOMPARE(targets, QStringList({u"1.4"_s, u"1"_s, u"latest"_s}));
    QCOMPARE(registry().count("GET", u"/manifests/1.4-rc1"_s), qsizetype(1)); // It is one image.
}

void TestRetagDialog::sendsTheManifestByteForByte()
{
    write(u"1.4"_s);
    QTRY_VERIFY(go().isEnabled());
    registry().forgetRequests();
    const auto brought = outcomeOf(m_dialog->presenter().tasks().constFirst().makeJob(this));
    QVERIFY2(brought, brought ? "" : qPrintable(brought.error().message));
    QCOMPARE(brought->digest, *m_image);
    QVERIFY(brought->stored && brought->stored->wasThere); // Only the tag is new.
    QCOMPARE(registry().count("PUT"), qsizetype(1));
    QCOMPARE(registry().count("POST"), qsizetype(0));
    QVERIFY(registry().tags(u"team/app"_s).contains(u"1.4"_s));
}

void TestRetagDialog::saysWhyItCannotLookAndTriesAgain()
{
    registry().failNext("GET", u"/manifests/1.4-rc1"_s, registryRefusal(403, "DENIED", "no"));
    write(u"1.4"_s);
    auto &bar = child<QWidget>(*m_dialog, u"messageBar"_s);
    QTRY_VERIFY(bar.isVisible());
    QVERIFY(!go().isEnabled());
    child<QAction>(*m_dialog, u"retryPlan"_s).trigger();
    QTRY_VERIFY(go().isEnabled());
    QVERIFY(!bar.isVisible());
}

void TestRetagDialog::passesTheChecksOfEveryDialog()
{
    write(u"1.3"_s);
    QTRY_VERIFY(child<QCheckBox>(*m_dialog, u"overwrite"_s).isVisible());
    QCOMPARE(WidgetChecks::complaintsAbout(*m_dialog).join(u'\n'), QString());
}

LONGSHORE_UI_TEST(TestRetagDialog)
#include "tst_retagdialog.moc"
