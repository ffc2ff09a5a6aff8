// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/tagremovalproof.h"
#include "core/registry/registrysession.h"
#include "support/fakeconnection.h"
#include "support/snapshot.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/oldtagtext.h"
#include "ui/dialogs/retagdialog.h"
#include "ui/presenters/registrysource.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Finding = TagRemovalProof::Finding;
using State = UntagOutcome::State;

/// The tag that an image has, which may go when it has got others.
class TestRetagDialogOldTag : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void offersItWhereItIsProven();
    void saysWhyItCannot_data();
    void saysWhyItCannot();
    void leavesProductionToTheDeletion();
    void takesTheTickBackWhenItIsNotProvenAnyMore();
    void offersNothingForAnImageWithoutATag();
    void tellsWhatBecameOfIt();
    void passesTheChecksOfEveryDialog();

private:
    void prove(Finding finding)
    {
        TagRemovalProof::of(*m_session)
            .note(TagRemovalProof::Method::Native, m_repository, finding,
                  m_session->signInNumber());
    }
    void open(const Reference &image = *Tag::parse(u"1.4-rc1"));
    void write(const QString &tags) const { fillIn(*m_dialog, u"newTags"_s, tags); }
    [[nodiscard]] QCheckBox &box() const { return child<QCheckBox>(*m_dialog, u"removeOldTag"_s); }
    [[nodiscard]] QString about() const
    {
        return child<QLabel>(*m_dialog, u"aboutOldTag"_s).text();
    }
    [[nodiscard]] QPushButton &go() const { return child<QPushButton>(*m_dialog, u"retag"_s); }
    [[nodiscard]] FakeRegistry &registry() const { return m_connection->registry; }

    const RepositoryName m_repository = *RepositoryName::parse(u"team/app");
    std::shared_ptr<FakeConnection> m_connection;
    std::shared_ptr<RegistrySession> m_session;
    std::optional<Digest> m_image;
    std::unique_ptr<RetagDialog> m_dialog;
};

void TestRetagDialogOldTag::init()
{
    m_connection = std::make_shared<FakeConnection>();
    m_session = {m_connection, &m_connection->session};
    m_image = TestImages::addIndex(registry(), u"team/app"_s, u"1.4-rc1"_s);
}

void TestRetagDialogOldTag::cleanup()
{
    m_dialog.reset();
    m_session.reset();
    m_connection.reset();
}

