// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "support/modeltext.h"
#include "support/testlayout.h"
#include "support/uitest.h"
#include "ui/models/registrytreemodel.h"
#include "ui/presenters/openedfiles.h"

#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = RegistryTreeModel::State;

class TestOpenedFiles : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsRepositoriesLikeARegistry();
    void opensAPathOnce();
    void readsAgainWhatHasChanged();
    void saysWhyItCannotBeRead();
    void closesWhatIsBeingRead();

private:
    void save(const QStringList &names);
    QString add();

    FakeRegistry m_maker; ///< Makes documents.
    std::unique_ptr<TestLayout> m_layout;
    std::unique_ptr<RegistryTreeModel> m_model;
    std::unique_ptr<OpenedFiles> m_files;
};

void TestOpenedFiles::init()
{
    m_layout = std::make_unique<TestLayout>();
    save({u"reg.lab/team/app:1"_s, u"2.0"_s});
    m_model = std::make_unique<RegistryTreeModel>();
    m_files = std::make_unique<OpenedFiles>(*m_model);
    // As a presenter of all connections does.
    connect(m_files.get(), &OpenedFiles::changed, this, [this] {
        QList<RegistryTreeModel::Connection> rows;
        for (const QString &id : m_files->ids())
            rows.append({id, u"files"_s, m_files->path(id)});
        m_model->setConnections(rows);
    });
}

void TestOpenedFiles::cleanup()
{
    m_files.reset();
    m_model.reset();
}

void TestOpenedFiles::save(const QStringList &names)
{
    QList<std::pair<QString, Digest>> images;
    for (const QString &name : names)
        images.append({name, TestImages::addImage(m_maker, u"a"_s, u"t"_s)});
    m_layout->save(m_maker, u"a"_s, images);
}

QString TestOpenedFiles::add()
{
    const QSignalSpy opened(m_files.get(), &OpenedFiles::opened);
    const QString id = m_files->add(m_layout->path());
    if (!QTest::qWaitFor([&] { return opened.size() == 1; }, 20'000))
        qFatal("the files do not open");
    return id;
}

void TestOpenedFiles::showsRepositoriesLikeARegistry()
{
    const QString id = add();
    QVERIFY(m_files->contains(id));
    QCOMPARE(m_files->path(id), m_layout->path());
    QCOMPARE(m_model->state(id), State::Ready);
    QCOMPARE(treeText(*m_model), u"files\n  my-layout\n  team\n    app"_s);
    QCOMPARE(m_files->session(id)->names().images().size(), qsizetype(2));
    QVERIFY(!m_files->session(u"other"_s) && !m_files->contains(u"other"_s));
    QCOMPARE(m_files->path(u"other"_s), QString());
}

void TestOpenedFiles::opensAPathOnce()
{
    QCOMPARE(add(), add());
    QCOMPARE(m_files->ids().size(), qsizetype(1));
    QCOMPARE(m_model->rowCount(), 1);
}

void TestOpenedFiles::readsAgainWhatHasChanged()
{
    const QString id = add();
    save({u"2.0"_s});
    m_files->read(id);
    QTRY_COMPARE(m_files->session(id)->names().images().size(), qsizetype(1));
    QCOMPARE(treeText(*m_model), u"files\n  my-layout"_s);
}

void TestOpenedFiles::saysWhyItCannotBeRead()
{
    const QSignalSpy failed(m_files.get(), &OpenedFiles::failed);
    const QString id = m_files->add(m_layout->filePath(u"index.json"_s));
    QTRY_COMPARE(failed.size(), qsizetype(1));
    QCOMPARE(m_model->state(id), State::Failed);
    QVERIFY(!m_files->session(id));
    QVERIFY(m_files->contains(id)); // It can be read again, or closed.
}

void TestOpenedFiles::closesWhatIsBeingRead()
{
    const QSignalSpy opened(m_files.get(), &OpenedFiles::opened);
    const QSignalSpy failed(m_files.get(), &OpenedFiles::failed);
    const QString id = m_files->add(m_layout->path());
    m_files->remove(id);
    QVERIFY(!m_files->contains(id));
    QCOMPARE(m_model->rowCount(), 0);
    add(); // By then the first one would have come.
    QCOMPARE(opened.size() + failed.size(), qsizetype(1));
}

LONGSHORE_UI_TEST(TestOpenedFiles)
#include "tst_openedfiles.moc"
