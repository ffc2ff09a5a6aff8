// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/blobtablemodel.h"

#include <QAbstractItemModelTester>
#include <QIcon>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = BlobRow::State;

class TestBlobTableModel : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatHasToTravelFirst();
    void readsARowAsOneSentence();
    void tellsTheWholeTruthInToolTips();
    void letsNothingHostileThrough();
};

static Descriptor blob(qint64 size, const QString &mediaType)
{
    return {MediaType::parse(mediaType), Digest::ofBytes(QByteArray::number(size)), size};
}

static Descriptor layer(qint64 size)
{
    return blob(size, u"application/vnd.oci.image.layer.v1.tar+gzip"_s);
}

void TestBlobTableModel::showsWhatHasToTravelFirst()
{
    BlobTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setRows({{layer(1024), State::Present},
                   {layer(2048), State::Mounted},
                   {blob(3, u"application/vnd.oci.image.config.v1+json"_s), State::ToSend},
                   {blob(4, u"application/x-own"_s), State::ToSend}});
    QCOMPARE(treeText(model, 3), u"Configuration | 3 bytes | to be sent\n"
                                 "application/x-own | 4 bytes | to be sent\n"
                                 "Layer | 2.0 KiB | mounted, not sent\n"
                                 "Layer | 1.0 KiB | there already"_s);
    for (int row = 0; row < model.rowCount(); ++row)
        QVERIFY(!model.index(row, BlobTableModel::StateColumn)
                     .data(Qt::DecorationRole)
                     .value<QIcon>()
                     .isNull());
}

void TestBlobTableModel::readsARowAsOneSentence()
{
    BlobTableModel model;
    model.setRows({{layer(2048), State::Present}});
    QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(),
             u"Layer, 2.0 KiB, there already"_s);
}

void TestBlobTableModel::tellsTheWholeTruthInToolTips()
{
    BlobTableModel model;
    model.setRows({{layer(2048), State::Present}});
    const auto toolTip = [&](int column) {
        return HostileText::readToolTip(model.index(0, column).data(Qt::ToolTipRole).toString());
    };
    QVERIFY(toolTip(BlobTableModel::SizeColumn).contains(u"bytes"_s));
    QCOMPARE(toolTip(BlobTableModel::DigestColumn), layer(2048).digest.toString());
    QCOMPARE(toolTip(BlobTableModel::PartColumn), layer(2048).mediaType.toString());
}

void TestBlobTableModel::letsNothingHostileThrough()
{
    QList<BlobRow> rows;
    for (const QString &sample : HostileText::samples())
        rows.append({blob(1, sample), State::ToSend});
    BlobTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setRows(rows);
    QCOMPARE(HostileText::complaintsAbout(model), QStringList());
}

LONGSHORE_UI_TEST(TestBlobTableModel)
#include "tst_blobtablemodel.moc"
