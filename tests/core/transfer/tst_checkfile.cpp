// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/checkfile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestCheckFile : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void knowsTheContent_data();
    void knowsTheContent();
    void refusesWhatIsNoFile();
    void refusesALink();
    void stopsWhenCancelled();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"blob"_s); }
    void write(const QByteArray &bytes) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    const QByteArray m_bytes = QByteArray(1'500'000, 'a') + QByteArray(1'500'000, 'b');
    const Descriptor m_wanted{MediaType(), Digest::ofBytes(m_bytes), m_bytes.size()};
    std::unique_ptr<QTemporaryDir> m_folder;
    CancelFlag m_cancelled = false;
};

void TestCheckFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_cancelled = false;
}

void TestCheckFile::knowsTheContent_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isRight");
    QByteArray changed = m_bytes;
    changed.back() = 'c';
    QTest::newRow("right") << m_bytes << true;
    QTest::newRow("last byte changed") << changed << false;
    QTest::newRow("shorter") << m_bytes.chopped(1) << false;
    QTest::newRow("longer") << QByteArray(m_bytes + 'b') << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestCheckFile::knowsTheContent()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, isRight);
    write(bytes);
    QCOMPARE(holdsContent(path(), m_wanted, m_cancelled), isRight);
}

void TestCheckFile::refusesWhatIsNoFile()
{
    QVERIFY(!holdsContent(path(), m_wanted, m_cancelled));
    QVERIFY(QDir().mkdir(path()));
    QVERIFY(!holdsContent(path(), m_wanted, m_cancelled));
}

void TestCheckFile::refusesALink()
{
    write(m_bytes);
    const QString link = m_folder->filePath(u"link"_s);
    QVERIFY(QFile::link(path(), link));
    QVERIFY(!holdsContent(link, m_wanted, m_cancelled));
}

void TestCheckFile::stopsWhenCancelled()
{
    write(m_bytes);
    m_cancelled = true;
    QVERIFY(!holdsContent(path(), m_wanted, m_cancelled));
}

QTEST_GUILESS_MAIN(TestCheckFile)
#include "tst_checkfile.moc"
