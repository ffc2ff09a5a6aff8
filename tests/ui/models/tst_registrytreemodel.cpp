// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/registrytreemodel.h"

#include <QAbstractItemModelTester>
#include <QIcon>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = RegistryTreeModel::State;

class TestRegistryTreeModel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void sortsRepositoriesIntoNamespaces();
    void showsAFolderThatIsAlsoARepositoryOnce_data();
    void showsAFolderThatIsAlsoARepositoryOnce();
    void takesPagesAsTheyCome();
    void knowsWhetherAnythingIsOnItsWay();
    void insertsAPageWithOneSignalForEachParent();
    void showsOnlyWhatMatchesTheFilter();
    void appliesTheFilterToLaterPages();
    void showsAMessageInPlaceOfRepositories();
    void showsMessagesAsTheyAre();
    void asksOnceForRepositories();
    void keepsWhatIsKnownOfConnectionsThatStay();
    void ignoresAnswersForAConnectionThatIsGone();
    void findsRows();
    void holdsThousandsOfDeepRepositories();
    void letsNothingHostileThrough();
    void marksWhatIsNotProtected();

private:
    void setConnections(const QStringList &ids);

    std::unique_ptr<RegistryTreeModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestRegistryTreeModel::init()
{
    m_model = std::make_unique<RegistryTreeModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    m_tester->setUseFetchMore(false); // Each fetch would be a request.
    setConnections({u"one"_s});
}

void TestRegistryTreeModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
}

void TestRegistryTreeModel::setConnections(const QStringList &ids)
{
    QList<RegistryTreeModel::Connection> connections;
    for (const QString &id : ids)
        connections.append({id, id.toUpper(), id + u".example:5000"_s});
    m_model->setConnections(connections);
}

void TestRegistryTreeModel::sortsRepositoriesIntoNamespaces()
{
    m_model->appendRepositories(u"one"_s, {u"alpine"_s, u"team/api"_s, u"team/web/front"_s});
    QCOMPARE(treeText(*m_model), u"ONE\n"
                                 "  alpine\n"
                                 "  team\n"
                                 "    api\n"
                                 "    web\n"
                                 "      front"_s);
    const QModelIndex team = m_model->find(u"one"_s, u"team"_s);
    QVERIFY(!team.data(RegistryTreeModel::IsRepositoryRole).toBool());
    QCOMPARE(team.data(RegistryTreeModel::PathRole).toString(), u"team"_s);
    QCOMPARE(m_model->repositoryCount(u"one"_s), qsizetype(3));
}

void TestRegistryTreeModel::showsAFolderThatIsAlsoARepositoryOnce_data()
{
    QTest::addColumn<QStringList>("page");
    QTest::newRow("next to each other") << QStringList{u"app"_s, u"app/api"_s};
    QTest::newRow("with another one between, as servers sort")
        << QStringList{u"app"_s, u"app-tools"_s, u"app.old"_s, u"app/api"_s};
    QTest::newRow("the other way round") << QStringList{u"app/api"_s, u"app-tools"_s, u"app"_s};
    QTest::newRow("unsorted") << QStringList{u"app/api"_s, u"zoo"_s, u"app/web"_s, u"app"_s};
}

void TestRegistryTreeModel::showsAFolderThatIsAlsoARepositoryOnce()
{
    QFETCH(const QStringList, page);
    m_model->appendRepositories(u"one"_s, page);
    QCOMPARE(treeText(*m_model).count(u"\n  app\n"_s), qsizetype(1));
    const QModelIndex app = m_model->find(u"one"_s, u"app"_s);
    QVERIFY(app.data(RegistryTreeModel::IsRepositoryRole).toBool());
    QVERIFY(m_model->rowCount(app) > 0);
    QVERIFY(m_model->find(u"one"_s, u"app/api"_s).isValid());
}

void TestRegistryTreeModel::takesPagesAsTheyCome()
{
    m_model->appendRepositories(u"one"_s, {u"a"_s, u"team/a"_s});
    const QPersistentModelIndex team = m_model->find(u"one"_s, u"team"_s);
    m_model->appendRepositories(u"one"_s, {u"team/b"_s, u"team"_s, u"z"_s});
    QCOMPARE(treeText(*m_model), u"ONE\n  a\n  team\n    a\n    b\n  z"_s);
    QVERIFY(team.isValid());
    QVERIFY(team.data(RegistryTreeModel::IsRepositoryRole).toBool());
    m_model->clearRepositories(u"one"_s);
    QCOMPARE(treeText(*m_model), u"ONE"_s);
    QCOMPARE(m_model->repositoryCount(u"one"_s), qsizetype(0));
}

