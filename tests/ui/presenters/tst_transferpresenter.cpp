// SPDX-License-Identifier: Apache-2.0
#include "core/base/settledjob.h"
#include "core/registry/registrysession.h"
#include "support/heldrequests.h"
#include "support/uitest.h"
#include "ui/models/transferlistmodel.h"
#include "ui/presenters/transferpresenter.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = TransferRow::State;

class TestTransferPresenter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsADownloadFromItsFirstToItsLastByte();
    void runsAFewAtOnceAndLetsOthersWait();
    void cancelsOne();
    void cancelsOneThatWaits();
    void cancelsAllAndStartsNone();
    void triesAgain();
    void forgetsWhatHasEnded();
    void showsWhereTheFileReallyIs();
    void keepsTheSessionUntilTheEnd();
    void takesNumbersOfTransfersThatAreGone();

private:
    quint64 download(const QByteArray &content, const QString &name);
    [[nodiscard]] State state(quint64 id) const;
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden);
    }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<RegistrySession> m_session;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TransferQueue> m_queue;
    std::unique_ptr<TransferListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<TransferPresenter> m_presenter;
};

constexpr int mostAtOnce = 2;

void TestTransferPresenter::init()
{
    m_registry = std::make_unique<FakeRegistry>();
    HttpSettings settings;
    settings.retry.firstDelay = std::chrono::milliseconds(1);
    m_session = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s, settings);
    m_folder = std::make_unique<QTemporaryDir>();
    m_queue = std::make_unique<TransferQueue>(mostAtOnce);
    m_model = std::make_unique<TransferListModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    m_presenter = std::make_unique<TransferPresenter>(*m_queue, *m_model);
}

void TestTransferPresenter::cleanup()
{
    m_presenter.reset();
    m_tester.reset();
    m_model.reset();
    m_queue.reset();
    m_session.reset();
    m_registry.reset();
}

quint64 TestTransferPresenter::download(const QByteArray &content, const QString &name)
{
    const Descriptor blob = m_registry->addBlob(u"app"_s, content);
    return m_presenter->add(blobTransfer(m_session,
                                         {*RepositoryName::parse(u"app"_s), blob.digest, blob.size,
                                          m_folder->filePath(name), SafeFile::Existing::Replace},
                                         u"app:1, layer 1"_s));
}

State TestTransferPresenter::state(quint64 id) const
{
    for (const TransferRow &row : m_model->rows()) {
        if (row.id == id)
            return row.state;
    }
    qFatal("no such transfer");
}

