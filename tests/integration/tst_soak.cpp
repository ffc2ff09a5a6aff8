// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "core/transfer/copyimagejob.h"
#include "core/transfer/placeexport.h"
#include "core/transfer/planimagecopyjob.h"
#include "support/outcome.h"
#include "support/realregistry.h"

#include <QDir>
#include <QRandomGenerator>
#include <QThreadPool>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Browses, exports, uploads and cancels by chance on a real registry, and looks whether anything is
/// left that should not be. LONGSHORE_SOAK_ROUNDS makes it long, LONGSHORE_SOAK_SEED draws others.
class TestSoak : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void leavesNothing();

private:
    struct Left
    {
        qsizetype files = 0; ///< That are open.
        qsizetype threads = 0;
        qint64 bytes = 0; ///< Of memory.
    };

    [[nodiscard]] static Left whatIsLeft();
    void playRound();
    void browse(Session &session);
    void exportImage(Session &session);
    void upload(RegistrySession &session);
    template <typename T>
    Result<T> runOrCancel(ResultJob<T> *job);
    [[nodiscard]] int draw(int highest) { return m_dice.bounded(highest); }
    [[nodiscard]] Tag anyTag() { return *Tag::parse(QString::number(draw(int(m_images.size())))); }

    QTemporaryDir m_home;
    RealRegistry m_registry;
    QRandomGenerator m_dice;
    QStringList m_images; ///< Digests, by their tags: "0", "1"...
    QMap<QString, QString> m_copies; ///< Digests, by their repositories.
    int m_cancelled = 0;
    int m_count = 0;
};

static const RepositoryName repository = *RepositoryName::parse(u"soak/from"_s);

void TestSoak::initTestCase()
{
    if (!m_registry.failure().isEmpty())
        QSKIP(qPrintable(m_registry.failure()));
    bool isGiven = false;
    const int given = qEnvironmentVariableIntValue("LONGSHORE_SOAK_SEED", &isGiven);
    const int seed = isGiven ? given : 20261128;
    m_dice.seed(quint32(seed));
    qInfo("seed %d; LONGSHORE_SOAK_SEED draws the same again", seed);
    QVERIFY(QDir().mkpath(m_home.filePath(u"temporary"_s)));
    qputenv("TMPDIR", QFile::encodeName(m_home.filePath(u"temporary"_s)));
    for (int i = 0; i < 4; ++i) {
        const QList<QByteArray> layers{QByteArray(400'000 * (i + 1), char('a' + i)), "shared"};
        m_images.append(m_registry.push(repository.toString(), QString::number(i), layers));
        QVERIFY(!m_images.last().isEmpty());
    }
}

TestSoak::Left TestSoak::whatIsLeft()
{
    const auto count = [](const QString &folder) {
        return QDir(folder)
            .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)
            .size();
    };
    QFile file(u"/proc/self/statm"_s);
    const QByteArray pages = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    return {count(u"/proc/self/fd"_s), count(u"/proc/self/task"_s),
            pages.split(' ').value(1).toLongLong() * 4096};
}

/// What is cancelled ends as such, unless it had ended.
template <typename T>
Result<T> TestSoak::runOrCancel(ResultJob<T> *job)
{
    if (draw(3) > 0)
        return outcomeOf(job);
    const int steps = draw(12);
    int step = 0;
    connect(job, &Job::progressChanged, job, [job, steps, step]() mutable {
        if (step++ == steps)
            job->cancel();
    });
    if (steps == 0)
        QTimer::singleShot(0, job, &Job::cancel);
    const auto result = outcomeOf(job);
    if (!result && result.error().isCancelled())
        ++m_cancelled;
    return result;
}

void TestSoak::browse(Session &session)
{
    const Tag tag = anyTag();
    const auto manifest =
        runOrCancel(session.fetchManifest(repository, tag, Session::Priority::Interactive));
    if (manifest)
        QCOMPARE(manifest->digest.toString(), m_images.at(tag.toString().toInt()));
    else
        QVERIFY2(manifest.error().isCancelled(), qPrintable(manifest.error().message));
}

void TestSoak::exportImage(Session &session)
{
    const Tag tag = anyTag();
    const QTemporaryDir folder(m_home.filePath(u"export"_s));
    const std::array forms{ImagePlace::Form::OciFolder, ImagePlace::Form::OciArchive,
                           ImagePlace::Form::Folder, ImagePlace::Form::StoredLayers};
    const PlaceExport wanted{{m_registry.host(), repository, tag, {}},
                             {},
                             {forms.at(size_t(draw(forms.size()))), folder.filePath(u"out"_s)}};
    auto exported = runOrCancel(makeExportJob(session, wanted));
    if (!exported && exported.error().isCancelled())
        exported = outcomeOf(makeExportJob(session, wanted)); // And completes it.
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->image.digest.toString(), m_images.at(tag.toString().toInt()));
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{u"out"_s});
}

void TestSoak::upload(RegistrySession &session)
{
    const QString target = u"soak/copy%1"_s.arg(++m_count);
    const Tag tag = anyTag();
    const auto plan = outcomeOf(new PlanImageCopyJob(
        session, session,
        {repository, tag, *RepositoryName::parse(target), *Tag::parse(u"latest"_s)}));
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
    ImageCopyPlan sent = *plan;
    for (BlobToCopy &blob : sent.blobs)
        blob.way = draw(2) ? BlobToCopy::Way::Send : blob.way;
    const auto copied = runOrCancel(new CopyImageJob(session, session, sent));
    if (copied)
        m_copies.insert(target, m_images.at(tag.toString().toInt()));
    else
        QVERIFY2(copied.error().isCancelled(), qPrintable(copied.error().message));
}

/// A program that starts, does a few things, and ends.
void TestSoak::playRound()
{
    Network network;
    const auto session = std::make_shared<RegistrySession>(
        network, *RegistryAddress::parse(m_registry.host()), u"http"_s);
    for (int i = 0; i < 12; ++i) {
        switch (draw(3)) {
        case 0: browse(*session); break;
        case 1: exportImage(*session); break;
        default: upload(*session); break;
        }
        if (QTest::currentTestFailed())
            return;
    }
}

void TestSoak::leavesNothing()
{
    const int rounds = qMax(4, qEnvironmentVariableIntValue("LONGSHORE_SOAK_ROUNDS"));
    QList<Left> left;
    for (int round = 0; round < rounds; ++round) {
        playRound();
        QVERIFY(!QTest::currentTestFailed());
        QVERIFY(QThreadPool::globalInstance()->waitForDone(60'000));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        left.append(whatIsLeft());
        QCOMPARE(QDir(m_home.filePath(u"temporary"_s))
                     .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::Hidden),
                 QStringList());
    }
    qInfo().noquote() << rounds << "rounds," << m_cancelled << "cancelled," << m_copies.size()
                      << "copies; bytes of memory:" << left.at(rounds / 2).bytes << "then"
                      << left.last().bytes;
    // The first round has made what stays for good.
    QCOMPARE(left.last().files, left.at(1).files);
    QVERIFY(left.last().threads
            <= left.at(1).threads + QThreadPool::globalInstance()->maxThreadCount());
    for (auto copy = m_copies.cbegin(); copy != m_copies.cend(); ++copy)
        QCOMPARE(
            QString::fromLatin1(
                m_registry.request("HEAD", u"/v2/%1/manifests/latest"_s.arg(copy.key())).digest),
            copy.value());
}

QTEST_GUILESS_MAIN(TestSoak)
#include "tst_soak.moc"
