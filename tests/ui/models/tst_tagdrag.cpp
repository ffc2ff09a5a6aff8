// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/models/tagdrag.h"

#include <QMimeData>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestTagDrag : public QObject
{
    Q_OBJECT

private slots:
    void comesBackAsItWas();
    void givesReferencesToOthers();
    void isNothingElse();
    void refusesWhatIsNoTag_data();
    void refusesWhatIsNoTag();

private:
    const TagDrag m_drag{u"id"_s, u"reg.lab:5000"_s, u"team/app"_s, {u"1.0"_s, u"2.0"_s}};
};

void TestTagDrag::comesBackAsItWas()
{
    QMimeData data;
    m_drag.writeTo(data);
    QVERIFY(TagDrag::isIn(data));
    QCOMPARE(TagDrag::from(data), std::optional(m_drag));
}

void TestTagDrag::givesReferencesToOthers()
{
    QMimeData data;
    m_drag.writeTo(data);
    QCOMPARE(data.text(), u"reg.lab:5000/team/app:1.0\nreg.lab:5000/team/app:2.0"_s);
}

void TestTagDrag::isNothingElse()
{
    QMimeData text;
    text.setText(u"reg.lab:5000/team/app:1.0"_s);
    QVERIFY(!TagDrag::isIn(text));
    QVERIFY(!TagDrag::from(text));
}

void TestTagDrag::refusesWhatIsNoTag_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no object") << QByteArray("[1]");
    QTest::newRow("no tags") << QByteArray(R"({"connection":"id","repository":"a","tags":[]})");
    QTest::newRow("a tag that is none")
        << QByteArray(R"({"connection":"id","repository":"a","tags":["1","../2"]})");
    QTest::newRow("a repository that is none")
        << QByteArray(R"({"connection":"id","repository":"A/../b","tags":["1"]})");
    QTest::newRow("numbers") << QByteArray(R"({"connection":1,"repository":"a","tags":[1]})");
}

void TestTagDrag::refusesWhatIsNoTag()
{
    QFETCH(const QByteArray, bytes);
    QMimeData data;
    data.setData(u"application/x-longshore-tags"_s, bytes);
    QVERIFY(!TagDrag::from(data));
}

LONGSHORE_UI_TEST(TestTagDrag)
#include "tst_tagdrag.moc"
