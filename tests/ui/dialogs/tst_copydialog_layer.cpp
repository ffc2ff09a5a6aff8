// SPDX-License-Identifier: Apache-2.0
#include "support/copyreview.h"
#include "support/snapshot.h"
#include "support/testarchive.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "support/writtenfile.h"
#include "ui/presenters/layersource.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Files that become a layer: whom they belong to in the image, and who may do what with them.
class TestCopyDialogLayer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_review.reset(); }
    void belongToRootUnlessTold();
    void belongToWhomSomebodySays();
    void refusesWhatIsNoOwnerAndNoMode_data();
    void refusesWhatIsNoOwnerAndNoMode();
    void asksForNothingOfAFinishedLayer();
    void canBeUsedByKeyboard();

private:
    /// Opens the dialog for a file that is put on top of an image.
    void show(const QByteArray &content = "[a]\n")
    {
        const QString file = writtenFile(m_folder->filePath(u"app.ini"_s), content);
        const auto &connection = m_review->connection;
        const Reference base = *Tag::parse(u"1.0");
        m_review->show(std::make_unique<LayerSource>(
            std::shared_ptr<Session>(connection, &connection->session),
            ImageExtension{ImageChoice{*RepositoryName::parse(u"team/app"), base}, {file}}, base));
        QVERIFY(m_review->awaitPlan());
    }
    [[nodiscard]] QLineEdit &field(const QString &name) const
    {
        return child<QLineEdit>(*m_review->dialog, name);
    }
    [[nodiscard]] AgreedCopy agreed() const
    {
        const auto tasks = m_review->dialog->presenter().tasks();
        return std::get<AgreedCopy>(tasks.first().order->purpose);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<CopyReview> m_review;
};

void TestCopyDialogLayer::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_review = std::make_unique<CopyReview>();
    TestImages::addImage(m_review->registry(), u"team/app"_s, u"1.0"_s);
}

void TestCopyDialogLayer::belongToRootUnlessTold()
{
    show();
    QVERIFY(field(u"layerOwner"_s).isVisible() && field(u"layerMode"_s).isVisible());
    QVERIFY(agreed().made->ownership == Ownership());
}

void TestCopyDialogLayer::belongToWhomSomebodySays()
{
    show();
    const Digest ofRoot = agreed().image;
    fillIn(*m_review->dialog, u"layerOwner"_s, u"1000:7"_s);
    fillIn(*m_review->dialog, u"layerMode"_s, u"0640"_s);
    QTRY_VERIFY(m_review->go().isEnabled());
    QVERIFY((agreed().made->ownership == Ownership{1000, 7, 0640}));
    QVERIFY(agreed().image != ofRoot); // It is made anew.
    snap(*m_review->dialog, u"layer-owner"_s);
    field(u"layerOwner"_s).clear();
    field(u"layerMode"_s).clear();
    QTRY_VERIFY(m_review->go().isEnabled());
    QCOMPARE(agreed().image, ofRoot);
}

void TestCopyDialogLayer::refusesWhatIsNoOwnerAndNoMode_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    QTest::newRow("a name") << u"layerOwner"_s << u"root"_s << u"Only the image knows names"_s;
    QTest::newRow("half an owner") << u"layerOwner"_s << u"1000:"_s << u"is no owner"_s;
    QTest::newRow("no octal digits") << u"layerMode"_s << u"rw"_s << u"is no mode"_s;
    QTest::newRow("rights that are lent") << u"layerMode"_s << u"4755"_s << u"1777 at most"_s;
}

void TestCopyDialogLayer::refusesWhatIsNoOwnerAndNoMode()
{
    QFETCH(const QString, name);
    QFETCH(const QString, text);
    QFETCH(const QString, reason);
    show();
    fillIn(*m_review->dialog, name, text);
    QVERIFY(!m_review->go().isEnabled());
    QVERIFY2(m_review->note().contains(reason) && m_review->note().contains(text),
             qPrintable(m_review->note())); // While somebody types.
    field(name).clear();
    QTRY_VERIFY(m_review->go().isEnabled());
    QVERIFY(agreed().made->ownership == Ownership());
}

void TestCopyDialogLayer::asksForNothingOfAFinishedLayer()
{
    show(TestArchive().add("etc/new", "new").bytes());
    QVERIFY(!field(u"layerOwner"_s).isVisible() && !field(u"layerMode"_s).isVisible());
    QVERIFY(field(u"layerComment"_s).isVisible());
}

void TestCopyDialogLayer::canBeUsedByKeyboard()
{
    show();
    QCOMPARE(WidgetChecks::complaintsAbout(*m_review->dialog), QStringList());
}

LONGSHORE_UI_TEST(TestCopyDialogLayer)
#include "tst_copydialog_layer.moc"
