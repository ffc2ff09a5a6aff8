// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/inuselist.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestInUseList : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatClustersList();
    void takesAWordForATagOfAnyRepository();
    void refusesWhatItCannotRead_data();
    void refusesWhatItCannotRead();
};

void TestInUseList::readsWhatClustersList()
{
    const Digest one = Digest::ofBytes("one");
    const Digest two = Digest::ofBytes("two");
    const QString text = u"# kubectl get pods -A\n"_s
                         + u"registry.lab:5000/team/app:1.4  other.lab/team/web\r\n"_s
                         + u"docker-pullable://registry.lab/team/app@"_s + one.toString()
                         + u" # by its digest\n"_s + two.toString() + u"\n"_s;
    const auto list = InUseList::parse(text.toUtf8());
    QVERIFY2(list, list ? "" : qPrintable(list.error().message));
    const RepositoryName app = *RepositoryName::parse(u"team/app");
    const RepositoryName web = *RepositoryName::parse(u"team/web");
    QVERIFY(list->contains(app, *Tag::parse(u"1.4")));
    QVERIFY(!list->contains(app, *Tag::parse(u"latest")));
    QVERIFY(!list->contains(app, *Tag::parse(u"1.5")));
    QVERIFY(list->contains(web, *Tag::parse(u"latest")));
    QVERIFY(list->contains(one));
    QVERIFY(list->contains(two));
    QVERIFY(!list->contains(Digest::ofBytes("three")));
    QVERIFY(InUseList::parse("\n # nothing\n")->isEmpty());
}

void TestInUseList::takesAWordForATagOfAnyRepository()
{
    const auto list = InUseList::parse("1.4\nstable");
    QVERIFY(list);
    QVERIFY(list->contains(*RepositoryName::parse(u"a/b"), *Tag::parse(u"1.4")));
    QVERIFY(list->contains(*RepositoryName::parse(u"c"), *Tag::parse(u"stable")));
}

void TestInUseList::refusesWhatItCannotRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no reference") << QByteArray("a/b:1\nregistry.lab/Team/App:1\n");
    QTest::newRow("binary") << QByteArray("a/b:1\n\xff\xfe\x01");
    QTest::newRow("a wrong digest") << QByteArray("\nregistry.lab/a@sha256:12");
    QTest::newRow("huge") << QByteArray(17 * 1024 * 1024, '\n');
}

void TestInUseList::refusesWhatItCannotRead()
{
    QFETCH(const QByteArray, text);
    const auto list = InUseList::parse(text);
    QVERIFY(!list);
    QCOMPARE(list.error().kind, Error::Kind::InvalidInput);
    QVERIFY(list.error().message.contains(u"2"_s) || text.size() > 100);
}

QTEST_GUILESS_MAIN(TestInUseList)
#include "tst_inuselist.moc"
