// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/layertablemodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestLayerTableModel : public QObject
{
    Q_OBJECT

private slots:
    void joinsLayersWithTheirSteps();
    void readsLikeABuildFile_data();
    void readsLikeABuildFile();
    void readsARowAsOneSentence();
    void tellsTheWholeTruthInToolTips();
    void showsLayersWithoutHistory();
    void letsNothingHostileThrough();
};

static Descriptor layer(qint64 size, const QString &mediaType = u"application/x-layer"_s)
{
    return {MediaType::parse(mediaType), Digest::ofBytes(QByteArray::number(size)), size};
}

static HistoryEntry step(const QString &command)
{
    return {{}, command, {}, {}, false};
}

void TestLayerTableModel::joinsLayersWithTheirSteps()
{
    LayerTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setRows({{layer(2048), {}, step(u"/bin/sh -c make"_s), 1},
                   {{}, {}, step(u"/bin/sh -c #(nop)  CMD [\"run\"]"_s), 0},
                   {layer(10), {}, step(u"COPY a b"_s), 2}});
    QCOMPARE(treeText(model, 4), u"1 | 2.0 KiB | RUN make | application/x-layer\n"
                                 " | no files | CMD [\"run\"] | \n"
                                 "2 | 10 bytes | COPY a b | application/x-layer"_s);
    QCOMPARE(model.index(0, LayerTableModel::DigestColumn).data().toString(),
             layer(2048).digest.shortText());
    QCOMPARE(model.row(2).number, 2);
    QVERIFY(model.index(0, 0).flags().testFlag(Qt::ItemIsDragEnabled));
    QVERIFY(!model.index(1, 0).flags().testFlag(Qt::ItemIsDragEnabled)); // There is no layer.
    QStringList titles;
    for (int column = 0; column < model.columnCount(); ++column)
        titles.append(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    QCOMPARE(titles,
             QStringList({u"Layer"_s, u"Size"_s, u"Made by"_s, u"Media type"_s, u"Digest"_s}));
}

void TestLayerTableModel::readsLikeABuildFile_data()
{
    QTest::addColumn<QString>("createdBy");
    QTest::addColumn<QString>("shown");
    QTest::newRow("a shell") << u"/bin/sh -c apt-get update"_s << u"RUN apt-get update"_s;
    QTest::newRow("no operation") << u"/bin/sh -c #(nop) ADD file:1 in / "_s
                                  << u"ADD file:1 in /"_s;
    QTest::newRow("already so") << u"RUN make"_s << u"RUN make"_s;
    QTest::newRow("several lines") << u"RUN a \\\n  && b"_s << u"RUN a \\ && b"_s;
    QTest::newRow("nothing") << QString() << QString();
}

void TestLayerTableModel::readsLikeABuildFile()
{
    QFETCH(const QString, createdBy);
    LayerTableModel model;
    model.setRows({{layer(1), {}, step(createdBy), 1}});
    QTEST(model.index(0, LayerTableModel::CommandColumn).data().toString(), "shown");
}

void TestLayerTableModel::readsARowAsOneSentence()
{
    LayerTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setRows({{layer(2048), {}, {}, 1}, {{}, {}, step(u"CMD x"_s), 0}});
    QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), u"Layer 1, 2.0 KiB"_s);
    QCOMPARE(model.index(1, 0).data(Qt::AccessibleTextRole).toString(), u"Step without files"_s);
}

void TestLayerTableModel::tellsTheWholeTruthInToolTips()
{
    LayerTableModel model;
    model.setRows({{layer(2048), {}, step(u"/bin/sh -c make"_s), 1}});
    const auto toolTip = [&](int column) {
        return HostileText::readToolTip(model.index(0, column).data(Qt::ToolTipRole).toString());
    };
    QVERIFY(toolTip(LayerTableModel::SizeColumn).contains(u"bytes"_s));
    QCOMPARE(toolTip(LayerTableModel::CommandColumn), u"/bin/sh -c make"_s);
    QCOMPARE(toolTip(LayerTableModel::DigestColumn), layer(2048).digest.toString());
}

void TestLayerTableModel::showsLayersWithoutHistory()
{
    LayerTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setRows({{layer(1), {}, {}, 1}, {layer(2), {}, {}, 2}});
    QCOMPARE(treeText(model, 3), u"1 | 1 bytes | \n2 | 2 bytes | "_s);
    model.setRows({});
    QCOMPARE(model.rowCount(), 0);
}

void TestLayerTableModel::letsNothingHostileThrough()
{
    QList<LayerRow> rows;
    for (const QString &sample : HostileText::samples())
        rows.append({layer(1, sample), {}, step(sample), 1});
    LayerTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setRows(rows);
    QCOMPARE(HostileText::complaintsAbout(model), QStringList());
}

LONGSHORE_UI_TEST(TestLayerTableModel)
#include "tst_layertablemodel.moc"
