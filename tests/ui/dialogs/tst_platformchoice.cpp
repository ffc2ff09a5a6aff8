// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/dialogs/platformchoice.h"
#include "ui/format/valueformat.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestPlatformChoice : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void isSkippedByTabWhereThereIsNothingToChoose();
    void tellsTheSizeOfOneFromThatOfAll();
    void namesVersions();
    void shortensNames();

private:
    [[nodiscard]] QComboBox &box() const { return child<QComboBox>(*m_choice, u"platform"_s); }
    [[nodiscard]] QListWidget &list() const
    {
        return child<QListWidget>(*m_choice, u"severalPlatforms"_s);
    }

    std::unique_ptr<QWidget> m_window;
    QLineEdit *m_before = nullptr;
    PlatformChoice *m_choice = nullptr;
    QLineEdit *m_after = nullptr;
};

void TestPlatformChoice::init()
{
    m_window = std::make_unique<QWidget>();
    m_before = new QLineEdit;
    m_choice = new PlatformChoice;
    m_after = new QLineEdit;
    auto *layout = new QVBoxLayout(m_window.get());
    for (QWidget *widget : {static_cast<QWidget *>(m_before), static_cast<QWidget *>(m_choice),
                            static_cast<QWidget *>(m_after)})
        layout->addWidget(widget);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_before->setFocus();
}

void TestPlatformChoice::isSkippedByTabWhereThereIsNothingToChoose()
{
    QTest::keyClick(m_before, Qt::Key_Tab);
    QVERIFY(m_after->hasFocus());
    m_choice->setFocus(); // As the letter of its label does.
    QVERIFY(m_after->hasFocus());
    m_choice->setPlatforms(QList{PlatformPart{*Platform::parse(u"linux/amd64"_s)}});
    m_before->setFocus();
    QTest::keyClick(m_before, Qt::Key_Tab);
    QVERIFY(box().hasFocus());
    m_choice->setPlatforms({});
    QVERIFY(!m_choice->isEnabled());
}

void TestPlatformChoice::tellsTheSizeOfOneFromThatOfAll()
{
    m_choice->setPlatforms({{*Platform::parse(u"linux/arm64"_s), 1'000, 3'000},
                            {*Platform::parse(u"linux/amd64"_s), 2'000, 2'000}});
    QVERIFY(box().itemText(1).contains(formatBytes(1'000)));
    QVERIFY(list().item(0)->text().contains(formatBytes(3'000)));
}

void TestPlatformChoice::namesVersions()
{
    Platform windows = *Platform::parse(u"windows/amd64"_s);
    windows.osVersion = u"10.0.17763.1"_s;
    m_choice->setPlatforms(QList{PlatformPart{windows}});
    QCOMPARE(list().item(0)->text(), u"windows/amd64 10.0.17763.1"_s);
}

void TestPlatformChoice::shortensNames()
{
    const auto platform = Platform::parse(u"linux/"_s + QString(1'000, u'x'));
    m_choice->setPlatforms(QList{PlatformPart{*platform}});
    QVERIFY(box().itemText(1).size() < 120);
    QVERIFY(list().item(0)->text().size() < 110);
}

LONGSHORE_UI_TEST(TestPlatformChoice)
#include "tst_platformchoice.moc"
