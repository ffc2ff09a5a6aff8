// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "core/layout/openlayoutjob.h"
#include "support/outcome.h"
#include "support/testlayout.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestOpenLayoutJob : public QObject
{
    Q_OBJECT

private slots:
    void opensALayout();
    void saysWhatItCannotOpen();
    void endsWhenCancelled();
};

void TestOpenLayoutJob::opensALayout()
{
    FakeRegistry registry; // Only makes the documents.
    TestLayout layout;
    layout.save(registry, u"a"_s, {{u"1"_s, TestImages::addImage(registry, u"a"_s, u"1"_s)}});
    const auto opened = outcomeOf(new OpenLayoutJob(layout.path()));
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    QCOMPARE((*opened)->host(), layout.path());
    QCOMPARE((*opened)->names().images().size(), qsizetype(1));
}

void TestOpenLayoutJob::saysWhatItCannotOpen()
{
    const QTemporaryDir folder;
    const auto nothing = outcomeOf(new OpenLayoutJob(folder.filePath(u"nothing"_s)));
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().kind, Kind::NotFound);
    const auto empty = outcomeOf(new OpenLayoutJob(folder.path()));
    QVERIFY(!empty);
    QCOMPARE(empty.error().kind, Kind::Unsupported);
}

void TestOpenLayoutJob::endsWhenCancelled()
{
    auto *job = new OpenLayoutJob(u"/"_s);
    QMetaObject::invokeMethod(
        job, [job] { job->cancel(); }, Qt::QueuedConnection);
    const auto outcome = outcomeOf(job);
    QVERIFY(!outcome);
    QVERIFY(outcome.error().isCancelled());
}

QTEST_GUILESS_MAIN(TestOpenLayoutJob)
#include "tst_openlayoutjob.moc"
