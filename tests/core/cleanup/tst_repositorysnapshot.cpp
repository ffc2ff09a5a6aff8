// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/repositorysnapshot.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestRepositorySnapshot : public QObject
{
    Q_OBJECT

private slots:
    void knowsTheTagsOfAManifestInTheOrderOfTheServer();
    void findsWhatATagPointsTo();

private:
    static Descriptor manifest(const QByteArray &bytes)
    {
        return {MediaType::ociManifest(), Digest::ofBytes(bytes), bytes.size()};
    }

    const RepositorySnapshot m_snapshot{*RepositoryName::parse(u"team/app"),
                                        {},
                                        {{*Tag::parse(u"latest"), manifest("new")},
                                         {*Tag::parse(u"old"), manifest("old")},
                                         {*Tag::parse(u"2.0"), manifest("new")}},
                                        {*Tag::parse(u"gone")},
                                        {},
                                        {}};
};

void TestRepositorySnapshot::knowsTheTagsOfAManifestInTheOrderOfTheServer()
{
    QCOMPARE(m_snapshot.tagsOf(Digest::ofBytes("new")),
             (QList<Tag>{*Tag::parse(u"latest"), *Tag::parse(u"2.0")}));
    QCOMPARE(m_snapshot.tagsOf(Digest::ofBytes("old")), QList<Tag>{*Tag::parse(u"old")});
    QVERIFY(m_snapshot.tagsOf(Digest::ofBytes("another")).isEmpty());
}

void TestRepositorySnapshot::findsWhatATagPointsTo()
{
    QCOMPARE(m_snapshot.find(*Tag::parse(u"old")), manifest("old"));
    QVERIFY(!m_snapshot.find(*Tag::parse(u"gone")));
    QVERIFY(!m_snapshot.find(*Tag::parse(u"OLD"))); // Tags are case-sensitive.
}

QTEST_GUILESS_MAIN(TestRepositorySnapshot)
#include "tst_repositorysnapshot.moc"
