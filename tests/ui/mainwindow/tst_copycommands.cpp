// SPDX-License-Identifier: Apache-2.0
#include "support/heldrequests.h"
#include "support/testcopies.h"
#include "support/testlayout.h"
#include "support/uitest.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = TransferRow::State;

/// From the question for a file to what the registry has then.
class TestCopyCommands : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_test.reset(); }
    void uploadWhatIsInAFolder();
    void sendNothingByEscape();
    void saveWhatLosesItsTag(); // R6
    void uploadSeveralAtOnce();
    void askForFilesInTheFolderOfTheLastTime();
    void askForAFolder();
    void copyWithinARegistry();
    void addFurtherTags();
    void stopAnUpload();
    void tellWhatTheRegistryHasOnce();
    void readTheListAgainForANewRepository();

private:
    void save(const QStringList &names);
    QDialog &show(const QString &repository = u"app"_s)
    {
        m_test->commands->upload({m_layout->path()}, {m_id, repository});
        return awaitDialog(u"uploadDialog"_s);
    }
    [[nodiscard]] const TransferRow &row() const { return m_test->transferModel.rows().last(); }
    [[nodiscard]] qsizetype changes() const
    {
        return m_test->registry.count("PUT") + m_test->registry.count("POST");
    }

    FakeRegistry m_maker; ///< Makes documents.
    std::unique_ptr<TestLayout> m_layout;
    std::unique_ptr<TestCopies> m_test;
    QString m_id;
    QList<Place> m_stored; ///< As the commands have told.
};

void TestCopyCommands::init()
{
    m_layout = std::make_unique<TestLayout>();
    save({u"2"_s});
    m_test = std::make_unique<TestCopies>();
    TestImages::addImage(m_test->registry, u"app"_s, u"1"_s, {.layers = {"base", "one"}});
    m_id = m_test->connectToRegistry();
    m_stored.clear();
    connect(m_test->commands, &CopyCommands::stored, this,
            [this](const Place &place) { m_stored.append(place); });
}

void TestCopyCommands::save(const QStringList &names)
{
    QList<std::pair<QString, Digest>> images;
    for (const QString &name : names)
        images.append({name, TestImages::addImage(m_maker, u"a"_s, name,
                                                  {.layers = {"base", name.toUtf8()}})});
    m_layout->save(m_maker, u"a"_s, images);
}

void TestCopyCommands::uploadWhatIsInAFolder()
{
    QDialog &dialog = show();
    QTRY_VERIFY(child<QPushButton>(dialog, u"upload"_s).isEnabled());
    QCOMPARE(changes(), qsizetype(0));
    QTest::keyClick(&dialog, Qt::Key_Return);
    awaitNoDialog(u"uploadDialog"_s);
    QDialog &progress = awaitDialog(u"transferDialog"_s);
    QVERIFY(!progress.isModal());
    QTRY_COMPARE(row().state, State::Finished);
    QCOMPARE(row().title, QString(m_test->registry.host() + "/app:2"_L1));
    QCOMPARE(row().source, u"My Layout"_s);
    QVERIFY(m_test->registry.hasManifest(u"app"_s, *Digest::parse(row().digest)));
    QVERIFY(child<QLabel>(progress, u"transferStatus"_s).text().contains(row().digest));
    QCOMPARE(m_test->registry.tags(u"app"_s), QStringList({u"1"_s, u"2"_s}));
    QCOMPARE(m_stored, QList<Place>{TestTabs::place(m_id, u"app"_s)});
}

