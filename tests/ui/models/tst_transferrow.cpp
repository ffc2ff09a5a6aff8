// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/models/transferlistmodel.h"

#include <QLocale>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// What a list says of where a transfer comes from, and since when it runs.
class TestTransferRow : public QObject
{
    Q_OBJECT

private slots:
    void saysNothingThatNobodyKnows();
    void saysTheConnectionAndWhenItStarted();
    void saysTheDayOfAnEarlierOne();
    void letsNothingHostileThrough();
    void saysItInTheNotesAndToAssistiveTools();

private:
    [[nodiscard]] static TransferRow row()
    {
        TransferRow row{1, u"a.tar"_s, u"app:1"_s, u"/tmp/a.tar"_s, TransferRow::State::Running};
        row.connection = u"Lab"_s;
        row.started = QDateTime(QDate(2026, 3, 4), QTime(10, 42), Qt::UTC);
        return row;
    }
    [[nodiscard]] static QDateTime later(int days)
    {
        return row().started.addDays(days).addSecs(60);
    }
};

void TestTransferRow::saysNothingThatNobodyKnows()
{
    TransferRow unknown = row();
    unknown.connection.clear();
    unknown.started = {};
    QCOMPARE(transferOrigin(unknown), QString());
    QCOMPARE(transferNotes(unknown).size(), qsizetype(2)); // From and to.
}

void TestTransferRow::saysTheConnectionAndWhenItStarted()
{
    const QString time =
        QLocale().toString(row().started.toLocalTime().time(), QLocale::ShortFormat);
    QCOMPARE(transferOrigin(row(), later(0).toLocalTime()), QString(u"Lab \u00b7 "_s + time));
    TransferRow waiting = row();
    waiting.started = {};
    QCOMPARE(transferOrigin(waiting), u"Lab"_s);
}

void TestTransferRow::saysTheDayOfAnEarlierOne()
{
    const QString date = QLocale().toString(row().started.toLocalTime(), QLocale::ShortFormat);
    QCOMPARE(transferOrigin(row(), later(1).toLocalTime()), QString(u"Lab \u00b7 "_s + date));
}

void TestTransferRow::letsNothingHostileThrough()
{
    TransferRow hostile = row();
    hostile.connection = u"a\nb\u202e"_s;
    QVERIFY(!transferOrigin(hostile).contains(u'\n')
            && !transferOrigin(hostile).contains(u'\u202e'));
    QVERIFY(!transferNotes(hostile).join(QString()).contains(u'\u202e'));
}

void TestTransferRow::saysItInTheNotesAndToAssistiveTools()
{
    const QStringList notes = transferNotes(row());
    QVERIFY(notes.contains(u"By the connection Lab"_s));
    QVERIFY2(notes.last().startsWith(u"Started "_s), qPrintable(notes.last()));
    TransferListModel model;
    model.update(row());
    const QString spoken = model.index(0).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.contains(u"Lab"_s), qPrintable(spoken));
    QCOMPARE(model.index(0).data(TransferListModel::OriginRole).toString(), transferOrigin(row()));
}

LONGSHORE_UI_TEST(TestTransferRow)
#include "tst_transferrow.moc"
