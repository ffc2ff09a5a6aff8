// SPDX-License-Identifier: Apache-2.0
#include "support/copyreview.h"
#include "support/snapshot.h"
#include "support/uitest.h"
#include "ui/presenters/registrysource.h"

#include <QListWidget>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// An image for several platforms, of which one may be enough.
class TestCopyDialogPlatform : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_review = std::make_unique<CopyReview>(); }
    void cleanup() { m_review.reset(); }
    void copiesAllOfItUnlessTold();
    void copiesOnePlatformAlone();
    void copiesSeveralThatAreTicked();
    void offersNamesOfTheSameOnce();
    void offersNothingWhereThereIsOnlyOne();
    void asksAnewForAnotherImage();

private:
    void show(const QStringList &tags)
    {
        QList<Reference> images;
        for (const QString &tag : tags)
            images.append(*Tag::parse(tag));
        const auto &connection = m_review->connection;
        m_review->show(std::make_unique<RegistrySource>(
                           std::shared_ptr<Session>(connection, &connection->session),
                           *RepositoryName::parse(u"team/app"), images),
                       u"team/copy"_s);
    }
    [[nodiscard]] QComboBox &platform() const
    {
        return child<QComboBox>(*m_review->dialog, u"platform"_s);
    }
    /// The manifest that the copy would give the tag.
    [[nodiscard]] const AgreedCopy agreed() const
    {
        return std::get<AgreedCopy>(m_review->dialog->presenter().tasks().first().order->purpose);
    }

    std::unique_ptr<CopyReview> m_review;
};

void TestCopyDialogPlatform::copiesAllOfItUnlessTold()
{
    const Digest index = TestImages::addIndex(m_review->registry(), u"team/app"_s, u"1.0"_s);
    show({u"1.0"_s});
    QVERIFY(m_review->awaitPlan());
    QTRY_VERIFY(platform().isVisible());
    QCOMPARE(platform().currentIndex(), 0);
    QCOMPARE(platform().count(), 4); // All, each alone, several; the attestation is for none.
    QCOMPARE(agreed().image, index);
}

void TestCopyDialogPlatform::copiesOnePlatformAlone()
{
    const Digest index = TestImages::addIndex(m_review->registry(), u"team/app"_s, u"1.0"_s);
    show({u"1.0"_s});
    QTRY_VERIFY(platform().isVisible());
    platform().setCurrentIndex(2);
    QVERIFY(platform().currentText().contains(u"linux/arm64"_s));
    QTRY_VERIFY(m_review->dialog->presenter().isPlanned());
    QVERIFY(agreed().image != index);
    QCOMPARE(agreed().wanted.platforms.constFirst().architecture, u"arm64"_s);
    QVERIFY(platform().isVisible() && platform().currentIndex() == 2);
    fillIn(*m_review->dialog, u"targetTag"_s, u"other"_s); // The choice stays.
    QTRY_VERIFY(m_review->dialog->presenter().isPlanned());
    QCOMPARE(agreed().wanted.platforms.constFirst().architecture, u"arm64"_s);
}

void TestCopyDialogPlatform::copiesSeveralThatAreTicked()
{
    const Digest index = TestImages::addIndex(m_review->registry(), u"team/app"_s, u"1.0"_s,
                                              {u"amd64"_s, u"arm64"_s, u"s390x"_s});
    show({u"1.0"_s});
    QTRY_VERIFY(platform().isVisible());
    auto &list = child<QListWidget>(*m_review->dialog, u"severalPlatforms"_s);
    QVERIFY(!list.isVisible());
    platform().setCurrentIndex(4);
    QVERIFY(list.isVisible());
    QTRY_VERIFY(m_review->note().contains(u"Tick the platforms"_s));
    QVERIFY(!m_review->dialog->presenter().isPlanned());
    list.item(0)->setCheckState(Qt::Checked);
    list.item(2)->setCheckState(Qt::Checked);
    QVERIFY(m_review->awaitPlan());
    QCOMPARE(agreed().wanted.platforms,
             QList({*Platform::parse(u"linux/amd64"_s), *Platform::parse(u"linux/s390x"_s)}));
    QVERIFY(agreed().image != index);
    snap(*m_review->dialog, u"copy-platforms"_s);
    platform().setCurrentIndex(0);
    QVERIFY(m_review->awaitPlan());
    QCOMPARE(agreed().image, index);
    QVERIFY(!list.isVisible());
}

void TestCopyDialogPlatform::offersNamesOfTheSameOnce()
{
    TestImages::addIndex(m_review->registry(), u"team/app"_s, u"1.0"_s,
                         {u"amd64"_s, u"arm64"_s, u"arm64/v8"_s});
    show({u"1.0"_s});
    QTRY_VERIFY(platform().isVisible());
    QCOMPARE(platform().count(), 4); // All, each of two, several.
    const QList<PlatformPart> parts = m_review->dialog->presenter().platforms();
    QCOMPARE(parts.size(), qsizetype(2));
    QVERIFY(parts.at(1).allBytes > 2 * parts.at(1).bytes); // Both; the first is what comes alone.
    QCOMPARE(parts.at(0).allBytes, parts.at(0).bytes);
}

void TestCopyDialogPlatform::offersNothingWhereThereIsOnlyOne()
{
    TestImages::addImage(m_review->registry(), u"team/app"_s, u"1.0"_s);
    show({u"1.0"_s});
    QVERIFY(m_review->awaitPlan());
    QVERIFY(!platform().isVisible());
}

void TestCopyDialogPlatform::asksAnewForAnotherImage()
{
    TestImages::addIndex(m_review->registry(), u"team/app"_s, u"1.0"_s);
    TestImages::addImage(m_review->registry(), u"team/app"_s, u"2.0"_s);
    show({u"1.0"_s, u"2.0"_s});
    QVERIFY(m_review->awaitPlan());
    QVERIFY(!platform().isVisible()); // Of several, all are taken as they are.
    auto &image = child<QComboBox>(*m_review->dialog, u"image"_s);
    image.setCurrentIndex(1);
    QTRY_VERIFY(platform().isVisible());
    platform().setCurrentIndex(1);
    image.setCurrentIndex(2);
    QVERIFY(m_review->awaitPlan());
    QVERIFY(!platform().isVisible());
    QVERIFY(agreed().wanted.platforms.isEmpty());
}

LONGSHORE_UI_TEST(TestCopyDialogPlatform)
#include "tst_copydialog_platform.moc"
