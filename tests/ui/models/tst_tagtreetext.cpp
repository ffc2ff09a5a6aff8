// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/propertymodel.h"
#include "ui/models/tagproperties.h"
#include "ui/models/tagtreemodel.h"

#include <QAbstractItemModelTester>
#include <QIcon>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestTagTreeText : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatIsKnownOfATag();
    void showsThreePlatformsAndHowManyMore();
    void listsEveryPlatformInTheToolTip();
    void showsThatDetailsAreUnderWay();
    void showsThatDetailsCouldNotBeRead();
    void showsAMissingManifestAsMissing();
    void readsARowAsOneSentence();
    void describesRowsInTheDetails();
    void titlesItsColumns();
    void letsNothingHostileThrough();
};

static TagRow row(const QStringList &platforms = {u"linux/amd64"_s})
{
    TagRow result{{MediaType::ociIndex(), Digest::ofBytes("index"), 400},
                  QDateTime::currentDateTimeUtc().addDays(-21),
                  84'201'984,
                  platforms,
                  {}};
    result.children = {
        {{MediaType::ociManifest(), Digest::ofBytes("image"), 300}, u"linux/amd64"_s, false},
        {{MediaType::ociManifest(), Digest::ofBytes("about"), 200}, u"attestation"_s, true}};
    return result;
}

void TestTagTreeText::saysWhatIsKnownOfATag()
{
    TagTreeModel model;
    model.appendTags({u"1.4"_s});
    model.setDetails(u"1.4"_s, row());
    const QString digest = Digest::ofBytes("index").shortText();
    QCOMPARE(treeText(model, 5).section(u'\n', 0, 0),
             u"1.4 | 3 weeks ago | 80.3 MiB | linux/amd64 | "_s + digest);
    const auto toolTip = [&](int column) {
        return HostileText::readToolTip(model.index(0, column).data(Qt::ToolTipRole).toString());
    };
    QCOMPARE(toolTip(TagTreeModel::DigestColumn), Digest::ofBytes("index").toString());
    QVERIFY(toolTip(TagTreeModel::SizeColumn).contains(u"bytes"_s));
    QVERIFY(toolTip(TagTreeModel::CreatedColumn).contains(u"UTC"_s));
}

void TestTagTreeText::showsThreePlatformsAndHowManyMore()
{
    TagTreeModel model;
    model.appendTags({u"a"_s});
    model.setDetails(u"a"_s, row({u"p1"_s, u"p2"_s, u"p3"_s, u"p4"_s, u"p5"_s}));
    QCOMPARE(model.index(0, TagTreeModel::PlatformsColumn).data().toString(),
             u"p1, p2, p3 and 2 more"_s);
}

void TestTagTreeText::listsEveryPlatformInTheToolTip()
{
    TagTreeModel model;
    model.appendTags({u"a"_s});
    model.setDetails(u"a"_s, row({u"p1"_s, u"p2"_s, u"p3"_s, u"p4"_s}));
    QCOMPARE(HostileText::readToolTip(
                 model.index(0, TagTreeModel::PlatformsColumn).data(Qt::ToolTipRole).toString()),
             u"p1\np2\np3\np4"_s);
}

void TestTagTreeText::showsThatDetailsAreUnderWay()
{
    TagTreeModel model;
    model.appendTags({u"a"_s});
    QCOMPARE(treeText(model, 3), u"a |  | "_s);
    model.setReading(u"a"_s);
    QCOMPARE(treeText(model, 3), u"a | \u2026 | \u2026"_s);
    model.setUnread(u"a"_s);
    QCOMPARE(treeText(model, 3), u"a |  | "_s);
}

void TestTagTreeText::showsThatDetailsCouldNotBeRead()
{
    TagTreeModel model;
    model.appendTags({u"a"_s});
    const QString message = u"\u2068reg.example\u2069 does not have it."_s;
    model.setFailed(u"a"_s, message);
    QCOMPARE(treeText(model, 3), u"a | ! | !"_s);
    QCOMPARE(HostileText::readToolTip(model.index(0, 1).data(Qt::ToolTipRole).toString()), message);
    QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(),
             u"Tag a, could not be read"_s);
}

