// SPDX-License-Identifier: Apache-2.0
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/nodetreemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

namespace {

struct NamedNode
{
    QString name;
    NamedNode *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<NamedNode>> children;
};

class NamedModel final : public NodeTreeModel<NamedNode>
{
public:
    using NodeTreeModel::indexOf;
    using NodeTreeModel::nodeAt;

    [[nodiscard]] int columnCount(const QModelIndex & = {}) const override { return 2; }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole && index.column() == 0 ? nodeAt(index)->name : QVariant();
    }
    void fill(NamedNode &parent, const QStringList &names, bool isShown = true)
    {
        std::vector<std::unique_ptr<NamedNode>> nodes;
        for (const QString &name : names) {
            nodes.push_back(std::make_unique<NamedNode>());
            nodes.back()->name = name;
            nodes.back()->parent = &parent;
        }
        replaceChildren(parent, std::move(nodes), isShown);
    }
    [[nodiscard]] NamedNode *root() const override { return m_root.get(); }

private:
    std::unique_ptr<NamedNode> m_root = std::make_unique<NamedNode>();
};

} // namespace

class TestNodeTreeModel : public QObject
{
    Q_OBJECT

private slots:
    void isATree();
    void givesNothingBesideTheTree();
    void replacesRowsBeforeTheEyesOfViews();
    void replacesRowsThatNobodyKnowsInSilence();
};

void TestNodeTreeModel::isATree()
{
    NamedModel model;
    const QAbstractItemModelTester tester(&model);
    model.fill(*model.root(), {u"a"_s, u"b"_s});
    model.fill(*model.root()->children[1], {u"b1"_s, u"b2"_s});
    QCOMPARE(treeText(model), u"a\nb\n  b1\n  b2"_s);
    const QModelIndex child = model.index(1, 0, model.index(1, 0));
    QCOMPARE(child.data().toString(), u"b2"_s);
    QCOMPARE(child.parent(), model.index(1, 0));
    QVERIFY(!child.parent().parent().isValid());
    QCOMPARE(model.indexOf(*model.nodeAt(child)), child);
    QVERIFY(model.hasChildren(model.index(1, 0)) && !model.hasChildren(model.index(0, 0)));
}

void TestNodeTreeModel::givesNothingBesideTheTree()
{
    NamedModel model;
    model.fill(*model.root(), {u"a"_s});
    model.fill(*model.root()->children[0], {u"a1"_s});
    for (const auto &[row, column] : {std::pair(-1, 0), {1, 0}, {0, 2}, {0, -1}})
        QVERIFY(!model.index(row, column).isValid());
    // Only the first column has children.
    QCOMPARE(model.rowCount(model.index(0, 1)), 0);
    QVERIFY(!model.hasChildren(model.index(0, 1)));
}

void TestNodeTreeModel::replacesRowsBeforeTheEyesOfViews()
{
    NamedModel model;
    const QAbstractItemModelTester tester(&model);
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.fill(*model.root(), {u"a"_s, u"b"_s, u"c"_s});
    const QPersistentModelIndex old = model.index(2, 0);
    model.fill(*model.root(), {u"d"_s});
    QCOMPARE(treeText(model), u"d"_s);
    QVERIFY(!old.isValid());
    model.fill(*model.root(), {});
    QCOMPARE(inserted.size(), qsizetype(2));
    QCOMPARE(removed.size(), qsizetype(2)); // Nothing is said of no rows at all.
}

void TestNodeTreeModel::replacesRowsThatNobodyKnowsInSilence()
{
    NamedModel model;
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.fill(*model.root(), {u"a"_s, u"b"_s}, false);
    QCOMPARE(inserted.size(), qsizetype(0));
    QCOMPARE(model.root()->children[1]->row, 1);
}

LONGSHORE_UI_TEST(TestNodeTreeModel)
#include "tst_nodetreemodel.moc"
