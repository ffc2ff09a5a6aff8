// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/tagtreemodel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestTagTreeModelDetails : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void opensATagToItsManifestsAndAManifestToItsLayers();
    void fillsATagThatTheFilterHides();
    void replacesTheManifestsOfATagThatIsOpen();
    void keepsDetailsWhenALaterReadingFails();
    void asksOnceForDetails();
    void asksAgainAfterAFailure();
    void countsWhatIsRead();
    void ignoresAnswersForTagsThatAreGone();

private:
    [[nodiscard]] static TagRow details(const QByteArray &name, qint64 size);
    void addDetails(const QString &tag, qint64 size)
    {
        m_model->setDetails(tag, details(tag.toUtf8(), size));
    }

    std::unique_ptr<TagTreeModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestTagTreeModelDetails::init()
{
    m_model = std::make_unique<TagTreeModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    m_tester->setUseFetchMore(false); // Each fetch would be a request.
}

void TestTagTreeModelDetails::cleanup()
{
    m_tester.reset();
    m_model.reset();
}

TagRow TestTagTreeModelDetails::details(const QByteArray &name, qint64 size)
{
    TagRow row{{MediaType::ociIndex(), Digest::ofBytes(name), 400},
               QDateTime(QDate(2025, 1, 1), QTime(0, 0), Qt::UTC).addSecs(size),
               size,
               {u"linux/amd64"_s},
               {}};
    const QByteArray image = name + "child";
    const QByteArray about = name + "about";
    row.children.append(
        {{MediaType::ociManifest(), Digest::ofBytes(image), 300}, u"linux/amd64"_s, false});
    row.children.append(
        {{MediaType::ociManifest(), Digest::ofBytes(about), 200}, u"attestation"_s, true});
    return row;
}

void TestTagTreeModelDetails::opensATagToItsManifestsAndAManifestToItsLayers()
{
    m_model->appendTags({u"a"_s});
    addDetails(u"a"_s, 1);
    const QString manifest = Digest::ofBytes("achild").toString();
    m_model->setLayers(u"a"_s, manifest,
                       {{MediaType::parse(u"x/layer"_s), Digest::ofBytes("one"), 10},
                        {MediaType::parse(u"x/layer"_s), Digest::ofBytes("two"), 20}});
    QCOMPARE(treeText(*m_model), u"a\n  linux/amd64\n    Layer 1\n    Layer 2\n  attestation"_s);
    const QModelIndex tag = m_model->index(0, 0);
    const QModelIndex layer = m_model->index(1, 0, m_model->index(0, 0, tag));
    QCOMPARE(layer.data(TagTreeModel::TagRole).toString(), u"a"_s);
    QCOMPARE(layer.data(TagTreeModel::NumberRole).toInt(), 2);
    QCOMPARE(layer.data(TagTreeModel::SizeRole).toLongLong(), 20LL);
    QCOMPARE(layer.data(TagTreeModel::DigestRole).toString(), Digest::ofBytes("two").toString());
    QCOMPARE(layer.data(TagTreeModel::MediaTypeRole).toString(), u"x/layer"_s);
    QCOMPARE(tag.data(TagTreeModel::NumberRole).toInt(), 0);
    QVERIFY(!m_model->hasChildren(layer));
}

void TestTagTreeModelDetails::fillsATagThatTheFilterHides()
{
    m_model->appendTags({u"a"_s, u"b"_s});
    m_model->setFilter(u"b"_s);
    addDetails(u"a"_s, 1);
    m_model->setLayers(u"a"_s, Digest::ofBytes("achild").toString(),
                       {{MediaType::parse(u"x/layer"_s), Digest::ofBytes("one"), 10}});
    QCOMPARE(treeText(*m_model), u"b"_s);
    m_model->setFilter({});
    QCOMPARE(treeText(*m_model), u"a\n  linux/amd64\n    Layer 1\n  attestation\nb"_s);
}

void TestTagTreeModelDetails::replacesTheManifestsOfATagThatIsOpen()
{
    m_model->appendTags({u"a"_s});
    addDetails(u"a"_s, 1);
    TagRow moved = details("other", 2);
    moved.children.removeLast();
    m_model->setDetails(u"a"_s, moved);
    QCOMPARE(treeText(*m_model), u"a\n  linux/amd64"_s);
    QCOMPARE(m_model->readCount(), qsizetype(1));
}

