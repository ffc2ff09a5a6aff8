// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/propertymodel.h"

#include <QAbstractItemModelTester>
#include <QFont>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestPropertyModel : public QObject
{
    Q_OBJECT

private slots:
    void showsNamesAndValues();
    void makesTitlesBold();
    void readsARowAsOneSentence();
    void keepsTheViewWhenNothingHasChanged();
    void letsNothingHostileThrough();
    void keepsTheWholeValueForCopying();
};

void TestPropertyModel::showsNamesAndValues()
{
    PropertyModel model;
    const QAbstractItemModelTester tester(&model);
    model.setProperties({{u"Digests"_s, {}, true}, {u"Manifest"_s, u"sha256:abc"_s}});
    QCOMPARE(treeText(model, 2), u"Digests | \nManifest | sha256:abc"_s);
    QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"Property"_s);
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"Value"_s);
}

void TestPropertyModel::makesTitlesBold()
{
    PropertyModel model;
    const QAbstractItemModelTester tester(&model);
    model.setProperties({{u"Digests"_s, {}, true}, {u"Manifest"_s, u"sha256:abc"_s}});
    QVERIFY(model.index(0, 0).data(Qt::FontRole).value<QFont>().bold());
    QVERIFY(!model.index(1, 0).data(Qt::FontRole).isValid());
}

void TestPropertyModel::readsARowAsOneSentence()
{
    PropertyModel model;
    const QAbstractItemModelTester tester(&model);
    model.setProperties({{u"Digests"_s, {}, true}, {u"Manifest"_s, u"sha256:abc"_s}});
    QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), u"Digests"_s);
    QCOMPARE(model.index(1, 0).data(Qt::AccessibleTextRole).toString(), u"Manifest: sha256:abc"_s);
}

void TestPropertyModel::keepsTheViewWhenNothingHasChanged()
{
    PropertyModel model;
    const QAbstractItemModelTester tester(&model);
    model.setProperties({{u"a"_s, u"b"_s}});
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setProperties({{u"a"_s, u"b"_s}});
    QCOMPARE(resets.size(), qsizetype(0));
    model.setProperties({});
    QCOMPARE(resets.size(), qsizetype(1));
    QCOMPARE(model.rowCount(), 0);
}

void TestPropertyModel::letsNothingHostileThrough()
{
    QList<Property> properties;
    for (const QString &sample : HostileText::samples())
        properties.append({u"Label"_s, sample});
    PropertyModel model;
    const QAbstractItemModelTester tester(&model);
    model.setProperties(properties);
    QCOMPARE(HostileText::complaintsAbout(model), QStringList());
}

void TestPropertyModel::keepsTheWholeValueForCopying()
{
    PropertyModel model;
    model.setProperties({{u"Label"_s, QString(5000, u'x')}});
    QCOMPARE(model.properties().first().value.size(), qsizetype(5000));
}

LONGSHORE_UI_TEST(TestPropertyModel)
#include "tst_propertymodel.moc"
