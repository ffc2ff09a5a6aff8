// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/dialogs/exportroom.h"
#include "ui/presenters/exportpresenter.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <limits>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Form = ImagePlace::Form;

class TestExportRoom : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void saysWhatIsNeededAndWhatIsFree();
    void saysThatItIsUnpacked();
    void warnsWhereThereIsTooLittle();
    void looksAgainForAnotherPlaceOnly();

private:
    [[nodiscard]] QString text() const { return child<QLabel>(*m_room, u"exportRoom"_s).text(); }
    [[nodiscard]] bool warns() const
    {
        return !child<QWidget>(*m_room, u"exportRoomWarning"_s).isHidden();
    }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<ExportPresenter> m_presenter;
    std::unique_ptr<ExportRoom> m_room;
};

void TestExportRoom::init()
{
    m_room.reset();
    m_presenter.reset();
    m_registry = std::make_unique<FakeRegistry>();
    m_presenter = std::make_unique<ExportPresenter>(
        std::make_shared<RegistrySession>(m_network, *RegistryAddress::parse(m_registry->host()),
                                          u"http"_s),
        *RepositoryName::parse(u"app"), QList<Reference>{*Tag::parse(u"1")});
    m_room = std::make_unique<ExportRoom>(*m_presenter);
}

void TestExportRoom::saysWhatIsNeededAndWhatIsFree()
{
    m_room->showFor({Form::OciFolder, path(u"new/layout"_s)}, -1);
    QCOMPARE(text(), QString());
    QTRY_VERIFY(text().startsWith(u"Free in "_s));
    QVERIFY2(text().contains(m_folder.path()) && !text().contains(u"layout"_s), qPrintable(text()));
    m_room->showFor({Form::OciFolder, path(u"new/layout"_s)}, 2048);
    QVERIFY2(text().startsWith(u"Needed: about 2.0 KiB. Free in "_s), qPrintable(text()));
    QVERIFY(!warns());
}

void TestExportRoom::saysThatItIsUnpacked()
{
    for (const Form form : {Form::PlainLayers, Form::RootFiles, Form::RootFolder}) {
        m_room->showFor({form, path(u"out"_s)}, 2048);
        QVERIFY2(text().startsWith(u"Needed: more than 2.0 KiB"_s), qPrintable(text()));
    }
}

void TestExportRoom::warnsWhereThereIsTooLittle()
{
    m_room->showFor({Form::OciArchive, path(u"out.tar"_s)}, std::numeric_limits<qint64>::max());
    QVERIFY(!warns()); // Nobody knows yet.
    QTRY_VERIFY(warns());
    QVERIFY2(text().endsWith(u" That is less than needed."_s), qPrintable(text()));
    m_room->showFor({Form::OciArchive, path(u"out.tar"_s)}, 1);
    QVERIFY(!warns());
    QVERIFY2(!text().contains(u"less"_s), qPrintable(text()));
}

void TestExportRoom::looksAgainForAnotherPlaceOnly()
{
    const QSignalSpy found(m_presenter.get(), &ExportPresenter::roomFound);
    for (const QString &name : {u"a"_s, u"ab"_s, u"abc"_s}) // As somebody types.
        m_room->showFor({Form::OciFolder, path(name)}, 1);
    QTRY_COMPARE(found.size(), qsizetype(1));
    m_room->showFor({Form::OciArchive, path(u"abc"_s)}, 2);
    m_room->showFor({Form::OciArchive, u"/"_s}, 2);
    QTRY_COMPARE(found.size(), qsizetype(2));
    QCOMPARE(found.last().first().value<DiskRoom>().folder, u"/"_s);
}

LONGSHORE_UI_TEST(TestExportRoom)
#include "tst_exportroom.moc"