void TestCopyCommands::sendNothingByEscape()
{
    const QPointer<QDialog> dialog = &show();
    QTRY_VERIFY(child<QPushButton>(*dialog, u"upload"_s).isEnabled());
    QTest::keyClick(dialog.data(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog);
    QCOMPARE(m_test->transferModel.rowCount(), 0);
    QCOMPARE(changes(), qsizetype(0));
}

void TestCopyCommands::saveWhatLosesItsTag()
{
    save({u"1"_s});
    QDialog &dialog = show();
    QTRY_VERIFY(child<QAbstractButton>(dialog, u"overwrite"_s).isVisible());
    press(dialog, u"overwrite"_s);
    press(dialog, u"upload"_s);
    QTRY_COMPARE(row().state, State::Finished);
    QVERIFY2(row().remark.contains(u"/backups/"_s), qPrintable(row().remark));
    QVERIFY(m_test->registry.hasManifest(u"app"_s, *Digest::parse(row().digest)));
}

void TestCopyCommands::uploadSeveralAtOnce()
{
    save({u"2"_s, u"3"_s});
    press(show(), u"upload"_s);
    QTRY_COMPARE(m_test->registry.tags(u"app"_s), QStringList({u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(m_test->transferModel.rowCount(), 2);
    QCOMPARE(openDialogs(u"transferDialog"_s), qsizetype(0)); // The dock has them.
}

void TestCopyCommands::askForFilesInTheFolderOfTheLastTime()
{
    m_test->settings.setImportFolder(m_layout->path());
    m_test->commands->askForFiles({m_id, u"app"_s});
    auto *dialog = qobject_cast<QFileDialog *>(&awaitDialog(u"uploadFileDialog"_s));
    QCOMPARE(dialog->directory().absolutePath(), m_layout->path());
    QCOMPARE(dialog->fileMode(), QFileDialog::ExistingFiles);
    emit dialog->filesSelected({m_layout->filePath(u"index.json"_s)});
    QVERIFY(child<QLabel>(awaitDialog(u"uploadDialog"_s), u"copySource"_s)
                .text()
                .contains(u"index.json"_s));
}

void TestCopyCommands::askForAFolder()
{
    m_test->commands->askForFolder({m_id, u"app"_s});
    auto *dialog = qobject_cast<QFileDialog *>(&awaitDialog(u"uploadFolderDialog"_s));
    QCOMPARE(dialog->fileMode(), QFileDialog::Directory);
    emit dialog->filesSelected({m_layout->path()});
    QTRY_VERIFY(child<QPushButton>(awaitDialog(u"uploadDialog"_s), u"upload"_s).isEnabled());
    QCOMPARE(QDir(m_test->settings.importFolder()), QDir(QFileInfo(m_layout->path()).path()));
}

void TestCopyCommands::copyWithinARegistry()
{
    m_test->commands->copy(TestTabs::place(m_id, u"app"_s), {*Tag::parse(u"1")},
                           {m_id, u"team/copy"_s});
    QDialog &dialog = awaitDialog(u"copyDialog"_s);
    press(dialog, u"copy"_s);
    QTRY_COMPARE(row().state, State::Finished);
    QCOMPARE(row().source, QString(m_test->registry.host() + "/app:1"_L1));
    QCOMPARE(m_test->registry.tags(u"team/copy"_s), QStringList{u"1"_s});
}

void TestCopyCommands::addFurtherTags()
{
    m_test->commands->retag({m_id, *RepositoryName::parse(u"app"), Reference(*Tag::parse(u"1"))},
                            *Tag::parse(u"1"));
    QDialog &dialog = awaitDialog(u"retagDialog"_s);
    fillIn(dialog, u"newTags"_s, u"1.0 latest"_s);
    QTRY_VERIFY(child<QPushButton>(dialog, u"retag"_s).isEnabled());
    QCOMPARE(changes(), qsizetype(0));
    QTest::keyClick(&dialog, Qt::Key_Return);
    awaitNoDialog(u"retagDialog"_s);
    QTRY_COMPARE(m_test->registry.tags(u"app"_s), QStringList({u"1"_s, u"1.0"_s, u"latest"_s}));
    QTRY_COMPARE(m_stored.size(), qsizetype(2));
    QCOMPARE(m_stored.first(), (Place{m_id, *RepositoryName::parse(u"app")}));
}

void TestCopyCommands::stopAnUpload()
{
    HeldRequests held(m_test->registry, "PUT", u"/blobs/"_s);
    press(show(), u"upload"_s);
    QTRY_VERIFY(held.count() > 0);
    press(awaitDialog(u"transferDialog"_s), u"stopTransfer"_s);
    QTRY_COMPARE(row().state, State::Cancelled);
    QTRY_VERIFY(m_test->registry.count("DELETE", u"/uploads/"_s) > 0); // UPL-33
    QCOMPARE(m_test->registry.tags(u"app"_s), QStringList{u"1"_s});
    QVERIFY(m_stored.isEmpty());
    held.release();
    m_test->transfers.retry(row().id);
    QTRY_COMPARE(row().state, State::Finished);
    QCOMPARE(m_stored.size(), qsizetype(1));
}

void TestCopyCommands::tellWhatTheRegistryHasOnce()
{
    m_test->registry.failNext("POST", u"/uploads/"_s, registryRefusal(403, "DENIED", "no"), 100);
    press(show(), u"upload"_s);
    QTRY_COMPARE(row().state, State::Failed);
    QVERIFY(m_stored.isEmpty());
    QVERIFY(row().error->kind == Error::Kind::Forbidden);
}

void TestCopyCommands::readTheListAgainForANewRepository()
{
    m_test->registry.forgetRequests();
    press(show(u"team/new"_s), u"upload"_s);
    QTRY_VERIFY(m_test->registries.repositories(m_id).contains(u"team/new"_s));
    m_test->registry.forgetRequests();
    save({u"3"_s});
    press(show(u"team/new"_s), u"upload"_s);
    QTRY_COMPARE(m_test->registry.tags(u"team/new"_s), QStringList({u"2"_s, u"3"_s}));
    QTRY_COMPARE(row().state, State::Finished);
    QCOMPARE(m_test->registry.count("GET", u"/_catalog"_s), qsizetype(0));
}

LONGSHORE_UI_TEST(TestCopyCommands)
#include "tst_copycommands.moc"