void TestRegistryTreeModel::knowsWhetherAnythingIsOnItsWay()
{
    setConnections({u"one"_s, u"two"_s});
    m_model->setState(u"one"_s, State::Ready);
    QVERIFY(!m_model->isReading()); // Nobody has asked for the other.
    m_model->setState(u"two"_s, State::Opening);
    QVERIFY(m_model->isReading());
    m_model->setState(u"two"_s, State::Reading);
    QVERIFY(m_model->isReading());
    m_model->appendRepositories(u"two"_s, {u"b"_s, u"a"_s});
    QCOMPARE(m_model->repositories(u"two"_s), QStringList({u"b"_s, u"a"_s}));
    m_model->setState(u"two"_s, State::Failed);
    QVERIFY(!m_model->isReading());
}

void TestRegistryTreeModel::insertsAPageWithOneSignalForEachParent()
{
    QStringList page;
    for (int i = 0; i < 1000; ++i)
        page.append(u"repository%1"_s.arg(i, 4, 10, QLatin1Char('0')));
    const QSignalSpy insertions(m_model.get(), &QAbstractItemModel::rowsInserted);
    m_model->appendRepositories(u"one"_s, page);
    QCOMPARE(insertions.size(), qsizetype(1));
}

void TestRegistryTreeModel::showsOnlyWhatMatchesTheFilter()
{
    m_model->appendRepositories(u"one"_s, {u"alpine"_s, u"team/api"_s, u"team/web"_s});
    m_model->setFilter(u" API  TE "_s);
    QCOMPARE(treeText(*m_model), u"ONE\n  team\n    api"_s);
    m_model->setFilter(u"nothing like it"_s);
    QCOMPARE(treeText(*m_model), u"ONE"_s);
    m_model->setFilter({});
    QCOMPARE(treeText(*m_model), u"ONE\n  alpine\n  team\n    api\n    web"_s);
}

void TestRegistryTreeModel::appliesTheFilterToLaterPages()
{
    m_model->setFilter(u"api"_s);
    m_model->appendRepositories(u"one"_s, {u"alpine"_s, u"team/api"_s});
    QCOMPARE(treeText(*m_model), u"ONE\n  team\n    api"_s);
    QCOMPARE(m_model->repositoryCount(u"one"_s), qsizetype(2));
}

void TestRegistryTreeModel::showsAMessageInPlaceOfRepositories()
{
    m_model->setState(u"one"_s, State::Reading, u"Reading\u2026"_s);
    QCOMPARE(treeText(*m_model), u"ONE\n  Reading\u2026"_s);
    QCOMPARE(m_model->flags(m_model->index(0, 0, m_model->index(0, 0))), Qt::ItemIsEnabled);
    m_model->appendRepositories(u"one"_s, {u"a"_s});
    m_model->setState(u"one"_s, State::Reading, u"Reading\u2026 1 name"_s);
    m_model->appendRepositories(u"one"_s, {u"b"_s});
    m_model->setState(u"one"_s, State::Ready);
    QCOMPARE(treeText(*m_model), u"ONE\n  a\n  b"_s);
    QCOMPARE(m_model->state(u"one"_s), State::Ready);
}

void TestRegistryTreeModel::showsMessagesAsTheyAre()
{
    // The marks of quotedText() keep a name from turning the sentence around; they are no letters.
    const QString message = u"No server answers at \u2068reg.example\u2069."_s;
    m_model->setState(u"one"_s, State::Failed, message);
    const QModelIndex row = m_model->index(0, 0, m_model->index(0, 0));
    QCOMPARE(row.data().toString(), message);
    QCOMPARE(HostileText::readToolTip(row.data(Qt::ToolTipRole).toString()), message);
    QCOMPARE(row.data(RegistryTreeModel::PathRole).toString(), QString());
}

void TestRegistryTreeModel::asksOnceForRepositories()
{
    const QSignalSpy requests(m_model.get(), &RegistryTreeModel::repositoriesRequested);
    const QModelIndex row = m_model->index(0, 0);
    QVERIFY(m_model->hasChildren(row));
    QVERIFY(!m_model->canFetchMore({}));
    connect(m_model.get(), &RegistryTreeModel::repositoriesRequested, m_model.get(),
            [this](const QString &id) { m_model->setState(id, State::Opening); });
    m_model->fetchMore(row);
    m_model->fetchMore(row);
    QCOMPARE(requests.size(), qsizetype(1));
    QVERIFY(!m_model->hasChildren(row));
}

