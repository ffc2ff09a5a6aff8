// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/freedbytes.h"
#include "support/testinventory.h"

#include <QTest>

#include <limits>

using namespace Longshore;
using namespace TestInventory;
using namespace Qt::StringLiterals;

class TestFreedBytes : public QObject
{
    Q_OBJECT

private slots:
    void countsBlobsThatOnlyLeavingImagesUse();
    void countsABlobOnce();
    void leavesOutWhatOtherRepositoriesUse();
    void countsPartsThatGo();
    void keepsWhatPartsUseThatStay();
    void promisesNothingWhereSomethingIsUnknown();
    void doesNotOverflow();

private:
    [[nodiscard]] static std::optional<FreedBytes> freed(const RepositoryInventory &repository,
                                                         const QSet<Digest> &elsewhere = {})
    {
        const auto decisions = decideCleanup(repository, {{}, {deleteOlder(90)}}, {now()});
        return freedBytes(decisions, repository, elsewhere);
    }
    static Digest layer(const QString &image) { return digest(QString(image + u" layer"_s)); }
};

void TestFreedBytes::countsBlobsThatOnlyLeavingImagesUse()
{
    RepositoryInventory repository = inventory(u"old:a:100 older:b:200 new:c:1"_s);
    QCOMPARE(freed(repository), (FreedBytes{200, 200}));
    repository.details[digest('c')].blobs.insert(layer(u"a"_s), 100);
    QCOMPARE(freed(repository), (FreedBytes{100, 100}));
    QCOMPARE(freed(inventory(u"new:c:1"_s)), (FreedBytes{0, 0}));
}

void TestFreedBytes::countsABlobOnce()
{
    RepositoryInventory repository = inventory(u"old:a:100 older:b:200 new:c:1"_s);
    repository.details[digest('a')].blobs.insert(digest('x'), 1000);
    repository.details[digest('b')].blobs.insert(digest('x'), 1000);
    QCOMPARE(freed(repository), (FreedBytes{1200, 1200}));
}

void TestFreedBytes::leavesOutWhatOtherRepositoriesUse()
{
    const RepositoryInventory repository = inventory(u"old:a:100 older:b:200 new:c:1"_s);
    const QSet<Digest> elsewhere = blobsOf(inventory(u"1:a:1 2:z:1"_s));
    QCOMPARE(elsewhere, (QSet<Digest>{layer(u"a"_s), layer(u"z"_s)}));
    QCOMPARE(freed(repository, elsewhere), (FreedBytes{100, 200}));
}

void TestFreedBytes::countsPartsThatGo()
{
    RepositoryInventory repository = inventory(u"old:i:100 new:c:1"_s);
    makeIndex(repository, u"i"_s, {u"p"_s, u"q"_s});
    QCOMPARE(freed(repository), (FreedBytes{200, 200}));
}

void TestFreedBytes::keepsWhatPartsUseThatStay()
{
    RepositoryInventory repository = inventory(u"old:i:100 new:j:1"_s);
    makeIndex(repository, u"i"_s, {u"p"_s, u"q"_s});
    makeIndex(repository, u"j"_s, {u"q"_s});
    QCOMPARE(freed(repository), (FreedBytes{100, 100}));
}

void TestFreedBytes::promisesNothingWhereSomethingIsUnknown()
{
    RepositoryInventory repository = inventory(u"old:a:100 new:c:1 newer:d:1"_s);
    repository.details.remove(digest('d'));
    QCOMPARE(freed(repository), (FreedBytes{0, 100}));
}

void TestFreedBytes::doesNotOverflow()
{
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    RepositoryInventory repository = inventory(u"old:a:100 older:b:200 new:c:1"_s);
    repository.details[digest('a')].blobs.insert(digest('x'), most);
    QCOMPARE(freed(repository), (FreedBytes{most, most}));
}

QTEST_GUILESS_MAIN(TestFreedBytes)
#include "tst_freedbytes.moc"
