// SPDX-License-Identifier: Apache-2.0
#include "support/backupshelf.h"
#include "support/fakejournal.h"
#include "support/heldrequests.h"
#include "ui/presenters/restorespresenter.h"

#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Several backups one after the other; tst_restoredialog_several shows them.
class TestRestoresPresenter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void putsImagesBeforeTagsThatWentAlone();
    void takesTheNewestFirst();
    void countsWhatIsInTwoBackupsOnce();
    void takesABackupOnce();
    void writesDownEachRun();
    void goesOnBehindARegistryThatIsNotOpen();
    void goesOnBehindARestoreThatFails();
    void saysWhenNothingCanComeBack();
    void looksAtNoFurtherBackupOnceItIsStopped();
    void beginsNoFurtherBackupOnceItIsStopped();
    void runsOnce();
    void needsNoConfirmationOutsideOfProduction();

private:
    void prepare(const QStringList &folders);
    /// Brings back the first item of each.
    void run();
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] FakeRegistry &registry() const { return m_shelf->connection.registry; }

    std::unique_ptr<BackupShelf> m_shelf;
    std::shared_ptr<FakeJournal> m_journal;
    QString m_app; ///< Folders of backups.
    QString m_web;
    std::unique_ptr<RestoresPresenter> m_presenter;
};

void TestRestoresPresenter::init()
{
    m_shelf = std::make_unique<BackupShelf>();
    m_journal = std::make_shared<FakeJournal>();
    m_app = m_shelf->add(u"first"_s, {u"old"_s}, u"app"_s);
    m_web = m_shelf->add(u"second"_s, {u"v1"_s}, u"web"_s);
    setTaken(m_app, 1);
    setTaken(m_web, 1);
    registry().forgetRequests();
}

void TestRestoresPresenter::cleanup()
{
    m_presenter.reset();
    m_shelf.reset();
}

void TestRestoresPresenter::prepare(const QStringList &folders)
{
    m_presenter = std::make_unique<RestoresPresenter>(folders, [this](const QString &host) {
        return std::shared_ptr<RegistrySession>(
            std::shared_ptr<void>(),
            host == registry().host() ? &m_shelf->connection.session : nullptr);
    });
    m_presenter->setJournal(m_journal);
    QSignalSpy planned(m_presenter.get(), &RestoresPresenter::planned);
    m_presenter->prepare();
    QTRY_COMPARE(planned.size(), qsizetype(1));
}

void TestRestoresPresenter::run()
{
    QList<QList<qsizetype>> wanted;
    for (const BackupRestore &backup : m_presenter->backups())
        wanted.append(backup.presenter->plan() ? QList<qsizetype>{0} : QList<qsizetype>());
    QSignalSpy finished(m_presenter.get(), &RestoresPresenter::finished);
    m_presenter->run(wanted);
    QVERIFY(m_presenter->isRunning());
    QTRY_COMPARE(finished.size(), qsizetype(1));
    QVERIFY(!m_presenter->isRunning());
}

QStringList TestRestoresPresenter::names() const
{
    QStringList names;
    for (const BackupRestore &backup : m_presenter->backups())
        names.append(QFileInfo(backup.presenter->folder()).fileName());
    return names;
}

void TestRestoresPresenter::putsImagesBeforeTagsThatWentAlone()
{
    const QString alone = m_shelf->add(u"first-tags"_s, {u"alone"_s}, u"app"_s);
    setTaken(alone, 1);
    QStringList put;
    registry().intercept([&put](const TestRequest &request, const TestConnection &) {
        if (request.method == "PUT")
            put.append(request.path().section(u'/', -1));
        return false;
    });
    prepare({alone, m_web, m_app});
    QCOMPARE(names(), QStringList({u"second"_s, u"first"_s, u"first-tags"_s}));
    QCOMPARE(m_presenter->items().size(), qsizetype(3));
    run();
    QCOMPARE(put, QStringList({u"v1"_s, u"old"_s, u"alone"_s}));
    registry().forgetInterceptors();
}

void TestRestoresPresenter::takesTheNewestFirst()
{
    const QString alone = m_shelf->add(u"first-tags"_s, {u"alone"_s}, u"app"_s);
    setTaken(m_web, 2);
    setTaken(alone, 3);
    prepare({m_app, m_web, alone});
    QCOMPARE(names(), QStringList({u"first-tags"_s, u"second"_s, u"first"_s}));
    m_journal->failNext(); // That of the backup which has its turn.
    run();
    QVERIFY(m_presenter->backups().at(0).error && !m_presenter->backups().at(0).report);
    QVERIFY(m_presenter->backups().at(1).report && m_presenter->backups().at(2).report);
    QCOMPARE(registry().tags(u"app"_s), QStringList{u"old"_s});
}

void TestRestoresPresenter::countsWhatIsInTwoBackupsOnce()
{
    prepare({m_app, m_shelf->add(u"again"_s, {u"more"_s, u"old"_s}, u"app"_s)});
    QCOMPARE(m_presenter->items().size(), qsizetype(2));
    prepare({m_app, m_shelf->add(u"elsewhere"_s, {u"old"_s}, u"web"_s)});
    QCOMPARE(m_presenter->items().size(), qsizetype(2));
}

void TestRestoresPresenter::takesABackupOnce()
{
    prepare({m_app, m_app});
    QCOMPARE(names(), QStringList{u"first"_s});
}

