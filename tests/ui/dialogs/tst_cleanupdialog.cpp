// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/outcome.h"
#include "support/snapshot.h"
#include "support/testimages.h"
#include "support/testinventory.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/cleanupdialog.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestCleanupDialog : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void saysWhatGoesAndKeepsCancelTheDefault();
    void wantsTheNumberTypedWhereMuchGoes();
    void wantsTheNumberTypedWhereAPersonOverridesProtection();
    void wantsTheNameTypedInProduction();
    void offersToSaveTheLayersToo();
    void offersADetourForTagsWhoseImageStays_data();
    void offersADetourForTagsWhoseImageStays();
    void namesTheRegistryWhereSeveralRepositoriesGo();
    void canBeUsedByEverybody();

private:
    void plan(const QStringList &repositories, const QList<CleanupRule> &rules,
              bool isProduction = false);
    void open();
    [[nodiscard]] QString text(const QString &label) const
    {
        return child<QLabel>(*m_dialog, label).text();
    }
    [[nodiscard]] QPushButton &button() const
    {
        return child<QPushButton>(*m_dialog, u"confirmCleanup"_s);
    }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<CleanupPresenter> m_presenter;
    std::unique_ptr<CleanupDialog> m_dialog;
};

void TestCleanupDialog::init()
{
    m_registry = std::make_unique<FakeRegistry>();
    for (const QString &repository : {u"app"_s, u"web"_s}) {
        for (const QString &tag : {u"a"_s, u"b"_s, u"c"_s, u"latest"_s})
            TestImages::addImage(*m_registry, repository, tag, {.layers = {tag.toLatin1()}});
    }
}

void TestCleanupDialog::cleanup()
{
    m_dialog.reset();
    m_presenter.reset();
    m_registry.reset();
}

void TestCleanupDialog::plan(const QStringList &repositories, const QList<CleanupRule> &rules,
                             bool isProduction)
{
    QList<RepositoryName> names;
    for (const QString &name : repositories)
        names.append(*RepositoryName::parse(name));
    HttpSettings settings;
    settings.isProduction = isProduction;
    m_presenter = std::make_unique<CleanupPresenter>(
        std::make_shared<RegistrySession>(m_network, *RegistryAddress::parse(m_registry->host()),
                                          u"http"_s, settings),
        names);
    m_presenter->setRules({{}, rules});
    m_presenter->read();
    QTRY_VERIFY(!m_presenter->plan().rows.isEmpty());
}

