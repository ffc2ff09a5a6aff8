// SPDX-License-Identifier: Apache-2.0
#include "support/fakejournal.h"
#include "support/uitest.h"
#include "ui/models/journaltablemodel.h"
#include "ui/presenters/journalpresenter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestJournalPresenter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void showsEachItemOfEachRun();
    void showsWhatBelongsToNoRepository();
    void saysWhenTheJournalCannotBeRead();
    void isEmptyWithoutAJournal();
    void writesAReportInTheFormOfItsEnding();
    void writesNoFormulaIntoATable();
    void saysWhyTheReportCannotBeWritten();

private:
    std::shared_ptr<FakeJournal> m_journal;
    std::unique_ptr<JournalTableModel> m_model;
    std::unique_ptr<JournalPresenter> m_presenter;
    QTemporaryDir m_folder;
};

void TestJournalPresenter::init()
{
    m_presenter.reset();
    m_journal = std::make_shared<FakeJournal>();
    m_model = std::make_unique<JournalTableModel>();
    m_presenter = std::make_unique<JournalPresenter>(m_journal, *m_model);
    const QDateTime begun({2026, 5, 4}, {12, 0}, Qt::UTC);
    JournalRun run{
        JournalRun::Kind::Deletion,
        u"reg.lab"_s,
        *RepositoryName::parse(u"team/app"),
        u"/b/1"_s,
        {{Digest::ofBytes("1"), {*Tag::parse(u"1"), *Tag::parse(u"1.0")}, {u"deleted"_s}},
         {Digest::ofBytes("2"), {}, {u"failed"_s, u"=cmd()"_s}}},
        begun};
    run.ended = begun;
    run.user = u"anna"_s;
    run.connection = u"Lab"_s;
    m_journal->finished = {run};
    JournalRun open = run;
    open.kind = JournalRun::Kind::Untagging;
    open.ended.reset();
    open.items = {{Digest::ofBytes("3"), {*Tag::parse(u"old")}}};
    m_journal->unfinished = {open};
}

void TestJournalPresenter::showsEachItemOfEachRun()
{
    QSignalSpy loaded(m_presenter.get(), &JournalPresenter::loaded);
    m_presenter->reload();
    QTRY_COMPARE(loaded.size(), qsizetype(1));
    QCOMPARE(m_model->rowCount(), 3);
    QVERIFY(m_model->row(0).isOpen);
    QCOMPARE(m_model->row(0).action, JournalRow::Action::Untagging);
    QVERIFY(!m_model->row(1).isOpen);
    QCOMPARE(m_model->row(1).tags, (QStringList{u"1"_s, u"1.0"_s}));
    QCOMPARE(m_model->row(1).backupFolder, u"/b/1"_s);
    QCOMPARE(m_model->row(2).message, u"=cmd()"_s);
    QCOMPARE(m_model->row(2).user, u"anna"_s);
    QCOMPARE(m_model->row(2).connection, u"Lab"_s);
}

void TestJournalPresenter::showsWhatBelongsToNoRepository()
{
    JournalRun off{JournalRun::Kind::ReadOnlyOff, u"reg.lab"_s, {}, {}};
    off.ended = QDateTime::currentDateTimeUtc();
    JournalRun empty = off; // Somebody has spoilt its items.
    empty.kind = JournalRun::Kind::Deletion;
    empty.repository = *RepositoryName::parse(u"app");
    m_journal->unfinished.clear();
    m_journal->finished = {off, empty};
    QSignalSpy loaded(m_presenter.get(), &JournalPresenter::loaded);
    m_presenter->reload();
    QTRY_COMPARE(loaded.size(), qsizetype(1));
    QCOMPARE(m_model->rowCount(), 1);
    QVERIFY(m_model->row(0).isOfConnection());
    QCOMPARE(m_model->row(0).action, JournalRow::Action::ReadOnlyOff);
}

void TestJournalPresenter::saysWhenTheJournalCannotBeRead()
{
    m_journal->isUnreadable = true;
    QSignalSpy failed(m_presenter.get(), &JournalPresenter::failed);
    m_presenter->reload();
    QTRY_COMPARE(failed.size(), qsizetype(1));
}

void TestJournalPresenter::isEmptyWithoutAJournal()
{
    JournalPresenter presenter({}, *m_model);
    presenter.reload();
    QCOMPARE(m_model->rowCount(), 0);
}

void TestJournalPresenter::writesAReportInTheFormOfItsEnding()
{
    m_presenter->reload();
    QTRY_COMPARE(m_model->rowCount(), 3);
    const QList<JournalRow> rows{m_model->row(1), m_model->row(2)};
    QSignalSpy saved(m_presenter.get(), &JournalPresenter::saved);
    const QString path = m_folder.filePath(u"j.json"_s);
    m_presenter->save(rows, path);
    QTRY_COMPARE(saved.size(), qsizetype(1));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray written = QJsonDocument::fromJson(file.readAll())["rows"_L1].toArray();
    QCOMPARE(written.size(), qsizetype(2));
    const QJsonObject first = written.at(0).toObject();
    QCOMPARE(first["time"_L1].toString(), u"2026-05-04T12:00:00Z"_s);
    QCOMPARE(first["before"_L1].toString(), Digest::ofBytes("1").toString());
    QCOMPARE(first["after"_L1].toString(), QString());
    QCOMPARE(first["tags"_L1].toString(), u"1 1.0"_s);
    QCOMPARE(first["user"_L1].toString(), u"anna"_s);
    QCOMPARE(first["connection"_L1].toString(), u"Lab"_s);
    QCOMPARE(first["result"_L1].toString(), u"deleted"_s);
    QCOMPARE(first["backup"_L1].toString(), u"/b/1"_s);
    QVERIFY(bytesFor(JournalPresenter::report(rows), u"j.html"_s).startsWith("<!DOCTYPE html>"));
}

void TestJournalPresenter::writesNoFormulaIntoATable()
{
    m_presenter->reload();
    QTRY_COMPARE(m_model->rowCount(), 3);
    const QByteArray table = bytesFor(JournalPresenter::report({m_model->row(2)}), u"j.csv"_s);
    QVERIFY(table.contains(",'=cmd(),"));
}

void TestJournalPresenter::saysWhyTheReportCannotBeWritten()
{
    QSignalSpy failed(m_presenter.get(), &JournalPresenter::savingFailed);
    m_presenter->save({}, m_folder.filePath(u"nowhere/j.csv"_s));
    QTRY_COMPARE(failed.size(), qsizetype(1));
}

LONGSHORE_UI_TEST(TestJournalPresenter)
#include "tst_journalpresenter.moc"
