// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/tlsserver.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/views/filefield.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QSignalSpy>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestFileField : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_field.reset(); }
    void takesWhatIsTyped();
    void takesWhatIsChosen();
    void asksForWhatItIsFor();
    void beginsWhereTheFileIs();
    void keepsWhatWasThereWhenThePersonGivesUp();
    void canBeUsedByKeyboard();

private:
    QFileDialog &choose()
    {
        press(*m_field, u"keyChoose"_s);
        return *qobject_cast<QFileDialog *>(&awaitDialog(u"chooseFileDialog"_s));
    }

    std::unique_ptr<FileField> m_field;
};

void TestFileField::init()
{
    m_field = std::make_unique<FileField>(u"key"_s, u"Client Key"_s, u"All files (*)"_s);
    m_field->show();
    QVERIFY(QTest::qWaitForWindowActive(m_field.get()));
}

void TestFileField::takesWhatIsTyped()
{
    const QSignalSpy changed(m_field.get(), &FileField::changed);
    const QSignalSpy chosen(m_field.get(), &FileField::chosen);
    fillIn(*m_field, u"key"_s, u" /etc/key.pem "_s);
    QCOMPARE(m_field->path(), u"/etc/key.pem"_s);
    QVERIFY(!changed.isEmpty());
    QVERIFY(chosen.isEmpty());
}

void TestFileField::takesWhatIsChosen()
{
    const QSignalSpy chosen(m_field.get(), &FileField::chosen);
    QFileDialog &dialog = choose();
    QCOMPARE(dialog.windowTitle(), u"Client Key"_s);
    QCOMPARE(dialog.fileMode(), QFileDialog::ExistingFile);
    dialog.selectFile(tlsData(u"client.key"_s));
    QTest::keyClick(&child<QLineEdit>(dialog, u"fileNameEdit"_s), Qt::Key_Return);
    awaitNoDialog(u"chooseFileDialog"_s);
    QCOMPARE(QFileInfo(m_field->path()), QFileInfo(tlsData(u"client.key"_s)));
    QCOMPARE(chosen.size(), qsizetype(1));
}

void TestFileField::asksForWhatItIsFor()
{
    m_field->setPath(tlsData(u"new.tar"_s));
    m_field->setPurpose(FileField::Purpose::Save);
    QFileDialog &save = choose();
    QCOMPARE(save.acceptMode(), QFileDialog::AcceptSave);
    QCOMPARE(child<QLineEdit>(save, u"fileNameEdit"_s).text(), u"new.tar"_s);
    QTest::keyClick(&save, Qt::Key_Escape);
    awaitNoDialog(u"chooseFileDialog"_s);
    m_field->setPurpose(FileField::Purpose::Folder);
    QCOMPARE(choose().fileMode(), QFileDialog::Directory);
}

void TestFileField::beginsWhereTheFileIs()
{
    QFileDialog &first = choose();
    QCOMPARE(first.directory(), QDir::home());
    QTest::keyClick(&first, Qt::Key_Escape);
    awaitNoDialog(u"chooseFileDialog"_s);
    m_field->setPath(tlsData(u"client.key"_s));
    QCOMPARE(choose().directory(), QFileInfo(tlsData(u"client.key"_s)).absoluteDir());
}

void TestFileField::keepsWhatWasThereWhenThePersonGivesUp()
{
    m_field->setPath(u"/etc/key.pem"_s);
    QTest::keyClick(&choose(), Qt::Key_Escape);
    awaitNoDialog(u"chooseFileDialog"_s);
    QCOMPARE(m_field->path(), u"/etc/key.pem"_s);
}

void TestFileField::canBeUsedByKeyboard()
{
    m_field->setFocus();
    QVERIFY(child<QLineEdit>(*m_field, u"key"_s).hasFocus());
    QCOMPARE(WidgetChecks::complaintsAbout(*m_field), QStringList());
}

LONGSHORE_UI_TEST(TestFileField)
#include "tst_filefield.moc"