void TestTagTreeText::showsAMissingManifestAsMissing()
{
    TagTreeModel model;
    model.appendTags({u"a"_s});
    model.setDetails(u"a"_s, row());
    const QModelIndex manifest = model.index(0, 0, model.index(0, 0));
    const QIcon before = manifest.data(Qt::DecorationRole).value<QIcon>();
    model.setLayersFailed(u"a"_s, Digest::ofBytes("image").toString(), u"It is gone."_s);
    QCOMPARE(manifest.siblingAtColumn(TagTreeModel::SizeColumn).data().toString(), u"!"_s);
    QVERIFY(manifest.data(Qt::DecorationRole).value<QIcon>().name() != before.name());
    QCOMPARE(manifest.data(Qt::AccessibleTextRole).toString(),
             u"Image for linux/amd64, could not be read"_s);
    QCOMPARE(HostileText::readToolTip(manifest.data(Qt::ToolTipRole).toString()), u"It is gone."_s);
}

void TestTagTreeText::readsARowAsOneSentence()
{
    TagTreeModel model;
    model.appendTags({u"a"_s});
    QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), u"Tag a"_s);
    model.setDetails(u"a"_s, row());
    QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(),
             u"Tag a, 3 weeks ago, 80.3 MiB, linux/amd64"_s);
    const QModelIndex tag = model.index(0, 0);
    QCOMPARE(model.index(0, 0, tag).data(Qt::AccessibleTextRole).toString(),
             u"Image for linux/amd64"_s);
    QCOMPARE(model.index(1, 0, tag).data(Qt::AccessibleTextRole).toString(), u"Attestation"_s);
    model.setLayers(u"a"_s, Digest::ofBytes("image").toString(),
                    {{MediaType::parse(u"x/layer"_s), Digest::ofBytes("layer"), 2048}});
    QCOMPARE(model.index(0, 0, model.index(0, 0, tag)).data(Qt::AccessibleTextRole).toString(),
             u"Layer 1, 2.0 KiB"_s);
}

void TestTagTreeText::describesRowsInTheDetails()
{
    TagTreeModel model;
    model.appendTags({u"a"_s});
    model.setDetails(u"a"_s, row());
    const QList<Property> properties = propertiesOf(model.index(0, 3));
    QCOMPARE(properties.first(), (Property{u"a"_s, {}, true}));
    QVERIFY(properties.contains({u"Digest"_s, Digest::ofBytes("index").toString()}));
    QVERIFY(properties.contains({u"Platforms"_s, u"linux/amd64"_s}));
    QCOMPARE(propertiesOf({}), QList<Property>());
}

void TestTagTreeText::titlesItsColumns()
{
    const TagTreeModel model;
    QStringList titles;
    for (int column = 0; column < model.columnCount(); ++column)
        titles.append(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    QCOMPARE(titles, QStringList({u"Tag"_s, u"Created"_s, u"Size"_s, u"Platforms"_s, u"Digest"_s}));
}

void TestTagTreeText::letsNothingHostileThrough()
{
    const QStringList samples = HostileText::samples();
    TagTreeModel model;
    const QAbstractItemModelTester tester(&model);
    // Names that no grammar lets in: the model must not depend on who fills it.
    model.appendTags(samples);
    for (const QString &sample : samples) {
        TagRow hostile = row({sample, sample, sample, sample});
        hostile.children = {
            {{MediaType::parse(sample), Digest::ofBytes("image"), 1}, sample, false}};
        model.setDetails(sample, hostile);
        model.setLayers(sample, Digest::ofBytes("image").toString(),
                        {{MediaType::parse(sample), Digest::ofBytes("layer"), 1}});
    }
    QCOMPARE(HostileText::complaintsAbout(model), QStringList());
    for (int i = 0; i < model.rowCount(); ++i) {
        PropertyModel details;
        details.setProperties(propertiesOf(model.index(i, 0)));
        QCOMPARE(HostileText::complaintsAbout(details), QStringList());
    }
}

LONGSHORE_UI_TEST(TestTagTreeText)
#include "tst_tagtreetext.moc"
