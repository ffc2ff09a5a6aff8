// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/output.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace {

/// A disk that is full, or a reader that has gone.
class FullDevice final : public QIODevice
{
public:
    FullDevice() { open(QIODevice::WriteOnly | QIODevice::Unbuffered); }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64) override { return -1; }
};

const Error failure{Error::Kind::Network, u"It broke."_s};

} // namespace

class TestOutput : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void streamsAListAsOneArray();
    void writesAnEmptyArrayForAnEmptyList();
    void writesAnErrorInsteadOfAList();
    void endsAListBeforeAnErrorAndWritesNoSecondDocument();
    void keepsTextFromTalkingToTheTerminal();
    void escapesInJsonWhatATerminalWouldObey();
    void leavesNotesOutWhenQuiet();
    void announcesItsWords();
    void saysOnceThatNothingCanBeWritten();

private:
    [[nodiscard]] QByteArray written(Output::Style style,
                                     const std::function<void(Output &)> &write)
    {
        {
            Output output(m_results, m_messages, style);
            write(output);
        }
        return m_results.data();
    }

    static constexpr Output::Style json{true, false};
    QBuffer m_results;
    QBuffer m_messages;
};

void TestOutput::init()
{
    for (QBuffer *buffer : {&m_results, &m_messages}) {
        buffer->close();
        buffer->setData({});
        buffer->open(QIODevice::WriteOnly);
    }
}

void TestOutput::streamsAListAsOneArray()
{
    const QByteArray text = written(json, [this](Output &output) {
        output.addToList(u"a"_s, {});
        output.flush();
        QCOMPARE(m_results.data(), R"(["a")");
        output.addToList(QJsonObject{{u"b"_s, 1}}, {});
        output.endList();
    });
    QCOMPARE(QJsonDocument::fromJson(text).array(), (QJsonArray{u"a"_s, QJsonObject{{u"b"_s, 1}}}));
}

void TestOutput::writesAnEmptyArrayForAnEmptyList()
{
    QCOMPARE(written(json, [](Output &output) { output.endList(); }), "[]\n");
    init();
    QCOMPARE(written({}, [](Output &output) { output.endList(); }), "");
}

void TestOutput::writesAnErrorInsteadOfAList()
{
    const QByteArray text =
        written(json, [](Output &output) { output.writeError(failure, u"host"_s); });
    const QJsonObject error = QJsonDocument::fromJson(text).object().value(u"error"_s).toObject();
    QCOMPARE(error.value(u"kind"_s).toString(), u"network"_s);
    QVERIFY(m_messages.data().startsWith("longshorectl: host: It broke."));
}

void TestOutput::endsAListBeforeAnErrorAndWritesNoSecondDocument()
{
    const QByteArray text = written(json, [](Output &output) {
        output.addToList(u"a"_s, {});
        output.writeError(failure, {});
    });
    QCOMPARE(text, "[\"a\"]\n");
    QVERIFY(m_messages.data().contains("It broke."));
    init();
    const QByteArray ended = written(json, [](Output &output) {
        output.endList();
        output.writeError(failure, {});
    });
    QCOMPARE(ended, "[]\n");
}

void TestOutput::keepsTextFromTalkingToTheTerminal()
{
    const QByteArray text = written({}, [](Output &output) {
        output.writeRow({u"a\tb"_s, u"\u001b[31mred\n"_s});
        output.writeField(u"Name"_s, u"\u202egpj"_s);
        output.addToList({}, {u"\u009b2J"_s});
    });
    QCOMPARE(text, "a\\u{9}b\t\\u{1B}[31mred\\u{A}\nName:       \\u{202E}gpj\n\\u{9B}2J\n");
}

void TestOutput::escapesInJsonWhatATerminalWouldObey()
{
    const QJsonObject object{{u"\u009b2J"_s, u"\u001b[31m \u007f \u202e \U0001f600 \u00e9"_s}};
    const QByteArray text = jsonText(object);
    QCOMPARE(QJsonDocument::fromJson(text).object(), object);
    const QString shown = QString::fromUtf8(text);
    for (const QChar character : shown)
        QVERIFY(character.isPrint());
    QVERIFY(shown.contains(u'\u00e9'));
}

void TestOutput::leavesNotesOutWhenQuiet()
{
    (void)written({false, true}, [](Output &output) { output.note(u"By the way."_s); });
    QCOMPARE(m_messages.data(), "");
    (void)written({}, [](Output &output) { output.note(u"By the way."_s); });
    QCOMPARE(m_messages.data(), "longshorectl: By the way.\n");
}

void TestOutput::announcesItsWords()
{
    Output output(m_results, m_messages, {});
    const QSignalSpy speaking(&output, &Output::speaking);
    connect(&output, &Output::speaking, this, [this] { QCOMPARE(m_messages.data(), ""); });
    output.writeRow({u"a result"_s});
    QCOMPARE(speaking.count(), 0);
    output.note(u"Wait."_s);
    QCOMPARE(speaking.count(), 1);
}

void TestOutput::saysOnceThatNothingCanBeWritten()
{
    FullDevice full;
    Output output(full, m_messages, {});
    QSignalSpy spy(&output, &Output::broken);
    errno = ENOSPC;
    for (int i = 0; i < 3; ++i) {
        output.writeRow({u"a"_s});
        output.flush();
    }
    QCOMPARE(spy.count(), 1);
    QVERIFY(output.isBroken());
    QCOMPARE(m_messages.data().count("Cannot write the result"), 1);
}

QTEST_GUILESS_MAIN(TestOutput)
#include "tst_output.moc"