void TestTagTreeModelDetails::keepsDetailsWhenALaterReadingFails()
{
    m_model->appendTags({u"a"_s});
    addDetails(u"a"_s, 1024);
    m_model->setFailed(u"a"_s, u"No server answers."_s);
    m_model->setUnread(u"a"_s);
    QVERIFY(m_model->index(0, 0).data(TagTreeModel::IsReadRole).toBool());
    QCOMPARE(m_model->index(0, TagTreeModel::SizeColumn).data().toString(), u"1.0 KiB"_s);
}

void TestTagTreeModelDetails::asksOnceForDetails()
{
    m_model->appendTags({u"a"_s});
    const QModelIndex tag = m_model->index(0, 0);
    const QSignalSpy requests(m_model.get(), &TagTreeModel::detailsRequested);
    QVERIFY(m_model->hasChildren(tag));
    m_model->fetchMore(tag);
    m_model->fetchMore(tag);
    QCOMPARE(requests.size(), qsizetype(1));
    addDetails(u"a"_s, 1);
    const QSignalSpy layers(m_model.get(), &TagTreeModel::layersRequested);
    const QModelIndex manifest = m_model->index(0, 0, tag);
    QVERIFY(m_model->hasChildren(manifest));
    m_model->fetchMore(manifest);
    m_model->fetchMore(manifest);
    QCOMPARE(layers.size(), qsizetype(1));
    QCOMPARE(layers.first(), QVariantList({u"a"_s, Digest::ofBytes("achild").toString()}));
}

void TestTagTreeModelDetails::asksAgainAfterAFailure()
{
    m_model->appendTags({u"a"_s});
    const QModelIndex tag = m_model->index(0, 0);
    m_model->fetchMore(tag);
    m_model->setFailed(u"a"_s, u"No server answers."_s);
    QVERIFY(m_model->canFetchMore(tag));
    addDetails(u"a"_s, 1);
    const QModelIndex manifest = m_model->index(0, 0, tag);
    m_model->fetchMore(manifest);
    m_model->setLayersFailed(u"a"_s, Digest::ofBytes("achild").toString(), u"Gone."_s);
    QVERIFY(m_model->canFetchMore(manifest));
    QCOMPARE(HostileText::readToolTip(manifest.data(Qt::ToolTipRole).toString()), u"Gone."_s);
}

void TestTagTreeModelDetails::countsWhatIsRead()
{
    m_model->appendTags({u"a"_s, u"b"_s, u"c"_s, u"d"_s});
    m_model->sort(TagTreeModel::NameColumn, Qt::DescendingOrder);
    m_model->setReading(u"a"_s);
    m_model->setFailed(u"b"_s, u"why"_s);
    addDetails(u"c"_s, 1);
    addDetails(u"c"_s, 1);
    QCOMPARE(m_model->readCount(), qsizetype(1));
    QCOMPARE(m_model->unreadTags(), QStringList{u"d"_s});
    m_model->setUnread(u"a"_s);
    QCOMPARE(m_model->unreadTags(), QStringList({u"d"_s, u"a"_s})); // As on the screen.
    QCOMPARE(m_model->unreadOf({u"a"_s, u"b"_s, u"c"_s, u"x"_s}), QStringList{u"a"_s});
}

void TestTagTreeModelDetails::ignoresAnswersForTagsThatAreGone()
{
    m_model->appendTags({u"a"_s});
    m_model->clear();
    addDetails(u"a"_s, 1);
    m_model->setReading(u"a"_s);
    m_model->setFailed(u"a"_s, u"late"_s);
    m_model->setLayers(u"a"_s, Digest::ofBytes("achild").toString(), {});
    m_model->setLayersFailed(u"a"_s, Digest::ofBytes("achild").toString(), u"late"_s);
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->readCount(), qsizetype(0));
}

LONGSHORE_UI_TEST(TestTagTreeModelDetails)
#include "tst_tagtreemodel_details.moc"