void TestRetagDialogOldTag::open(const Reference &image)
{
    const RegistrySource source(m_session, m_repository, {image});
    m_dialog = std::make_unique<RetagDialog>(source.images().constFirst(),
                                             CopyTarget{u"one"_s, u"Lab"_s, m_session});
    m_dialog->open();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TestRetagDialogOldTag::offersItWhereItIsProven()
{
    prove(Finding::Proven);
    open();
    QVERIFY(box().isVisible() && box().isEnabled() && !box().isChecked());
    QVERIFY(box().text().contains(u"1.4-rc1"_s));
    QVERIFY2(about().contains(u"backup"_s), qPrintable(about()));
    write(u"1.4, latest"_s);
    QTRY_VERIFY(go().isEnabled());
    QVERIFY(!m_dialog->oldTag());
    const QString before = go().text();
    box().click();
    QVERIFY(go().text() != before); // It says what it does.
    snap(*m_dialog, u"retag-remove-old"_s);
    const auto old = m_dialog->oldTag();
    QVERIFY(old);
    QCOMPARE(old->tag, *Tag::parse(u"1.4-rc1"));
    QCOMPARE(old->image, *m_image);
    QCOMPARE(old->repository, m_repository);
    QCOMPARE(old->newTags, QList<Tag>({*Tag::parse(u"1.4"), *Tag::parse(u"latest")}));
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
}

void TestRetagDialogOldTag::saysWhyItCannot_data()
{
    QTest::addColumn<int>("finding");
    QTest::addColumn<QString>("reason");
    QTest::newRow("nobody has tried") << int(Finding::Unknown) << u"not proven yet"_s;
    QTest::newRow("the server cannot") << int(Finding::Absent) << u"does not remove tags alone"_s;
}

void TestRetagDialogOldTag::saysWhyItCannot()
{
    QFETCH(const int, finding);
    QFETCH(const QString, reason);
    prove(Finding(finding));
    open();
    QVERIFY(box().isVisible() && !box().isEnabled());
    QVERIFY2(about().contains(reason), qPrintable(about()));
    QVERIFY(box().accessibleDescription().contains(reason));
    write(u"1.4"_s);
    QTRY_VERIFY(go().isEnabled()); // The new tag does not depend on it.
    QVERIFY(!m_dialog->oldTag());
}

void TestRetagDialogOldTag::leavesProductionToTheDeletion()
{
    HttpSettings settings;
    settings.isProduction = true;
    m_session = std::make_shared<RegistrySession>(
        m_connection->network, *RegistryAddress::parse(registry().host()), u"http"_s, settings);
    m_session->client().allowChanges(true);
    prove(Finding::Proven);
    open();
    QVERIFY(!box().isEnabled());
    QVERIFY2(about().contains(u"production"_s), qPrintable(about()));
}

void TestRetagDialogOldTag::takesTheTickBackWhenItIsNotProvenAnyMore()
{
    prove(Finding::Proven);
    open();
    box().click();
    QVERIFY(box().isChecked());
    prove(Finding::Absent);
    write(u"1.4"_s);
    QTRY_VERIFY(go().isEnabled());
    QVERIFY(!box().isChecked() && !box().isEnabled());
    QVERIFY(!m_dialog->oldTag());
}

void TestRetagDialogOldTag::offersNothingForAnImageWithoutATag()
{
    prove(Finding::Proven);
    open(*m_image);
    QVERIFY(!box().isVisible());
    write(u"1.4"_s);
    QTRY_VERIFY(go().isEnabled());
    QVERIFY(!m_dialog->oldTag());
}

void TestRetagDialogOldTag::tellsWhatBecameOfIt()
{
    const OldTag old{m_repository, *Tag::parse(u"rc"), *m_image, {*Tag::parse(u"1.4")}};
    const auto said = [&old](const OldTagOutcome &outcome) {
        return OldTagText::result(old, outcome).remove(u'\u2068').remove(u'\u2069');
    };
    const QString removed = said({State::Removed, {}, u"/backups/rc-tags"_s});
    QVERIFY2(removed.contains(u"removed rc"_s) && removed.contains(u"/backups/rc-tags"_s),
             qPrintable(removed));
    QVERIFY(said({State::AlreadyGone}).contains(u"Somebody else"_s));
    const Error error{Error::Kind::Forbidden, u"no"_s};
    const QString stayed = said({State::Failed, error, {}, {{old.tag, *m_image}}});
    QVERIFY2(stayed.contains(u"rc was not removed"_s), qPrintable(stayed));
    QVERIFY2(stayed.contains(u"rc ("_s + m_image->toString() + u')'), qPrintable(stayed));
    QVERIFY(said({State::Failed, error}).contains(u"is not known"_s));
    const QString folder = u"/backups/rc-tags"_s;
    QVERIFY(said({State::Failed, error, folder}).endsWith(folder + u'.'));
    const QString gone = said({State::Failed, error, folder, {}, {old.tag}});
    QVERIFY2(gone.contains(u"rc is gone"_s) && gone.contains(u"\nrc (not there)"_s),
             qPrintable(gone));
    const QString unanswered = said({State::Removed, error, folder});
    QVERIFY2(unanswered.contains(u"removed rc, though the server's answer was lost.\n"_s)
                 && unanswered.contains(folder),
             qPrintable(unanswered));
}

void TestRetagDialogOldTag::passesTheChecksOfEveryDialog()
{
    open();
    QCOMPARE(WidgetChecks::complaintsAbout(*m_dialog).join(u'\n'), QString());
}

LONGSHORE_UI_TEST(TestRetagDialogOldTag)
#include "tst_retagdialog_oldtag.moc"
