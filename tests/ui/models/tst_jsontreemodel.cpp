// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/jsontreemodel.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestJsonTreeModel : public QObject
{
    Q_OBJECT

private slots:
    void showsNamesAndValues();
    void makesChildrenWhenAskedFor();
    void staysEmptyWithoutADocument_data();
    void staysEmptyWithoutADocument();
    void showsALargeDocument();
    void showsADeepDocument();
    void letsNothingHostileThrough();
    void replacesADocumentThatIsShown();
};

static void loadAll(JsonTreeModel &model, const QModelIndex &parent = {})
{
    while (model.canFetchMore(parent))
        model.fetchMore(parent);
    for (int row = 0; row < model.rowCount(parent); ++row)
        loadAll(model, model.index(row, 0, parent));
}

void TestJsonTreeModel::showsNamesAndValues()
{
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model);
    tester.setUseFetchMore(false);
    model.setDocument(R"({"schemaVersion":2,"size":9007199254740993,"ok":true,"no":null,
                         "none":{},"layers":[{"digest":"sha256:abc"},1.5]})");
    loadAll(model);
    QCOMPARE(treeText(model, 2), u"layers | 2 elements\n"
                                 "  0 | 1 member\n"
                                 "    digest | sha256:abc\n"
                                 "  1 | 1.5\n"
                                 "no | null\n"
                                 "none | 0 members\n"
                                 "ok | true\n"
                                 "schemaVersion | 2\n"
                                 "size | 9007199254740993"_s);
    QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"Name"_s);
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"Value"_s);
}

void TestJsonTreeModel::makesChildrenWhenAskedFor()
{
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model);
    tester.setUseFetchMore(false);
    model.setDocument(R"({"a":{"b":{"c":1}},"e":[]})");
    const QModelIndex a = model.index(0, 0);
    QVERIFY(model.hasChildren(a));
    QCOMPARE(model.rowCount(a), 0);
    model.fetchMore(a);
    QCOMPARE(model.rowCount(a), 1);
    QVERIFY(!model.canFetchMore(a));
    QCOMPARE(model.rowCount(model.index(0, 0, a)), 0);
    QVERIFY(!model.hasChildren(model.index(1, 0)));
}

void TestJsonTreeModel::staysEmptyWithoutADocument_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("<html>");
    QTest::newRow("cut off") << QByteArray(R"({"a":)");
    QTest::newRow("bytes") << QByteArray("\0\xff\xfe", 3);
}

void TestJsonTreeModel::staysEmptyWithoutADocument()
{
    QFETCH(const QByteArray, bytes);
    JsonTreeModel model;
    const QAbstractItemModelTester tester(&model);
    model.setDocument(bytes);
    QCOMPARE(model.rowCount(), 0);
}

void TestJsonTreeModel::showsALargeDocument()
{
    QJsonArray layers;
    for (int i = 0; i < 100'000; ++i)
        layers.append(QJsonObject{{u"size"_s, i}});
    JsonTreeModel model;
    model.setDocument(QJsonDocument(QJsonObject{{u"layers"_s, layers}}).toJson());
    const QModelIndex list = model.index(0, 0);
    model.fetchMore(list);
    QCOMPARE(model.rowCount(list), 100'000);
    const QModelIndex last = model.index(99'999, 0, list);
    model.fetchMore(last);
    QCOMPARE(model.index(0, 1, last).data().toString(), u"99999"_s);
}

void TestJsonTreeModel::showsADeepDocument()
{
    QByteArray bytes = R"({"a":)";
    bytes += QByteArray(500, '[');
    bytes += QByteArray(500, ']');
    bytes += '}';
    JsonTreeModel model;
    model.setDocument(bytes);
    QModelIndex index = model.index(0, 0);
    int depth = 0;
    while (model.canFetchMore(index)) {
        model.fetchMore(index);
        index = model.index(0, 0, index);
        ++depth;
    }
    QCOMPARE(depth, 499);
    // Deeper than any honest document: refused as a whole, without a word and without a crash.
    model.setDocument(QByteArray(R"({"a":)") + QByteArray(100'000, '['));
    QCOMPARE(model.rowCount(), 0);
}

void TestJsonTreeModel::letsNothingHostileThrough()
{
    QJsonObject object;
    const QStringList samples = HostileText::samples();
    for (const QString &sample : samples)
        object.insert(sample, QJsonArray{sample});
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model);
    tester.setUseFetchMore(false);
    model.setDocument(QJsonDocument(object).toJson());
    loadAll(model);
    QCOMPARE(model.rowCount(), static_cast<int>(samples.size()));
    QCOMPARE(HostileText::complaintsAbout(model), QStringList());
}

void TestJsonTreeModel::replacesADocumentThatIsShown()
{
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model);
    tester.setUseFetchMore(false);
    model.setDocument(R"({"a":[1,2,3]})");
    loadAll(model);
    model.setDocument(R"({"b":1})");
    QCOMPARE(treeText(model, 2), u"b | 1"_s);
}

LONGSHORE_UI_TEST(TestJsonTreeModel)
#include "tst_jsontreemodel.moc"