void TestRegistryTreeModel::keepsWhatIsKnownOfConnectionsThatStay()
{
    m_model->appendRepositories(u"one"_s, {u"a"_s});
    m_model->setState(u"one"_s, State::Ready);
    setConnections({u"two"_s, u"one"_s});
    QCOMPARE(treeText(*m_model), u"TWO\nONE\n  a"_s);
    QCOMPARE(m_model->state(u"one"_s), State::Ready);
    QCOMPARE(m_model->state(u"two"_s), State::Closed);
}

void TestRegistryTreeModel::ignoresAnswersForAConnectionThatIsGone()
{
    m_model->appendRepositories(u"one"_s, {u"a"_s});
    setConnections({u"two"_s});
    m_model->appendRepositories(u"one"_s, {u"b"_s});
    m_model->setState(u"one"_s, State::Failed, u"late"_s);
    m_model->clearRepositories(u"one"_s);
    QCOMPARE(treeText(*m_model), u"TWO"_s);
    QVERIFY(!m_model->find(u"one"_s, u"a"_s).isValid());
}

void TestRegistryTreeModel::findsRows()
{
    m_model->appendRepositories(u"one"_s, {u"team/api"_s});
    QCOMPARE(m_model->find(u"one"_s, {}), m_model->index(0, 0));
    const QModelIndex api = m_model->find(u"one"_s, u"team/api"_s);
    QCOMPARE(api.data().toString(), u"api"_s);
    QCOMPARE(api.data(RegistryTreeModel::ConnectionIdRole).toString(), u"one"_s);
    QVERIFY(!m_model->find(u"one"_s, u"team/web"_s).isValid());
    QVERIFY(api.data(RegistryTreeModel::KeyRole) != api.parent().data(RegistryTreeModel::KeyRole));
}

void TestRegistryTreeModel::holdsThousandsOfDeepRepositories()
{
    // LST-17: as many levels as the grammar of names lets through.
    m_tester.reset(); // It looks at every row with every signal.
    QStringList names;
    for (int i = 0; i < 2'000; ++i)
        names.append(u"r%1"_s.arg(i) + u"/a"_s.repeated(59));
    m_model->appendRepositories(u"one"_s, names);
    QCOMPARE(m_model->repositoryCount(u"one"_s), qsizetype(2'000));
    int depth = 0;
    for (QModelIndex row = m_model->find(u"one"_s, names.last()); row.isValid(); row = row.parent())
        ++depth;
    QCOMPARE(depth, 61); // The connection itself is one of them.
    m_model->clearRepositories(u"one"_s);
    QCOMPARE(m_model->repositoryCount(u"one"_s), qsizetype(0));
}

void TestRegistryTreeModel::letsNothingHostileThrough()
{
    QList<RegistryTreeModel::Connection> connections;
    for (const QString &sample : HostileText::samples())
        connections.append({QString::number(connections.size()), sample, sample});
    m_model->setConnections(connections);
    // Names that no grammar lets in: the model must not depend on who fills it.
    m_model->appendRepositories(u"0"_s, HostileText::samples());
    QCOMPARE(HostileText::complaintsAbout(*m_model), QStringList());
}

void TestRegistryTreeModel::marksWhatIsNotProtected()
{
    m_model->setConnections({{u"1"_s, u"Lab"_s, u"reg.lab"_s},
                             {u"2"_s, u"Pinned"_s, u"reg.lab"_s, Protection::Pinned},
                             {u"3"_s, u"Open"_s, u"reg.lab"_s, Protection::Unverified},
                             {u"4"_s, u"Plain"_s, u"http://reg.lab"_s, Protection::Unencrypted}});
    QCOMPARE(treeText(*m_model), u"Lab\nPinned\nOpen \u00b7 not verified\n"
                                 "Plain \u00b7 not encrypted"_s);
    const auto row = [this](int number, int role) { return m_model->index(number, 0).data(role); };
    QCOMPARE(row(0, Qt::AccessibleDescriptionRole).toString(), QString());
    for (int number = 1; number < 4; ++number) {
        const QString sentence = row(number, Qt::AccessibleDescriptionRole).toString();
        QVERIFY(!sentence.isEmpty());
        QVERIFY(
            HostileText::readToolTip(row(number, Qt::ToolTipRole).toString()).contains(sentence));
        QVERIFY(row(number, Qt::DecorationRole).value<QIcon>().name()
                != row(0, Qt::DecorationRole).value<QIcon>().name());
    }
    // What went wrong comes first: there is no connection to be protected.
    m_model->setState(u"3"_s, State::Failed, u"It failed."_s);
    QCOMPARE(row(2, Qt::DecorationRole).value<QIcon>().name(), u"warning"_s);
}

LONGSHORE_UI_TEST(TestRegistryTreeModel)
#include "tst_registrytreemodel.moc"
