// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/fakeconnection.h"
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/snapshot.h"
#include "support/testimages.h"
#include "support/uitest.h"
#include "ui/dialogs/deletionlist.h"
#include "ui/presenters/deletionpresenter.h"

#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestDeletionList : public QObject
{
    Q_OBJECT

private slots:
    void listsWhatStaysWithoutATag();
    void appendsWhatIsFoundLater();
    void saysWhatTheServerAnswered();
};

void TestDeletionList::listsWhatStaysWithoutATag()
{
    Network network;
    FakeRegistry registry;
    TestImages::addIndex(registry, u"app"_s, u"multi"_s);
    const Digest other = TestImages::addImage(registry, u"app"_s, u"other"_s, {.layers = {"o"}});
    registry.setTag(u"app"_s, u"same"_s, other);
    DeletionPresenter presenter(std::make_shared<RegistrySession>(
                                    network, *RegistryAddress::parse(registry.host()), u"http"_s),
                                *RepositoryName::parse(u"app"),
                                {*Tag::parse(u"multi"), *Tag::parse(u"other")});
    bool isFound = false;
    connect(&presenter, &DeletionPresenter::remainsFound, this, [&] { isFound = true; });
    presenter.prepare();
    QTRY_VERIFY(isFound);
    DeletionList list;
    presenter.setScope(DeletionScope::WithImages);
    list.showPlan(presenter);
    const QString all = treeText(*list.model(), 2);
    QVERIFY2(all.contains("\n(without a tag) | stays; a part of multi ("_L1), qPrintable(all));
    for (const Remain &one : presenter.remains())
        QVERIFY(one.size > 0);
    list.resize(800, 300);
    snap(list, u"deletion-remains"_s);
}

/// Nobody who reads the list loses their place.
void TestDeletionList::appendsWhatIsFoundLater()
{
    Network network;
    FakeRegistry registry;
    TestImages::addIndex(registry, u"app"_s, u"multi"_s);
    TestImages::addImage(registry, u"app"_s, u"other"_s, {.layers = {"o"}});
    DeletionPresenter presenter(std::make_shared<RegistrySession>(
                                    network, *RegistryAddress::parse(registry.host()), u"http"_s),
                                *RepositoryName::parse(u"app"), {*Tag::parse(u"multi")});
    DeletionList list;
    QPersistentModelIndex first;
    bool isFound = false;
    connect(&presenter, &DeletionPresenter::planned, this, [&] {
        list.showPlan(presenter);
        first = list.model()->index(0, 0);
    });
    connect(&presenter, &DeletionPresenter::remainsFound, this, [&] {
        list.appendRemains(presenter);
        isFound = true;
    });
    presenter.prepare();
    QTRY_VERIFY(isFound);
    QVERIFY(first.isValid()); // It is still the same row.
    QCOMPARE(first.row(), 0);
    const QString appended = treeText(*list.model(), 2);
    QVERIFY2(appended.contains("\n(without a tag) | stays; a part of multi ("_L1),
             qPrintable(appended));
    list.showPlan(presenter);
    QCOMPARE(treeText(*list.model(), 2), appended);
}

void TestDeletionList::saysWhatTheServerAnswered()
{
    const RepositoryName name = *RepositoryName::parse(u"app");
    const Digest digest = Digest::ofBytes("image");
    CleanupReport report{name, {name, {}, {}}};
    for (const QString &sample : HostileText::samples()) {
        DeletionOutcome outcome{
            {{MediaType::ociManifest(), digest, 2}, {*Tag::parse(u"1")}, {}, {}},
            DeletionOutcome::State::Failed};
        outcome.error = Error{Error::Kind::Forbidden, u"Not you."_s, sample, 403, u"DENIED"_s};
        report.deletion.outcomes.append(outcome);
    }
    UntagOutcome untagged{*Tag::parse(u"2"), digest, UntagOutcome::State::Failed};
    untagged.error = Error{Error::Kind::Network, u"No answer."_s, u"errno 5"_s};
    report.untagged.append(untagged);
    DeletionList list;
    list.showReport(report);
    QCOMPARE(list.topLevelItem(0)->text(3), u"403"_s);
    QVERIFY(list.topLevelItem(0)->text(4).startsWith("DENIED"_L1));
    QTreeWidgetItem *last = list.topLevelItem(list.topLevelItemCount() - 1);
    QCOMPARE(last->text(3) + last->text(4), QString()); // No server has said anything.
    QVERIFY(!list.isColumnHidden(3) && !list.isColumnHidden(4));
    report.deletion.outcomes.clear();
    list.showReport(report);
    QVERIFY(list.isColumnHidden(3) && list.isColumnHidden(4));
    QCOMPARE(HostileText::complaintsAbout(*list.model()), QStringList());
}

LONGSHORE_UI_TEST(TestDeletionList)
#include "tst_deletionlist.moc"
