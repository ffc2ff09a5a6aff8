// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/transferpartmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = TransferPartRow::State;

class TestTransferPartModel : public QObject
{
    Q_OBJECT

private slots:
    void saysHowFarEachIs();
    void showsAnewOnlyWhatHasChanged();
    void letsNothingHostileThrough();
};

static TransferPartRow part(const QByteArray &name, const QString &type, qint64 done, State state)
{
    return {{MediaType::parse(type), Digest::ofBytes(name), 2048}, done, state};
}

static QList<TransferPartRow> parts()
{
    const QString layer = u"application/vnd.oci.image.layer.v1.tar+gzip"_s;
    return {part("c", u"application/vnd.oci.image.config.v1+json"_s, 2048, State::Arrived),
            part("1", layer, 2048, State::Present), part("2", layer, 1024, State::Running),
            part("3", layer, 0, State::Waiting)};
}

void TestTransferPartModel::saysHowFarEachIs()
{
    TransferPartModel model;
    const QAbstractItemModelTester tester(&model);
    model.setParts(parts());
    QCOMPARE(treeText(model, 3), u"Configuration | 2.0 KiB | arrived\n"
                                 "Layer | 2.0 KiB | there already\n"
                                 "Layer | 2.0 KiB | 1.0 KiB so far\n"
                                 "Layer | 2.0 KiB | waiting"_s);
}

void TestTransferPartModel::showsAnewOnlyWhatHasChanged()
{
    TransferPartModel model;
    model.setParts(parts());
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QList<TransferPartRow> later = parts();
    later[2].done = 1500;
    model.setParts(later);
    QCOMPARE(changed.size(), qsizetype(1));
    QCOMPARE(changed.first().first().toModelIndex().row(), 2);
    QVERIFY(reset.isEmpty());
    model.setParts(later.mid(1));
    QCOMPARE(reset.size(), qsizetype(1));
    QCOMPARE(model.rowCount(), 3);
}

void TestTransferPartModel::letsNothingHostileThrough()
{
    TransferPartModel model;
    for (const QString &text : HostileText::samples()) {
        model.setParts({part("x", text, 1, State::Running)});
        const QStringList complaints = HostileText::complaintsAbout(model);
        QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    }
}

LONGSHORE_UI_TEST(TestTransferPartModel)
#include "tst_transferpartmodel.moc"
