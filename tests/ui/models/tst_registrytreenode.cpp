// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/models/registrytreenode.h"

#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Kind = RegistryTreeNode::Kind;

class TestRegistryTreeNode : public QObject
{
    Q_OBJECT

private slots:
    void knowsItsPath();
    void findsFoldersByName();
    void findsAFolderThatIsStillToCome();
    void forgetsWhatItClears();
};

void TestRegistryTreeNode::knowsItsPath()
{
    RegistryTreeNode connection;
    connection.kind = Kind::Connection;
    connection.connectionId = u"1"_s;
    RegistryTreeNode *team = connection.append(connection.makeChild(Kind::Folder, u"team"_s));
    const RegistryTreeNode *app = team->append(team->makeChild(Kind::Folder, u"app"_s));
    QCOMPARE(team->path, u"team"_s);
    QCOMPARE(app->path, u"team/app"_s);
    QCOMPARE(app->name, u"app"_s);
    QCOMPARE(app->connectionId, u"1"_s);
    QCOMPARE(app->parent, team);
}

void TestRegistryTreeNode::findsFoldersByName()
{
    RegistryTreeNode root;
    for (int i = 0; i < 1000; ++i)
        root.append(root.makeChild(Kind::Folder, u"n%1"_s.arg(i)));
    QCOMPARE(root.child(u"n999"_s), root.children.at(999).get());
    QCOMPARE(root.child(u"n999"_s)->row, 999);
    QVERIFY(!root.child(u"n1000"_s));
    // A message is no folder, whatever it says.
    root.append(root.makeChild(Kind::Message, u"No repositories."_s));
    QVERIFY(!root.child(u"No repositories."_s));
}

void TestRegistryTreeNode::findsAFolderThatIsStillToCome()
{
    RegistryTreeNode root;
    const auto folder = root.makeChild(Kind::Folder, u"team"_s);
    root.announce(*folder);
    QCOMPARE(root.child(u"team"_s), folder.get());
    QVERIFY(root.children.empty());
}

void TestRegistryTreeNode::forgetsWhatItClears()
{
    RegistryTreeNode root;
    root.append(root.makeChild(Kind::Folder, u"team"_s));
    root.clear();
    QVERIFY(root.children.empty());
    QVERIFY(!root.child(u"team"_s));
}

LONGSHORE_UI_TEST(TestRegistryTreeNode)
#include "tst_registrytreenode.moc"
