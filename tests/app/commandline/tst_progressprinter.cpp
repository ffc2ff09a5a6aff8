// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/progressprinter.h"

#include <QBuffer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;
using Form = ProgressPrinter::Form;

class TestProgressPrinter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesOneObjectALine();
    void writesOneLineThatChanges();
    void staysSilentWhenNobodyLooks();

private:
    QBuffer m_device;
};

void TestProgressPrinter::init()
{
    m_device.close();
    m_device.setData({});
    m_device.open(QIODevice::WriteOnly);
}

void TestProgressPrinter::writesOneObjectALine()
{
    ProgressPrinter printer(m_device, Form::Json);
    printer.print(1, -1);
    printer.print(qint64(5'000'000'000), 6'000'000'000);
    printer.clear();
    const QByteArrayList lines = m_device.data().split('\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(QJsonDocument::fromJson(lines.at(0)).object(),
             (QJsonObject{{u"done"_s, 1}, {u"total"_s, -1}}));
    QCOMPARE(
        QJsonDocument::fromJson(lines.at(1)).object(),
        (QJsonObject{{u"done"_s, qint64(5'000'000'000)}, {u"total"_s, qint64(6'000'000'000)}}));
}

void TestProgressPrinter::writesOneLineThatChanges()
{
    ProgressPrinter printer(m_device, Form::Terminal);
    printer.clear(); // Nothing is shown yet.
    QCOMPARE(m_device.data(), "");
    printer.print(1024, 2048);
    QVERIFY(m_device.data().contains("1.00 KiB of 2.00 KiB"));
    printer.clear();
    QVERIFY(m_device.data().endsWith("\r\x1b[K"));
    QVERIFY(!m_device.data().contains('\n'));
}

void TestProgressPrinter::staysSilentWhenNobodyLooks()
{
    ProgressPrinter printer(m_device, Form::None);
    printer.print(1, 2);
    printer.clear();
    QCOMPARE(m_device.data(), "");
}

QTEST_GUILESS_MAIN(TestProgressPrinter)
#include "tst_progressprinter.moc"
