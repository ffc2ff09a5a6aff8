// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/pages/page.h"

#include <QAction>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

namespace {

/// A page with two lines and nothing on them.
class PlainPage final : public Page
{
public:
    explicit PlainPage(const Place &place)
        : Page(place), m_first(new QLineEdit(this)), m_content(new QLineEdit(this))
    {
        setContent(m_content);
    }

    using Page::makeAction;
    using Page::remediesFor;
    using Page::retry;

    void reload() override { ++reloads; }
    void addContextActions(const QList<QAction *> &) override {}
    [[nodiscard]] bool isLoaded() const override { return true; }
    [[nodiscard]] QList<Tag> selectedTags() const override { return {}; }
    [[nodiscard]] QList<LayerChoice> selectedLayers() const override { return {}; }
    [[nodiscard]] QString selectedDigest() const override { return {}; }
    [[nodiscard]] QList<Property> details() const override { return {}; }
    [[nodiscard]] QString summary() const override { return {}; }
    [[nodiscard]] bool hasFocusOnContent() const { return m_content->hasFocus(); }
    [[nodiscard]] QLineEdit &first() const { return *m_first; }

    int reloads = 0;

private:
    QLineEdit *m_first;
    QLineEdit *m_content;
};

} // namespace

class TestPage : public QObject
{
    Q_OBJECT

private slots:
    void titlesItselfByItsPlace_data();
    void titlesItselfByItsPlace();
    void tellsPlacesApart();
    void offersASignInOnlyWhereItHelps_data();
    void offersASignInOnlyWhereItHelps();
    void readsAgainWhenSomebodyTriesAgain();
    void asksForASignInByASignal();
    void namesItsActions();
    void givesTheFocusToItsContent();
    void hasNoListUnlessItSaysSo();

private:
    [[nodiscard]] static Place place(const std::optional<Reference> &reference = {})
    {
        return {u"1"_s, *RepositoryName::parse(u"team/app"), reference};
    }
};

void TestPage::titlesItselfByItsPlace_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<QString>("title");
    const Digest digest = Digest::ofBytes("x");
    QTest::newRow("repository") << QString() << u"team/app"_s;
    QTest::newRow("tag") << u"1.0"_s << u"team/app:1.0"_s;
    QTest::newRow("digest") << digest.toString() << QString("team/app@"_L1 + digest.shortText());
}

void TestPage::titlesItselfByItsPlace()
{
    QFETCH(QString, reference);
    QFETCH(QString, title);
    std::optional<Reference> named;
    if (const auto digest = Digest::parse(reference))
        named = *digest;
    else if (const auto tag = Tag::parse(reference))
        named = *tag;
    PlainPage page(place(named));
    QCOMPARE(page.title(), title);
    QCOMPARE(page.place(), place(named));
}

void TestPage::tellsPlacesApart()
{
    const Place tagged = place(*Tag::parse(u"1.0"));
    QCOMPARE(tagged, place(*Tag::parse(u"1.0")));
    QVERIFY(tagged != place());
    QVERIFY(tagged != place(*Tag::parse(u"1.1")));
    Place elsewhere = tagged;
    elsewhere.connectionId = u"2"_s;
    QVERIFY(tagged != elsewhere);
}

void TestPage::offersASignInOnlyWhereItHelps_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QStringList>("remedies");
    const QStringList retry{u"retry"_s};
    const QStringList both{u"signIn"_s, u"retry"_s};
    QTest::newRow("unknown account") << Kind::Unauthorized << both;
    QTest::newRow("missing right") << Kind::Forbidden << both;
    QTest::newRow("nothing there") << Kind::NotFound << retry;
    QTest::newRow("no network") << Kind::Network << retry;
    QTest::newRow("too often") << Kind::RateLimited << retry;
    QTest::newRow("damaged") << Kind::DigestMismatch << retry;
}

void TestPage::offersASignInOnlyWhereItHelps()
{
    QFETCH(Kind, kind);
    PlainPage page(place());
    QStringList names;
    const QList<QAction *> remedies = page.remediesFor({kind, u"no"_s});
    for (const QAction *action : remedies)
        names.append(action->objectName());
    QTEST(names, "remedies");
}

void TestPage::readsAgainWhenSomebodyTriesAgain()
{
    PlainPage page(place());
    const QSignalSpy signIns(&page, &Page::signInRequested);
    page.retry()->trigger();
    QCOMPARE(page.reloads, 1);
    QCOMPARE(signIns.size(), qsizetype(0));
}

void TestPage::asksForASignInByASignal()
{
    PlainPage page(place());
    const QSignalSpy signIns(&page, &Page::signInRequested);
    page.remediesFor({Kind::Unauthorized, u"no"_s}).first()->trigger();
    QCOMPARE(signIns.size(), qsizetype(1));
    QCOMPARE(page.reloads, 0); // Not before somebody has signed in.
}

void TestPage::namesItsActions()
{
    PlainPage page(place());
    const QAction *action = page.makeAction(u"stop"_s, u"Stop"_s);
    QCOMPARE(action->objectName(), u"stop"_s);
    QCOMPARE(action->text(), u"Stop"_s);
    QCOMPARE(action->parent(), &page);
}

void TestPage::givesTheFocusToItsContent()
{
    PlainPage page(place());
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    page.first().setFocus();
    page.focusContent();
    QVERIFY(page.hasFocusOnContent());
    // No proxy: who goes backwards comes to what is above the content.
    QTest::keyClick(&page, Qt::Key_Backtab);
    QVERIFY(page.first().hasFocus());
}

void TestPage::hasNoListUnlessItSaysSo()
{
    PlainPage page(place());
    QVERIFY(!page.canReadAll());
    page.readAll();
    page.focusFilter();
    QCOMPARE(page.reloads, 0);
}

LONGSHORE_UI_TEST(TestPage)
#include "tst_page.moc"
