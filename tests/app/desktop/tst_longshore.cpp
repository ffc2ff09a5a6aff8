// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/testimages.h"
#include "support/uitest.h"

#include <QImage>
#include <QSet>

using namespace Qt::StringLiterals;

/// The program as somebody starts it from a terminal.
class TestLongshore : public QObject
{
    Q_OBJECT

private slots:
    void tellsAboutItselfWithoutADisplay_data();
    void tellsAboutItselfWithoutADisplay();
    void refusesWhatItDoesNotKnow_data();
    void refusesWhatItDoesNotKnow();
    void drawsAPlaceToAFile_data();
    void drawsAPlaceToAFile();
    void drawsInTheColoursThatWereAskedFor();
    void endsWhenNoServerAnswers();
    void saysThatAPictureCannotBeWritten();
    void endsInOrderWhenItIsAskedTo();

private:
    [[nodiscard]] static QImage picture(const ProgramRunner &program, const QStringList &arguments);

    const ProgramRunner m_program{QStringLiteral(LONGSHORE)};
};

/// Takes the display away for a while.
class NoDisplay
{
public:
    NoDisplay()
    {
        for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
            m_values.append({name, qgetenv(name)});
            qunsetenv(name);
        }
    }
    ~NoDisplay()
    {
        for (const auto &[name, value] : m_values) {
            if (!value.isNull())
                qputenv(name, value);
        }
    }
    Q_DISABLE_COPY_MOVE(NoDisplay)

private:
    QList<std::pair<const char *, QByteArray>> m_values;
};

QImage TestLongshore::picture(const ProgramRunner &program, const QStringList &arguments)
{
    const QString file = program.filePath(u"window.png"_s);
    const ProcessResult result = program.run(QStringList{u"--screenshot"_s, file} + arguments);
    if (result.exitStatus != 0)
        qWarning("%s", result.errors.constData());
    return QImage(file, "PNG");
}

/// How many colours there are; of an empty window a handful.
static qsizetype colourCount(const QImage &image)
{
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            colours.insert(image.pixel(x, y));
    }
    return colours.size();
}

void TestLongshore::tellsAboutItselfWithoutADisplay_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("help") << u"--help"_s << QByteArray("Usage: longshore [options] [HOST | REF]")
                          << QByteArray("--screenshot <FILE>");
    QTest::newRow("h") << u"-h"_s << QByteArray("Usage: longshore") << QByteArray("--theme <NAME>");
    QTest::newRow("version") << u"--version"_s << QByteArray("longshore ") << QByteArray(".");
}

void TestLongshore::tellsAboutItselfWithoutADisplay()
{
    QFETCH(QString, option);
    QFETCH(QByteArray, begin);
    QFETCH(QByteArray, part);
    const NoDisplay noDisplay;
    const ProcessResult result = m_program.run({option});
    QCOMPARE(result.exitStatus, 0);
    QVERIFY2(result.output.startsWith(begin), result.output.constData());
    QVERIFY2(result.output.contains(part), result.output.constData());
    QCOMPARE(result.errors, QByteArray());
}

void TestLongshore::refusesWhatItDoesNotKnow_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown option") << QStringList{u"--colour"_s};
    QTest::newRow("no value") << QStringList{u"--screenshot"_s};
    QTest::newRow("unknown theme") << QStringList{u"--theme"_s, u"pink"_s};
}

void TestLongshore::refusesWhatItDoesNotKnow()
{
    QFETCH(QStringList, arguments);
    const NoDisplay noDisplay;
    const ProcessResult result = m_program.run(arguments);
    QCOMPARE(result.exitStatus, 2);
    QCOMPARE(result.output, QByteArray());
    QVERIFY2(result.errors.startsWith("longshore: ") && result.errors.count('\n') == 1,
             result.errors.constData());
}

void TestLongshore::drawsAPlaceToAFile_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("wanted");
    QTest::newRow("registry") << QString() << u"/v2/_catalog"_s;
    QTest::newRow("repository") << u"/team/app"_s << u"/v2/team/app/tags/list"_s;
    QTest::newRow("image") << u"/team/app:1.0"_s << u"/v2/team/app/blobs/"_s;
}

void TestLongshore::drawsAPlaceToAFile()
{
    QFETCH(QString, place);
    QFETCH(QString, wanted);
    FakeRegistry registry;
    TestImages::addImage(registry, u"team/app"_s, u"1.0"_s);
    const ProgramRunner program(m_program.program()); // With a home that knows no connection.
    const QImage image = picture(program, {registry.host() + place});
    QVERIFY(image.width() >= 900 && image.height() >= 600);
    QVERIFY(colourCount(image) > 50);
    QVERIFY(registry.count("GET", wanted) > 0);
    QCOMPARE(registry.count("DELETE"), qsizetype(0));
}

void TestLongshore::drawsInTheColoursThatWereAskedFor()
{
    const auto lightness = [this](const QString &theme) {
        const QImage image = picture(m_program, {u"--theme"_s, theme});
        return image.isNull() ? -1
                              : qGray(image.scaled(1, 1, {}, Qt::SmoothTransformation).pixel(0, 0));
    };
    const int dark = lightness(u"dark"_s);
    QVERIFY(dark >= 0 && dark < 90);
    QVERIFY(lightness(u"light"_s) > 200);
}

void TestLongshore::endsWhenNoServerAnswers()
{
    QString host;
    {
        const FakeRegistry registry;
        host = registry.host();
    }
    const ProgramRunner program(m_program.program());
    const QImage image = picture(program, {host + "/team/app"_L1});
    QVERIFY(!image.isNull());
    QVERIFY(colourCount(image) > 50);
}

void TestLongshore::saysThatAPictureCannotBeWritten()
{
    const ProcessResult result = m_program.run({u"--screenshot"_s, u"no/such/folder/a.png"_s});
    QCOMPARE(result.exitStatus, 1);
    QVERIFY2(result.errors.contains("longshore: cannot write no/such/folder/a.png"),
             result.errors.constData());
}

void TestLongshore::endsInOrderWhenItIsAskedTo()
{
    FakeRegistry registry;
    TestImages::addImage(registry, u"app"_s, u"a"_s);
    const auto process = m_program.start({registry.host() + u"/app"_s});
    QTRY_VERIFY_WITH_TIMEOUT(registry.count("GET", u"/manifests/"_s) > 0, 20'000);
    process->terminate(); // KIL-10
    const ProcessResult result = ProgramRunner::finish(*process);
    QCOMPARE(result.exitStatus, 0);
    // What was open comes back.
    QVERIFY(m_program.content(u"config/longshore/window.ini"_s).contains("app"));
}

LONGSHORE_UI_TEST(TestLongshore)
#include "tst_longshore.moc"
