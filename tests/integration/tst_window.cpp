// SPDX-License-Identifier: Apache-2.0
#include "support/deletionreview.h"
#include "support/programrunner.h"
#include "support/realregistry.h"
#include "support/uitest.h"
#include "ui/models/transferlistmodel.h"
#include "ui/pages/imagepage.h"

#include <QFileDialog>
#include <QJsonArray>
#include <QJsonObject>
#include <QLineEdit>
#include <QStandardPaths>
#include <QTableView>
#include <QTreeView>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// The window and a real registry, with skopeo as the judge of what was exported and deleted.
class TestWindowOnRegistry : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void showsWhatSkopeoSees();
    void exportsALayerAsItIsStored();
    void deletesWhatWasReviewedAndNothingElse();
    void connectsWithAPassword();

private:
    [[nodiscard]] QString app() const { return m_registry->host() + "/team/app"_L1; }
    [[nodiscard]] static QJsonDocument skopeo(const QStringList &arguments)
    {
        return documentOf(runProcess(u"skopeo"_s, arguments.mid(0, 1)
                                                      + QStringList{u"--tls-verify=false"_s}
                                                      + arguments.mid(1)));
    }
    [[nodiscard]] QStringList tagsOfRegistry() const
    {
        QStringList tags =
            skopeo({u"list-tags"_s, "docker://"_L1 + app()})["Tags"_L1].toVariant().toStringList();
        tags.sort();
        return tags;
    }

    const QByteArray m_layer = QByteArray(2'000'000, 'x') + "end";
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RealRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestWindowOnRegistry::initTestCase()
{
    if (QStandardPaths::findExecutable(u"skopeo"_s).isEmpty())
        QSKIP("skopeo is not here");
    if (const RealRegistry registry; !registry.failure().isEmpty())
        QSKIP(qPrintable(registry.failure()));
}

void TestWindowOnRegistry::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<RealRegistry>();
    QVERIFY(!m_registry->push(u"team/app"_s, u"1.9"_s, {m_layer}).isEmpty());
    QVERIFY(!m_registry->push(u"team/app"_s, u"1.10"_s, {m_layer, "two"}).isEmpty());
    QVERIFY(!m_registry->push(u"team/app"_s, u"latest"_s, {m_layer, "two"}).isEmpty());
    QVERIFY(!m_registry->push(u"tools"_s, u"v1"_s, {"tool"}).isEmpty());
    m_test = std::make_unique<TestWindow>(m_folder->path());
}

void TestWindowOnRegistry::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

void TestWindowOnRegistry::showsWhatSkopeoSees()
{
    m_test->open(m_registry->host());
    QCOMPARE(treeText(*m_test->registries().model()),
             m_registry->host() + "\n  team\n    app\n  tools"_L1);
    m_test->open(app());
    QCOMPARE(treeText(*m_test->tags().model()).split(u'\n').filter(QRegularExpression(u"^\\S"_s)),
             QStringList({u"1.9"_s, u"1.10"_s, u"latest"_s}));
    m_test->open(app() + ":1.10"_L1);
    const QAbstractItemModel &layers =
        *child<QTableView>(*m_test->page<ImagePage>(), u"layers"_s).model();
    const QJsonArray expected =
        skopeo({u"inspect"_s, "docker://"_L1 + app() + ":1.10"_L1})["Layers"_L1].toArray();
    QCOMPARE(layers.rowCount(), static_cast<int>(expected.size()));
    for (int row = 0; row < layers.rowCount(); ++row) {
        const QModelIndex digest = layers.index(row, layers.columnCount() - 1);
        QVERIFY(digest.data(Qt::ToolTipRole).toString().contains(expected.at(row).toString()));
    }
}

void TestWindowOnRegistry::exportsALayerAsItIsStored()
{
    const QTemporaryDir target;
    m_test->settings.setExportFolder(target.path());
    m_test->open(app() + ":1.9"_L1);
    child<QTabWidget>(*m_test->page<ImagePage>(), u"imageTabs"_s).setCurrentIndex(2);
    chooseRow(child<QTableView>(*m_test->page<ImagePage>(), u"layers"_s), u"1"_s);
    m_test->window.actions().exportLayer->trigger();
    const auto &name = child<QLineEdit>(awaitDialog(u"exportDialog"_s), u"fileNameEdit"_s);
    const QString path = target.filePath(name.text());
    child<QLineEdit>(awaitDialog(u"exportDialog"_s), u"fileNameEdit"_s).setFocus();
    QTest::keyClick(awaitDialog(u"exportDialog"_s).focusWidget(), Qt::Key_Return);
    const auto &transfers = child<QTreeView>(m_test->window, u"transfers"_s);
    const auto status = [&] {
        return transfers.model()->index(0, 0).data(TransferListModel::StatusRole).toString();
    };
    QTRY_VERIFY(status().startsWith("Finished, "_L1));
    const QString digest =
        skopeo({u"inspect"_s, "docker://"_L1 + app() + ":1.9"_L1})["Layers"_L1][0].toString();
    QVERIFY(status().endsWith("verified: "_L1 + digest));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll() == m_layer);
}

void TestWindowOnRegistry::deletesWhatWasReviewedAndNothingElse()
{
    m_test->open(app());
    QDialog &dialog = DeletionReview::open(*m_test, {u"latest"_s});
    QVERIFY(!DeletionReview::button(dialog).isEnabled());
    QVERIFY(DeletionReview::list(dialog).contains("1.10 | points to the same image"_L1));
    QCOMPARE(tagsOfRegistry(), QStringList({u"1.10"_s, u"1.9"_s, u"latest"_s}));
    QVERIFY(!child<QWidget>(dialog, u"onlyTags"_s).isEnabled()); // This registry cannot do that.
    press(dialog, u"withImages"_s);
    QVERIFY(!DeletionReview::button(dialog).isEnabled());
    fillIn(dialog, u"typedConfirmation"_s, u"2"_s); // Of three tags.
    press(dialog, u"delete"_s);
    QTRY_COMPARE(DeletionReview::text(dialog, u"headline"_s), u"2 tags deleted."_s);
    QCOMPARE(tagsOfRegistry(), QStringList{u"1.9"_s});
    QVERIFY(!skopeo({u"inspect"_s, "docker://"_L1 + app() + ":1.9"_L1}).isNull());
    QVERIFY(skopeo({u"inspect"_s, "docker://"_L1 + app() + ":latest"_L1}).isNull());
    press(dialog, u"close"_s);
    QCOMPARE(m_test->tags().model()->rowCount(), 1);
}

void TestWindowOnRegistry::connectsWithAPassword()
{
    m_registry = std::make_unique<RealRegistry>(RealRegistryOptions{.hasPassword = true});
    m_registry->push(u"team/app"_s, u"1"_s, {"one"});
    m_test->window.actions().connectTo->trigger();
    QDialog &dialog = awaitDialog(u"connectDialog"_s);
    fillIn(dialog, u"address"_s, m_registry->host());
    fillIn(dialog, u"user"_s, u"demo"_s);
    fillIn(dialog, u"password"_s, u"secret"_s);
    QTest::keyClick(&child<QLineEdit>(dialog, u"password"_s), Qt::Key_Return);
    QTRY_COMPARE(treeText(*m_test->registries().model()),
                 m_registry->host() + "\n  team\n    app"_L1);
}

LONGSHORE_UI_TEST(TestWindowOnRegistry)
#include "tst_window.moc"
