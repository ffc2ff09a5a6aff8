// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/models/directsavedata.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

static const QString directSave = u"XdndDirectSave0"_s;

class TestDirectSaveData : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void asksForTheFileThatWasChosen();
    void asksOnceHoweverOftenItIsAsked();
    void isAskedForNothingWhileTheNameIsOnlyProposed();
    void stillGivesWhatElseItHolds();
    void offersNothingWhereThereIsNoProperty();
    void takesPathsOfThisMachine_data();
    void takesPathsOfThisMachine();
    void refusesWhatIsNoFileHere_data();
    void refusesWhatIsNoFileHere();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] QByteArray url(const QString &name) const
    {
        return QUrl::fromLocalFile(path(name)).toEncoded();
    }
    [[nodiscard]] std::unique_ptr<DirectSaveData> makeData()
    {
        return std::make_unique<DirectSaveData>([this] { return m_property; });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_property;
};

void TestDirectSaveData::asksForTheFileThatWasChosen()
{
    const auto data = makeData();
    QVERIFY(data->hasFormat(directSave));
    const QSignalSpy chosen(data.get(), &DirectSaveData::placeChosen);
    m_property = url(u"app 1.0 \u00e4.tar"_s);
    QCOMPARE(data->data(directSave), QByteArray("S"));
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().toString(), path(u"app 1.0 \u00e4.tar"_s));
    QVERIFY(QDir(m_folder->path()).isEmpty()); // It only asks.
}

void TestDirectSaveData::asksOnceHoweverOftenItIsAsked()
{
    const auto data = makeData();
    const QSignalSpy chosen(data.get(), &DirectSaveData::placeChosen);
    m_property = url(u"app.tar"_s);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(data->data(directSave), QByteArray("S"));
    QCOMPARE(chosen.size(), 1);
}

void TestDirectSaveData::isAskedForNothingWhileTheNameIsOnlyProposed()
{
    const auto data = makeData();
    const QSignalSpy chosen(data.get(), &DirectSaveData::placeChosen);
    m_property = "app_1.0.tar";
    QCOMPARE(data->data(directSave), QByteArray("E"));
    QVERIFY(chosen.isEmpty());
    m_property = url(u"app.tar"_s);
    QCOMPARE(data->data(directSave), QByteArray("S"));
    QCOMPARE(chosen.size(), 1);
}

void TestDirectSaveData::stillGivesWhatElseItHolds()
{
    const auto data = makeData();
    data->setText(u"reg.lab/app:1.0"_s);
    QCOMPARE(data->text(), u"reg.lab/app:1.0"_s);
    QVERIFY(data->hasText() && !data->hasUrls());
}

void TestDirectSaveData::offersNothingWhereThereIsNoProperty()
{
    const DirectSaveData data(DirectSaveData::ReadProperty{});
    QVERIFY(!data.hasFormat(directSave));
    QCOMPARE(data.data(directSave), QByteArray());
}

void TestDirectSaveData::takesPathsOfThisMachine_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::newRow("without a name") << QByteArray();
    QTest::newRow("by the usual name") << QByteArray("localhost");
    QTest::newRow("by its own name") << QSysInfo::machineHostName().toUtf8();
}

void TestDirectSaveData::takesPathsOfThisMachine()
{
    QFETCH(const QByteArray, host);
    const QString file = path(u"app.tar"_s);
    QCOMPARE(DirectSaveData::pathFrom("file://" + host + file.toUtf8()), std::optional(file));
}

void TestDirectSaveData::refusesWhatIsNoFileHere_data()
{
    QTest::addColumn<QByteArray>("property"); // %1 is the folder.
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a name") << QByteArray("app.tar");
    QTest::newRow("a path") << QByteArray("%1/app.tar");
    QTest::newRow("another machine") << QByteArray("file://elsewhere.example%1/app.tar");
    QTest::newRow("another scheme") << QByteArray("sftp://localhost%1/app.tar");
    QTest::newRow("the folder itself") << QByteArray("file://%1");
    QTest::newRow("a folder with a slash") << QByteArray("file://%1/");
    QTest::newRow("the folder above") << QByteArray("file://%1/..");
    QTest::newRow("a folder that is not there") << QByteArray("file://%1/none/app.tar");
    QTest::newRow("a file for a folder") << QByteArray("file:///etc/passwd/app.tar");
    QTest::newRow("NUL") << QByteArray("file://%1/app%00.tar");
    QTest::newRow("a line break") << QByteArray("file://%1/app%0a.tar");
    QTest::newRow("a query") << QByteArray("file://%1/app.tar?x");
    QTest::newRow("a relative one") << QByteArray("file:app.tar");
    QTest::newRow("no UTF-8") << QByteArray("file://%1/\xff.tar");
    QTest::newRow("very long") << QByteArray("file://%1/" + QByteArray(20'000, 'a'));
}

void TestDirectSaveData::refusesWhatIsNoFileHere()
{
    QFETCH(QByteArray, property);
    property.replace("%1", m_folder->path().toUtf8());
    QCOMPARE(DirectSaveData::pathFrom(property), std::nullopt);
}

LONGSHORE_UI_TEST(TestDirectSaveData)
#include "tst_directsavedata.moc"
