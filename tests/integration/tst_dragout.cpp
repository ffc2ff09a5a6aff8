// SPDX-License-Identifier: Apache-2.0
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/pages/imagepage.h"

#include <QAbstractItemView>
#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Drags with a real pointer out of the window and into a window of another program, on a display of its
/// own (private-desktop.sh).
class TestDragOut : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void bringsALayer();
    void bringsAnImageAsAnArchive();
    void bringsAPlatformAsAnArchive();
    void replacesNothing();

private:
    static void point(const QStringList &commands)
    {
        QCOMPARE(QProcess::execute(u"xdotool"_s, commands), 0);
    }
    void startTarget();
    void readLines();
    void drag(const QAbstractItemView &view, const QString &row);
    void wiggle();
    [[nodiscard]] const Transfer &transfer() const { return *m_test->transfers.transfers().last(); }
    [[nodiscard]] QString line(const QString &beginning) const
    {
        return m_lines.filter(beginning).value(0).mid(beginning.size());
    }
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    const QByteArray m_layer = QByteArray(100'000, 'L');
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
    std::unique_ptr<QProcess> m_target;
    QStringList m_lines; ///< What the target has said.
    QTimer m_wiggle;
    int m_step = 1;
};

void TestDragOut::initTestCase()
{
    if (QGuiApplication::platformName() != "xcb"_L1)
        QSKIP("there is no X11 display");
    if (QStandardPaths::findExecutable(u"xdotool"_s).isEmpty())
        QSKIP("xdotool is not installed");
    m_wiggle.setInterval(50ms);
    connect(&m_wiggle, &QTimer::timeout, this, &TestDragOut::wiggle);
}

void TestDragOut::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    TestImages::addImage(*m_registry, u"app"_s, u"1.0"_s, {.layers = {m_layer, "two"}});
    m_test = std::make_unique<TestWindow>(m_home->path());
    m_test->window.setGeometry(0, 0, 860, 470); // Beside the target.
    startTarget();
}

void TestDragOut::cleanup()
{
    m_wiggle.stop();
    if (m_target && m_target->state() != QProcess::NotRunning) {
        m_target->kill();
        m_target->waitForFinished();
    }
    m_target.reset();
    m_test.reset();
    m_registry.reset();
}

void TestDragOut::startTarget()
{
    m_lines.clear();
    m_target = std::make_unique<QProcess>();
    m_target->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(m_target.get(), &QProcess::readyRead, this, &TestDragOut::readLines);
    m_target->start(QStringLiteral(XDND_TARGET), {m_folder->path()});
    QTRY_VERIFY_WITH_TIMEOUT(m_lines.contains(u"shown"_s), 20'000);
}

void TestDragOut::readLines()
{
    while (m_target->canReadLine()) {
        m_lines.append(QString::fromUtf8(m_target->readLine()).trimmed());
        if (m_lines.last().startsWith("hovering"_L1)) {
            m_wiggle.stop();
            point({u"mouseup"_s, u"1"_s});
        }
    }
}

/// Nobody is told of a pointer that does not move.
void TestDragOut::wiggle()
{
    m_step = -m_step;
    point({u"mousemove_relative"_s, u"--"_s, QString::number(m_step), u"0"_s});
}

void TestDragOut::drag(const QAbstractItemView &view, const QString &row)
{
    const QRect cell = view.visualRect(rowOf(view, row));
    const QPoint at = view.viewport()->mapToGlobal(QPoint(cell.left() + 30, cell.center().y()));
    point({u"mousemove"_s, QString::number(at.x()), QString::number(at.y()), u"mousedown"_s, u"1"_s,
           u"mousemove_relative"_s, u"--"_s, u"40"_s, u"20"_s, u"mousemove"_s, u"1000"_s,
           u"600"_s});
    m_wiggle.start();
    QTRY_VERIFY_WITH_TIMEOUT(!line(u"answered "_s).isEmpty(), 20'000);
}

void TestDragOut::bringsALayer()
{
    m_test->open(m_registry->host() + "/app:1.0"_L1);
    auto *page = m_test->page<ImagePage>();
    auto &view = child<QAbstractItemView>(*page, u"layers"_s);
    child<QTabWidget>(*page, u"imageTabs"_s).setCurrentWidget(&view);
    drag(view, u"1"_s);
    QCOMPARE(line(u"hovering "_s), u"E"_s); // Nothing was chosen yet.
    const QString name = line(u"proposed "_s);
    QVERIFY2(name.startsWith("app_1.0_01_"_L1) && name.endsWith(".tar.gz"_L1), qPrintable(name));
    QCOMPARE(line(u"answered "_s), u"S"_s);
    QTRY_COMPARE_WITH_TIMEOUT(transfer().state(), Transfer::State::Finished, 20'000);
    QCOMPARE(transfer().task().path, path(name));
    QCOMPARE(content(name), m_layer);
    QCOMPARE(m_test->transfers.transfers().size(), qsizetype(1));
}

void TestDragOut::bringsAnImageAsAnArchive()
{
    m_test->open(m_registry->host() + "/app"_L1);
    drag(m_test->tags(), u"1.0"_s);
    QCOMPARE(line(u"proposed "_s), u"app_1.0.tar"_s);
    QCOMPARE(line(u"answered "_s), u"S"_s);
    QTRY_COMPARE_WITH_TIMEOUT(transfer().state(), Transfer::State::Finished, 20'000);
    const QByteArray archive = content(u"app_1.0.tar"_s);
    QVERIFY(archive.contains("oci-layout") && archive.contains(m_layer));
}

void TestDragOut::bringsAPlatformAsAnArchive()
{
    TestImages::addIndex(*m_registry, u"app"_s, u"all"_s);
    m_test->open(m_registry->host() + "/app:all"_L1);
    auto *page = m_test->page<ImagePage>();
    auto &view = child<QAbstractItemView>(*page, u"platforms"_s);
    child<QTabWidget>(*page, u"imageTabs"_s).setCurrentWidget(&view);
    drag(view, u"linux/arm64"_s);
    QCOMPARE(line(u"proposed "_s), u"app_all_linux-arm64.tar"_s);
    QCOMPARE(line(u"answered "_s), u"S"_s);
    QTRY_COMPARE_WITH_TIMEOUT(transfer().state(), Transfer::State::Finished, 20'000);
    const QByteArray archive = content(u"app_all_linux-arm64.tar"_s);
    // One image, which is called as the index was.
    QVERIFY(archive.contains("manifest.json") && archive.contains("app:all"));
    QVERIFY(!archive.contains("attestation-manifest"));
}

void TestDragOut::replacesNothing()
{
    QVERIFY(SafeFile::writeFile(path(u"app_1.0.tar"_s), "mine"));
    m_test->open(m_registry->host() + "/app"_L1);
    drag(m_test->tags(), u"1.0"_s);
    QTRY_COMPARE_WITH_TIMEOUT(transfer().state(), Transfer::State::Finished, 20'000);
    QCOMPARE(content(u"app_1.0.tar"_s), QByteArray("mine"));
    QVERIFY(content(u"app_1.0 (2).tar"_s).contains("oci-layout"));
}

LONGSHORE_UI_TEST(TestDragOut)
#include "tst_dragout.moc"