void TestCleanupDialog::open()
{
    m_dialog = std::make_unique<CleanupDialog>(*m_presenter);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TestCleanupDialog::saysWhatGoesAndKeepsCancelTheDefault()
{
    plan({u"app"_s, u"web"_s}, {TestInventory::deleteNamed(u"a, b"_s)});
    open();
    QVERIFY(text(u"cleanupQuestion"_s).startsWith("Back up and delete 4 tags of "_L1));
    QCOMPARE(text(u"cleanupParts"_s),
             u"2 of 4 tags from \u2068app\u2069\n2 of 4 tags from \u2068web\u2069"_s);
    QCOMPARE(button().text(), u"Back Up and &Delete 4 Tags"_s);
    QVERIFY(button().isEnabled());
    QVERIFY(child<QLineEdit>(*m_dialog, u"typedConfirmation"_s).isHidden());
    QVERIFY(child<QPushButton>(*m_dialog, u"cancel"_s).hasFocus());
    QTest::keyClick(m_dialog->focusWidget(), Qt::Key_Return);
    QCOMPARE(m_dialog->result(), int(QDialog::Rejected));
    QVERIFY(!m_dialog->isVisible());
}

void TestCleanupDialog::wantsTheNumberTypedWhereMuchGoes()
{
    plan({u"app"_s}, {TestInventory::deleteNamed(u"a, b, c"_s)});
    open();
    QCOMPARE(text(u"cleanupThresholds"_s), u"\u2068app\u2069 loses more than half of its tags."_s);
    QVERIFY(!button().isEnabled());
    fillIn(*m_dialog, u"typedConfirmation"_s, u"4"_s);
    QVERIFY(!button().isEnabled());
    fillIn(*m_dialog, u"typedConfirmation"_s, u"3"_s);
    QVERIFY(button().isEnabled());
    press(*m_dialog, u"confirmCleanup"_s);
    QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
}

void TestCleanupDialog::wantsTheNumberTypedWhereAPersonOverridesProtection()
{
    plan({u"app"_s}, {TestInventory::protect(u"latest"_s)});
    m_presenter->choose(*RepositoryName::parse(u"app"), *Tag::parse(u"latest"),
                        CleanupChoices::Override::Delete);
    QTRY_VERIFY(!m_presenter->isDeciding());
    open();
    QCOMPARE(text(u"cleanupThresholds"_s),
             u"A tag of \u2068app\u2069 goes though a rule protects it."_s);
    QVERIFY(!button().isEnabled());
}

void TestCleanupDialog::wantsTheNameTypedInProduction()
{
    plan({u"app"_s}, {TestInventory::deleteNamed(u"a"_s)}, true);
    open();
    QVERIFY(text(u"cleanupThresholds"_s).contains("production"_L1));
    QVERIFY(!button().isEnabled());
    fillIn(*m_dialog, u"typedConfirmation"_s, u"1"_s); // The number is not enough.
    QVERIFY(!button().isEnabled());
    fillIn(*m_dialog, u"typedConfirmation"_s, u"app"_s);
    QVERIFY(button().isEnabled());
}

void TestCleanupDialog::namesTheRegistryWhereSeveralRepositoriesGo()
{
    plan({u"app"_s, u"web"_s}, {TestInventory::deleteNamed(u"a"_s)}, true);
    open();
    fillIn(*m_dialog, u"typedConfirmation"_s, u"app"_s);
    QVERIFY(!button().isEnabled());
    fillIn(*m_dialog, u"typedConfirmation"_s, m_registry->host());
    QVERIFY(button().isEnabled());
}

void TestCleanupDialog::offersToSaveTheLayersToo()
{
    plan({u"app"_s}, {TestInventory::deleteNamed(u"a"_s)});
    open();
    auto &box = child<QCheckBox>(*m_dialog, u"saveLayers"_s);
    QVERIFY(box.text().startsWith("Save the &layers too ("_L1));
    QVERIFY(!m_dialog->savesLayers()); // They may be large.
    box.setFocus();
    QTest::keyClick(&box, Qt::Key_Space);
    QVERIFY(m_dialog->savesLayers());
}

void TestCleanupDialog::offersADetourForTagsWhoseImageStays_data()
{
    QTest::addColumn<bool>("isShared");
    QTest::addColumn<bool>("canDeleteTags");
    QTest::addColumn<bool>("isOffered");
    QTest::newRow("shared") << true << false << true;
    QTest::newRow("shared, and there is a direct way") << true << true << false;
    QTest::newRow("nothing is shared") << false << false << false;
}

void TestCleanupDialog::offersADetourForTagsWhoseImageStays()
{
    QFETCH(const bool, isShared);
    QFETCH(const bool, canDeleteTags);
    QFETCH(const bool, isOffered);
    m_registry->behaviour.canDeleteTags = canDeleteTags;
    if (isShared)
        m_registry->setTag(
            u"app"_s, u"b"_s,
            TestImages::addImage(*m_registry, u"app"_s, u"latest"_s, {.layers = {"latest"}}));
    plan({u"app"_s}, {TestInventory::deleteNamed(u"a, b"_s)});
    CleanupRules rules{{}, {TestInventory::deleteNamed(u"a, b"_s)}};
    rules.siblings = SiblingPolicy::Untag;
    m_presenter->setRules(rules);
    QTRY_VERIFY(!m_presenter->isDeciding());
    const auto probed = outcomeOf(
        m_presenter->session().probe({Capability::TagDeletion, *RepositoryName::parse(u"app")}));
    QCOMPARE(*probed == Support::Yes, canDeleteTags);
    open();
    auto &box = child<QCheckBox>(*m_dialog, u"placeholder"_s);
    QCOMPARE(box.isVisible(), isOffered);
    snap(*m_dialog, isOffered ? u"cleanup-detour"_s : u"cleanup-question"_s);
    QCOMPARE(m_dialog->placeholder(), TagRemoval::Placeholder::Never); // Nobody has agreed yet.
    if (isOffered)
        QTest::keyClick(&box, Qt::Key_Space);
    QCOMPARE(m_dialog->placeholder() == TagRemoval::Placeholder::Allowed, isOffered);
    QCOMPARE(WidgetChecks::complaintsAbout(*m_dialog), QStringList());
}

void TestCleanupDialog::canBeUsedByEverybody()
{
    plan({u"app"_s}, {TestInventory::deleteNamed(u"a, b, c"_s)});
    open();
    QCOMPARE(WidgetChecks::complaintsAbout(*m_dialog), QStringList());
}

LONGSHORE_UI_TEST(TestCleanupDialog)
#include "tst_cleanupdialog.moc"