void TestRestoresPresenter::writesDownEachRun()
{
    prepare({m_app, m_web});
    run();
    const QStringList lines{u"begin 1 items"_s, u"0 restored"_s, u"end"_s};
    QCOMPARE(m_journal->lines(), lines + lines);
    QCOMPARE(m_presenter->outcomes().size(), qsizetype(2));
}

void TestRestoresPresenter::goesOnBehindARegistryThatIsNotOpen()
{
    const QString path = m_app + u'/' + Backup::recordName;
    QFile record(path);
    QVERIFY(record.open(QIODevice::ReadOnly));
    QByteArray text = record.readAll();
    record.close();
    QVERIFY(text.contains(registry().host().toLatin1()));
    BackupShelf::write(path, text.replace(registry().host().toLatin1(), "other.lab:5000"));
    prepare({m_app, m_web});
    const BackupRestore &backup = m_presenter->backups().constFirst();
    QCOMPARE(backup.presenter->name(), u"other.lab:5000/app"_s);
    QVERIFY(backup.error && backup.error->kind == Error::Kind::Policy);
    run();
    QCOMPARE(registry().tags(u"app"_s), QStringList());
    QCOMPARE(registry().tags(u"web"_s), QStringList{u"v1"_s});
}

void TestRestoresPresenter::goesOnBehindARestoreThatFails()
{
    prepare({m_app, m_web});
    m_journal->failNext();
    run();
    const QList<RestoreOutcome> outcomes = m_presenter->outcomes();
    QCOMPARE(outcomes.size(), qsizetype(2));
    QCOMPARE(outcomes.at(0).state, RestoreOutcome::State::Failed);
    QCOMPARE(outcomes.at(0).error->message, u"the journal is full"_s);
    QCOMPARE(outcomes.at(1).state, RestoreOutcome::State::Restored);
    QCOMPARE(registry().tags(u"app"_s), QStringList());
}

void TestRestoresPresenter::saysWhenNothingCanComeBack()
{
    m_shelf->spoil(u"first"_s);
    m_shelf->spoil(u"second"_s);
    RestoresPresenter presenter({m_app, m_web}, [](const QString &) { return nullptr; });
    QSignalSpy planned(&presenter, &RestoresPresenter::planned);
    QSignalSpy finished(&presenter, &RestoresPresenter::finished);
    presenter.prepare();
    QTRY_COMPARE(finished.size(), qsizetype(1));
    QCOMPARE(planned.size(), qsizetype(0));
    for (const BackupRestore &backup : presenter.backups())
        QVERIFY(backup.error && backup.error->kind == Error::Kind::NotFound);
}

void TestRestoresPresenter::looksAtNoFurtherBackupOnceItIsStopped()
{
    const HeldRequests held(registry(), "HEAD", u"/app/manifests/"_s);
    RestoresPresenter presenter({m_app, m_web}, [this](const QString &) {
        return std::shared_ptr<RegistrySession>(std::shared_ptr<void>(),
                                                &m_shelf->connection.session);
    });
    QSignalSpy finished(&presenter, &RestoresPresenter::finished);
    presenter.prepare();
    QTRY_COMPARE(held.count(), qsizetype(1));
    presenter.cancel();
    QTRY_COMPARE(finished.size(), qsizetype(1));
    for (const TestRequest &request : registry().requests())
        QVERIFY2(!request.path().contains("/web/"_L1), request.raw.constData());
}

void TestRestoresPresenter::beginsNoFurtherBackupOnceItIsStopped()
{
    prepare({m_app, m_web});
    const HeldRequests held(registry(), "PUT", u"/app/manifests/"_s);
    QSignalSpy finished(m_presenter.get(), &RestoresPresenter::finished);
    m_presenter->run({{0}, {0}});
    QTRY_COMPARE(held.count(), qsizetype(1));
    m_presenter->cancel();
    QTRY_COMPARE(finished.size(), qsizetype(1));
    QVERIFY(m_presenter->backups().at(0).error->isCancelled());
    const QList<RestoreOutcome> outcomes = m_presenter->outcomes(); // Of the first nobody knows.
    QCOMPARE(outcomes.size(), qsizetype(1));
    QCOMPARE(outcomes.first().state, RestoreOutcome::State::NotTried);
    QCOMPARE(registry().count("PUT"), qsizetype(1));
    QVERIFY(!m_journal->lines().isEmpty() && m_journal->lines().constLast() == u"end"_s);
}

void TestRestoresPresenter::runsOnce()
{
    prepare({m_app, m_web});
    run();
    QSignalSpy finished(m_presenter.get(), &RestoresPresenter::finished);
    m_presenter->run({{0}, {0}});
    QVERIFY(!m_presenter->isRunning());
    QCOMPARE(registry().count("PUT"), qsizetype(2));
    QCOMPARE(finished.size(), qsizetype(0));
}

void TestRestoresPresenter::needsNoConfirmationOutsideOfProduction()
{
    prepare({m_app, m_web});
    QCOMPARE(m_presenter->neededConfirmation({{0}, {0}}).text, QString());
    QCOMPARE(m_presenter->productionHosts(), QStringList());
}

QTEST_GUILESS_MAIN(TestRestoresPresenter)
#include "tst_restorespresenter.moc"
