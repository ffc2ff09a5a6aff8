// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/views/documentview.h"

#include <QCheckBox>
#include <QClipboard>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPlainTextEdit>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestDocumentView : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_view.reset(); }
    void opensTheFirstLevels();
    void showsTheBytesAsTheyAre_data();
    void showsTheBytesAsTheyAre();
    void showsWhatCannotBeSeen();
    void copiesTheDocumentAndNotWhatIsShown();
    void staysWithTextWhenTheDocumentChanges();
    void showsWhatIsNoJsonAsText();
    void letsNothingHostileThrough();
    void opensLittleOfALargeDocument_data();
    void opensLittleOfALargeDocument();
    void showsALargeDocumentAsText();
    void canBeUsedByKeyboard();

private:
    [[nodiscard]] QTreeView &tree() const { return child<QTreeView>(*m_view, u"documentTree"_s); }
    [[nodiscard]] QPlainTextEdit &text() const
    {
        return child<QPlainTextEdit>(*m_view, u"documentText"_s);
    }
    void showText() { child<QCheckBox>(*m_view, u"showRaw"_s).setChecked(true); }

    std::unique_ptr<DocumentView> m_view;
};

constexpr qsizetype fourMebibytes = 4 * 1024 * 1024;

void TestDocumentView::init()
{
    m_view = std::make_unique<DocumentView>(u"Manifest"_s);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

void TestDocumentView::opensTheFirstLevels()
{
    m_view->setDocument(R"({"config":{"size":1},"layers":[{"size":2,"more":{"deep":3}}]})");
    const QModelIndex layers = rowOf(tree(), u"layers"_s);
    const QModelIndex first = tree().model()->index(0, 0, layers);
    QVERIFY(tree().isExpanded(rowOf(tree(), u"config"_s)));
    QVERIFY(tree().isExpanded(layers) && tree().isExpanded(first));
    QVERIFY(!tree().isExpanded(tree().model()->index(0, 0, first)));
    QVERIFY(!tree().isExpanded(tree().model()->index(1, 0, first)));
}

void TestDocumentView::showsTheBytesAsTheyAre_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("one line") << QByteArray(R"({"a":1,"b":"<b>&amp;</b>"})");
    QTest::newRow("blanks") << QByteArray("{\n   \"a\": [\n      1\n   ]\n}\n");
    QTest::newRow("tabs") << QByteArray("{\n\t\"a\": [\n\t\t1\n\t]\n}\n");
    QTest::newRow("other scripts") << QByteArray(R"({"a":"größe 大 שלום 🙂"})");
    QTest::newRow("empty lines") << QByteArray("{\n\n\n}");
    QTest::newRow("escapes of JSON") << QByteArray(R"({"a":"\u202e\n\\"})");
    QTest::newRow("nothing") << QByteArray();
}

void TestDocumentView::showsTheBytesAsTheyAre()
{
    QFETCH(QByteArray, bytes);
    m_view->setDocument(bytes);
    showText();
    QVERIFY(text().isVisible());
    QCOMPARE(text().toPlainText().toUtf8(), bytes);
    QVERIFY(text().isReadOnly());
}

void TestDocumentView::showsWhatCannotBeSeen()
{
    m_view->setDocument("{\"a\":\"photo\u202Egnp\"}\n\x1B[31m\r\n");
    showText();
    QCOMPARE(text().toPlainText(), u"{\"a\":\"photo\\u{202E}gnp\"}\n\\u{1B}[31m\\u{D}\n"_s);
}

void TestDocumentView::copiesTheDocumentAndNotWhatIsShown()
{
    const QByteArray bytes("{\"a\":\"photo\u202Egnp\",\n\t\"b\":{}}");
    m_view->setDocument(bytes);
    press(*m_view, u"copyDocument"_s);
    QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), bytes);
    QCOMPARE(m_view->document(), bytes);
}

void TestDocumentView::staysWithTextWhenTheDocumentChanges()
{
    m_view->setDocument(R"({"a":1})");
    showText();
    m_view->setDocument(R"({"b":2})");
    QVERIFY(text().isVisible());
    QCOMPARE(text().toPlainText(), uR"({"b":2})"_s);
    child<QCheckBox>(*m_view, u"showRaw"_s).setChecked(false);
    QVERIFY(tree().isVisible());
    QCOMPARE(rowOf(tree(), u"b"_s).row(), 0);
}

void TestDocumentView::showsWhatIsNoJsonAsText()
{
    m_view->setDocument("no document <b>at all</b>");
    QCOMPARE(tree().model()->rowCount(), 0);
    showText();
    QCOMPARE(text().toPlainText(), u"no document <b>at all</b>"_s);
}

void TestDocumentView::letsNothingHostileThrough()
{
    QJsonObject object;
    for (const QString &sample : HostileText::samples())
        object.insert(sample, sample);
    m_view->setDocument(QJsonDocument(object).toJson());
    QCOMPARE(HostileText::complaintsAbout(*tree().model()), QStringList());
    showText();
    const QStringList lines = text().toPlainText().split(u'\n');
    for (const QString &line : lines) {
        const QString complaint = HostileText::complaintAbout(line.left(1000));
        QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
    }
}

void TestDocumentView::opensLittleOfALargeDocument_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto array = [](const QByteArray &element) {
        return QByteArray("["
                          + QByteArray(element + ',').repeated(fourMebibytes / 4 / element.size())
                          + element + ']');
    };
    QTest::newRow("many members of one") << "{\"a\":" + array(R"({"b":{}})") + '}';
    QTest::newRow("many lists in one") << "{\"a\":" + array("[[1,2]]") + ",\"b\":[[1]]}";
}

void TestDocumentView::opensLittleOfALargeDocument()
{
    QFETCH(QByteArray, bytes);
    m_view->setDocument(bytes);
    const QAbstractItemModel &model = *tree().model();
    const QModelIndex list = model.index(0, 0);
    QVERIFY(model.rowCount(list) > 1000);
    for (int row = 0; row < model.rowCount(list); row += 97) {
        const QModelIndex element = model.index(row, 0, list);
        QVERIFY(!tree().isExpanded(element)); // Each would be one more to lay out.
        QVERIFY(model.canFetchMore(element)); // And its rows need not even be made.
    }
    QVERIFY(tree().isExpanded(list));
}

void TestDocumentView::showsALargeDocumentAsText()
{
    QByteArray bytes("{\n");
    while (bytes.size() < fourMebibytes)
        bytes += "  \"member\": [\"" + QByteArray(200, 'x') + "\"],\n";
    m_view->setDocument(bytes);
    QVERIFY(text().toPlainText().isEmpty()); // Nobody has asked for it.
    showText();
    QCOMPARE(text().toPlainText().toUtf8(), bytes);
}

void TestDocumentView::canBeUsedByKeyboard()
{
    m_view->setDocument(R"({"a":1})");
    QStringList complaints = WidgetChecks::complaintsAbout(*m_view);
    QTest::keyClick(m_view.get(), Qt::Key_T, Qt::AltModifier);
    QTRY_VERIFY(text().isVisible());
    complaints += WidgetChecks::unreachableByTab(*m_view);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    QCOMPARE(tree().accessibleName(), u"Manifest"_s);
    QCOMPARE(text().accessibleName(), u"Manifest as text"_s);
    QTest::keyClick(m_view.get(), Qt::Key_L, Qt::AltModifier);
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), uR"({"a":1})"_s);
}

LONGSHORE_UI_TEST(TestDocumentView)
#include "tst_documentview.moc"
