// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/models/tagproperties.h"
#include "ui/models/tagtreemodel.h"

#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// tst_tagtreetext shows that nothing hostile comes through here.
class TestTagProperties : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void describeATag();
    void describeALayer();
    void sayNothingThatIsNotKnown();

private:
    [[nodiscard]] static QStringList namesOf(const QModelIndex &index)
    {
        QStringList names;
        const QList<Property> properties = propertiesOf(index);
        for (const Property &property : properties)
            names.append(property.name);
        return names;
    }

    std::unique_ptr<TagTreeModel> m_model;
    const Digest m_digest = Digest::ofBytes("image");
};

void TestTagProperties::init()
{
    m_model = std::make_unique<TagTreeModel>();
    m_model->appendTags({u"1.0"_s, u"unread"_s});
    const Descriptor image{MediaType::ociManifest(), m_digest, 7};
    const TagRow row{image,
                     QDateTime(QDate(2024, 3, 1), QTime(12, 0), Qt::UTC),
                     2048,
                     {u"linux/amd64"_s},
                     {{image, u"linux/amd64"_s}}};
    m_model->setDetails(u"1.0"_s, row);
    m_model->setLayers(u"1.0"_s, m_digest.toString(),
                       {{MediaType::parse(u"x/layer"_s), Digest::ofBytes("layer"), 1024}});
}

void TestTagProperties::describeATag()
{
    const QList<Property> properties = propertiesOf(m_model->index(0, 0));
    QCOMPARE(properties.first(), (Property{u"1.0"_s, {}, true})); // The title.
    QCOMPARE(namesOf(m_model->index(0, 0)), QStringList({u"1.0"_s, u"Digest"_s, u"Media type"_s,
                                                         u"Created"_s, u"Size"_s, u"Platforms"_s}));
    QVERIFY(properties.contains({u"Digest"_s, m_digest.toString()}));
    QVERIFY(properties.contains({u"Size"_s, u"2.0 KiB"_s}));
    QVERIFY(properties.contains({u"Platforms"_s, u"linux/amd64"_s}));
    // Whatever column is the current one.
    QCOMPARE(propertiesOf(m_model->index(0, 3)), properties);
}

void TestTagProperties::describeALayer()
{
    const QModelIndex layer = m_model->index(0, 0, m_model->index(0, 0, m_model->index(0, 0)));
    QCOMPARE(layer.data().toString(), u"Layer 1"_s);
    const QList<Property> properties = propertiesOf(layer);
    QVERIFY(properties.contains({u"Digest"_s, Digest::ofBytes("layer").toString()}));
    QVERIFY(properties.contains({u"Media type"_s, u"x/layer"_s}));
    QVERIFY(!namesOf(layer).contains(u"Platforms"_s));
}

void TestTagProperties::sayNothingThatIsNotKnown()
{
    QCOMPARE(namesOf(m_model->index(1, 0)), QStringList{u"unread"_s});
    QVERIFY(propertiesOf({}).isEmpty());
}

LONGSHORE_UI_TEST(TestTagProperties)
#include "tst_tagproperties.moc"