void TestTransferPresenter::showsADownloadFromItsFirstToItsLastByte()
{
    HeldRequests held(*m_registry, "GET", u"/blobs/"_s);
    const QSignalSpy changed(m_presenter.get(), &TransferPresenter::changed);
    QSignalSpy ended(m_presenter.get(), &TransferPresenter::ended);
    const QByteArray content(300'000, 'x');
    const quint64 id = download(content, u"layer.tar"_s);
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->rows().first().title, u"layer.tar"_s);
    QCOMPARE(m_model->rows().first().source, u"app:1, layer 1"_s);
    QCOMPARE(m_model->rows().first().total, qint64(300'000));
    QTRY_COMPARE(held.count(), qsizetype(1));
    QCOMPARE(state(id), State::Running);
    QCOMPARE(m_presenter->activeCount(), qsizetype(1));
    held.release();
    QTRY_COMPARE(ended.size(), qsizetype(1));
    QCOMPARE(ended.first().first().toULongLong(), id);
    QVERIFY(changed.size() > 1);
    QCOMPARE(state(id), State::Finished);
    QCOMPARE(m_model->rows().first().done, qint64(300'000));
    QCOMPARE(m_model->rows().first().digest, Digest::ofBytes(content).toString());
    QCOMPARE(m_presenter->activeCount(), qsizetype(0));
    QCOMPARE(files(), QStringList{u"layer.tar"_s});
}

void TestTransferPresenter::runsAFewAtOnceAndLetsOthersWait()
{
    HeldRequests held(*m_registry, "GET", u"/blobs/"_s);
    for (int i = 0; i < 4; ++i)
        download(QByteArray::number(i), QString::number(i));
    QTRY_COMPARE(held.count(), qsizetype(mostAtOnce));
    QCOMPARE(state(2), State::Running);
    QCOMPARE(state(3), State::Waiting);
    held.release();
    QTRY_COMPARE(m_presenter->activeCount(), qsizetype(0));
    QCOMPARE(files().size(), qsizetype(4));
}

void TestTransferPresenter::cancelsOne()
{
    HeldRequests held(*m_registry, "GET", u"/blobs/"_s);
    const quint64 id = download("content", u"layer.tar"_s);
    QTRY_COMPARE(held.count(), qsizetype(1));
    m_presenter->cancel(id);
    QTRY_COMPARE(state(id), State::Cancelled);
    QTRY_COMPARE(files(), QStringList()); // Once the network thread has let go.
}

void TestTransferPresenter::cancelsOneThatWaits()
{
    HeldRequests held(*m_registry, "GET", u"/blobs/"_s);
    download("1", u"1"_s);
    download("2", u"2"_s);
    const quint64 waiting = download("3", u"3"_s);
    m_presenter->cancel(waiting);
    QCOMPARE(state(waiting), State::Cancelled);
    held.release();
    QTRY_COMPARE(m_presenter->activeCount(), qsizetype(0));
    QCOMPARE(files(), QStringList({u"1"_s, u"2"_s}));
}

void TestTransferPresenter::cancelsAllAndStartsNone()
{
    HeldRequests held(*m_registry, "GET", u"/blobs/"_s);
    for (int i = 0; i < 10; ++i)
        download(QByteArray::number(i), QString::number(i));
    QTRY_COMPARE(held.count(), qsizetype(mostAtOnce));
    m_presenter->cancelAll();
    QTRY_COMPARE(m_presenter->activeCount(), qsizetype(0));
    held.release();
    QCoreApplication::processEvents();
    QCOMPARE(m_registry->count("GET", u"/blobs/"_s), qsizetype(mostAtOnce));
    QTRY_COMPARE(files(), QStringList());
}

void TestTransferPresenter::triesAgain()
{
    m_registry->failNext("GET", u"/blobs/"_s, {404});
    const quint64 id = download("content", u"layer.tar"_s);
    QTRY_COMPARE(state(id), State::Failed);
    QCOMPARE(m_model->rows().first().error->kind, Error::Kind::NotFound);
    m_presenter->retry(id);
    QTRY_COMPARE(state(id), State::Finished);
    QVERIFY(!m_model->rows().first().error);
    m_presenter->retry(id); // There is nothing to try any more.
    QCOMPARE(state(id), State::Finished);
}

void TestTransferPresenter::forgetsWhatHasEnded()
{
    const quint64 finished = download("content", u"layer.tar"_s);
    QTRY_COMPARE(state(finished), State::Finished);
    HeldRequests held(*m_registry, "GET", u"/blobs/"_s);
    const quint64 running = download("other", u"other.tar"_s);
    m_presenter->clearEnded();
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->rows().first().id, running);
    held.release();
    QTRY_COMPARE(state(running), State::Finished);
}

/// Whoever drags the row away means the new file, not the one that had the name before.
void TestTransferPresenter::showsWhereTheFileReallyIs()
{
    const TransferOutcome outcome{Digest::ofBytes("a"), 1, {}, {}, u"/srv/app (2).tar"_s};
    m_presenter->add({u"/srv/app.tar"_s, u"app:1"_s, -1, [outcome](QObject *parent) {
                          return new SettledJob<TransferOutcome>(outcome, parent);
                      }});
    QTRY_COMPARE(m_model->rows().first().state, State::Finished);
    QCOMPARE(m_model->rows().first().path, u"/srv/app (2).tar"_s);
    QCOMPARE(m_model->rows().first().title, u"app (2).tar"_s);
}

void TestTransferPresenter::keepsTheSessionUntilTheEnd()
{
    HeldRequests held(*m_registry, "GET", u"/blobs/"_s);
    const quint64 id = download("content", u"layer.tar"_s);
    const std::weak_ptr<RegistrySession> session = m_session;
    m_session.reset(); // The connection is removed meanwhile.
    QTRY_COMPARE(held.count(), qsizetype(1));
    held.release();
    QTRY_COMPARE(state(id), State::Finished);
    m_presenter->clearEnded();
    QTRY_VERIFY(session.expired());
}

void TestTransferPresenter::takesNumbersOfTransfersThatAreGone()
{
    const quint64 id = download("content", u"layer.tar"_s);
    QTRY_COMPARE(state(id), State::Finished);
    m_presenter->clearEnded();
    m_presenter->cancel(id);
    m_presenter->retry(id);
    QCOMPARE(m_model->rowCount(), 0);
}

LONGSHORE_UI_TEST(TestTransferPresenter)
#include "tst_transferpresenter.moc"
