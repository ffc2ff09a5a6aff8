// SPDX-License-Identifier: Apache-2.0
#include "core/oci/naturalorder.h"
#include "support/uitest.h"
#include "ui/models/tagorder.h"

#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestTagOrder : public QObject
{
    Q_OBJECT

private slots:
    void showsNamesThatContainEveryWord_data();
    void showsNamesThatContainEveryWord();
    void ordersVersionsAsPeopleDo();
    void keepsUnreadTagsAtTheEnd_data();
    void keepsUnreadTagsAtTheEnd();
};

static std::unique_ptr<TagTreeNode> tag(const QString &name, int value = -1)
{
    auto node = std::make_unique<TagTreeNode>(TagTreeNode::Kind::Tag);
    node->name = name;
    node->sortKey = naturalKey(name);
    if (value < 0)
        return node;
    node->details = TagTreeNode::Details::Read;
    node->created = QDateTime(QDate(2020, 1, 1 + value), QTime(0, 0), Qt::UTC);
    node->size = value;
    node->platforms = {QString(u'a' + QString::number(value))};
    const QString digest = u"sha256:"_s + QString::number(value).repeated(64).left(64);
    node->descriptor = Descriptor{MediaType::ociManifest(), *Digest::parse(digest), 1};
    return node;
}

static QStringList namesOf(const QList<TagTreeNode *> &tags)
{
    QStringList names;
    for (const TagTreeNode *one : tags)
        names.append(one->name);
    return names;
}

void TestTagOrder::showsNamesThatContainEveryWord_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<bool>("isShown");
    QTest::newRow("nothing typed") << QString() << true;
    QTest::newRow("blanks") << u"  "_s << true;
    QTest::newRow("a part") << u"4.2"_s << true;
    QTest::newRow("another case") << u"ALPINE"_s << true;
    QTest::newRow("two words in any order") << u"alpine  1.4"_s << true;
    QTest::newRow("one of two words") << u"alpine debian"_s << false;
    QTest::newRow("a pattern is only text") << u"1.*"_s << false;
}

void TestTagOrder::showsNamesThatContainEveryWord()
{
    QFETCH(const QString, filter);
    const TagOrder order{.words = TagOrder::wordsOf(filter)};
    QTEST(order.shows(*tag(u"1.4.2-Alpine"_s)), "isShown");
}

void TestTagOrder::ordersVersionsAsPeopleDo()
{
    std::vector<std::unique_ptr<TagTreeNode>> tags;
    for (const QString &name : {u"2.0.0"_s, u"1.10"_s, u"1.9"_s, u"2.0.0-rc.1"_s, u"1.10.1"_s})
        tags.push_back(tag(name));
    const QStringList up{u"1.9"_s, u"1.10"_s, u"1.10.1"_s, u"2.0.0-rc.1"_s, u"2.0.0"_s};
    QCOMPARE(namesOf(TagOrder().arranged(tags)), up);
    const QStringList down(up.rbegin(), up.rend());
    QCOMPARE(namesOf(TagOrder{.direction = Qt::DescendingOrder}.arranged(tags)), down);
}

void TestTagOrder::keepsUnreadTagsAtTheEnd_data()
{
    QTest::addColumn<TagOrder::Key>("key");
    QTest::newRow("created") << TagOrder::Key::Created;
    QTest::newRow("size") << TagOrder::Key::Size;
    QTest::newRow("platforms") << TagOrder::Key::Platforms;
    QTest::newRow("digest") << TagOrder::Key::Digest;
}

void TestTagOrder::keepsUnreadTagsAtTheEnd()
{
    QFETCH(const TagOrder::Key, key);
    std::vector<std::unique_ptr<TagTreeNode>> tags;
    tags.push_back(tag(u"unread10"_s));
    tags.push_back(tag(u"large"_s, 3));
    tags.push_back(tag(u"unread9"_s));
    tags.push_back(tag(u"small"_s, 1));
    tags.push_back(tag(u"also-small"_s, 1));
    // Equal values keep the order of names, whatever the direction.
    QCOMPARE(namesOf(TagOrder{.key = key}.arranged(tags)),
             QStringList({u"also-small"_s, u"small"_s, u"large"_s, u"unread9"_s, u"unread10"_s}));
    const TagOrder down{.key = key, .direction = Qt::DescendingOrder};
    QCOMPARE(namesOf(down.arranged(tags)),
             QStringList({u"large"_s, u"also-small"_s, u"small"_s, u"unread9"_s, u"unread10"_s}));
}

LONGSHORE_UI_TEST(TestTagOrder)
#include "tst_tagorder.moc"
