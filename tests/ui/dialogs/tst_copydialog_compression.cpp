// SPDX-License-Identifier: Apache-2.0
#include "support/copyreview.h"
#include "support/dockerarchive.h"
#include "support/snapshot.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "support/writtenfile.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Plain layers of a Docker archive, which may be compressed on their way.
class TestCopyDialogCompression : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_review.reset(); }
    void isOfferedWhereThereAreSuchLayers();
    void sendsThemAsTheyAreUnlessTold();
    void compressesThemAndShowsWhatIsLeftToSend();
    void knowsNoSizesBefore();
    void keepsTheTagsOfSeveralImages();
    void staysChosenForAnotherTag();
    void canBeUsedByKeyboard();

private:
    void show() { m_review->show(std::make_unique<FileSource>(m_paths)); }
    [[nodiscard]] QCheckBox &box() const
    {
        return child<QCheckBox>(*m_review->dialog, u"compressLayers"_s);
    }
    [[nodiscard]] QList<AgreedCopy> agreed() const
    {
        QList<AgreedCopy> copies;
        const auto tasks = m_review->dialog->presenter().tasks();
        for (const TransferTask &task : tasks)
            copies.append(std::get<AgreedCopy>(task.order->purpose));
        return copies;
    }
    [[nodiscard]] qint64 bytesToSend() const
    {
        return m_review->dialog->presenter().totals().bytesToSend;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<CopyReview> m_review;
    QStringList m_paths;
};

void TestCopyDialogCompression::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_review = std::make_unique<CopyReview>();
    m_paths = {writtenFile(m_folder->filePath(u"bundle.tar"_s),
                           dockerArchive(u"team/app:1"_s, {QByteArray(1'000'000, 'a'), "b"}))};
}

void TestCopyDialogCompression::isOfferedWhereThereAreSuchLayers()
{
    m_review->save({u"1.4"_s});
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    QVERIFY(!box().isVisible());
    show();
    QVERIFY(m_review->awaitPlan());
    QVERIFY(box().isVisible() && !box().isChecked());
}

void TestCopyDialogCompression::sendsThemAsTheyAreUnlessTold()
{
    show();
    QVERIFY(m_review->awaitPlan());
    QVERIFY(bytesToSend() > 1'000'000);
    QVERIFY(!agreed().first().isCompressed);
    QVERIFY(agreed().first().wanted.from == Reference(*Tag::parse(u"1")));
}

void TestCopyDialogCompression::compressesThemAndShowsWhatIsLeftToSend()
{
    show();
    QVERIFY(m_review->awaitPlan());
    const Digest plain = agreed().first().image;
    box().click();
    QTRY_VERIFY(m_review->go().isEnabled());
    QVERIFY2(bytesToSend() < 10'000, qPrintable(QString::number(bytesToSend())));
    QVERIFY(m_review->wasOnlyAsked());
    const AgreedCopy copy = agreed().first();
    QVERIFY(copy.isCompressed && copy.image != plain);
    QVERIFY(copy.wanted.from == Reference(*Tag::parse(u"1"))); // As it is in the archive.
    snap(*m_review->dialog, u"upload-compressed"_s);
    box().click(); // As it was.
    QTRY_VERIFY(m_review->go().isEnabled());
    QCOMPARE(agreed().first().image, plain);
    QVERIFY(!agreed().first().isCompressed);
}

void TestCopyDialogCompression::knowsNoSizesBefore()
{
    show();
    QVERIFY(m_review->awaitPlan());
    box().click();
    QVERIFY(!m_review->go().isEnabled());
    QVERIFY2(m_review->note().contains(u"not known before"_s), qPrintable(m_review->note()));
    QVERIFY(m_review->label(u"copyTotals"_s).isEmpty());
    QVERIFY(child<QWidget>(*m_review->dialog, u"copyProgress"_s).isVisible());
    QTRY_VERIFY(m_review->go().isEnabled());
    QVERIFY(!child<QWidget>(*m_review->dialog, u"copyProgress"_s).isVisible());
}

void TestCopyDialogCompression::keepsTheTagsOfSeveralImages()
{
    m_paths.append(writtenFile(m_folder->filePath(u"more.tar"_s),
                               dockerArchive(u"team/app:2"_s, {QByteArray(1'000'000, 'c')})));
    show();
    QVERIFY(m_review->awaitPlan());
    box().click();
    QTRY_VERIFY(m_review->go().isEnabled());
    const QList<AgreedCopy> copies = agreed();
    QCOMPARE(copies.size(), qsizetype(2));
    QVERIFY(copies.at(0).isCompressed && copies.at(1).isCompressed);
    QVERIFY(copies.at(0).wanted.to == Reference(*Tag::parse(u"1")));
    QVERIFY(copies.at(1).wanted.to == Reference(*Tag::parse(u"2")));
    QVERIFY(bytesToSend() < 20'000);
}

void TestCopyDialogCompression::staysChosenForAnotherTag()
{
    show();
    QVERIFY(m_review->awaitPlan());
    box().click();
    QTRY_VERIFY(m_review->go().isEnabled());
    const Digest image = agreed().first().image;
    fillIn(*m_review->dialog, u"targetTag"_s, u"other"_s);
    QTRY_VERIFY(m_review->go().isEnabled());
    QVERIFY(agreed().first().isCompressed);
    QCOMPARE(agreed().first().image, image);
}

void TestCopyDialogCompression::canBeUsedByKeyboard()
{
    show();
    QVERIFY(m_review->awaitPlan());
    QCOMPARE(WidgetChecks::complaintsAbout(*m_review->dialog), QStringList());
}

LONGSHORE_UI_TEST(TestCopyDialogCompression)
#include "tst_copydialog_compression.moc"
