// SPDX-License-Identifier: Apache-2.0
#include "core/settings/capabilitystore.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestCapabilityStore : public QObject
{
    Q_OBJECT

private slots:
    void keepsEachConnectionAlone();
    void survivesAFileThatIsNone();
    void needsNoPlaceToKeepIt();

private:
    [[nodiscard]] QString path() const { return m_folder.filePath(u"capabilities.ini"_s); }

    QTemporaryDir m_folder;
};

void TestCapabilityStore::keepsEachConnectionAlone()
{
    RegistryCapabilities known;
    known.note(Capability::Referrers, Support::No);
    CapabilityStore(path()).save(u"one"_s, known.toJson());
    QCOMPARE(CapabilityStore(path()).find(u"one"_s), known.toJson());
    QCOMPARE(CapabilityStore(path()).find(u"two"_s), QJsonObject());
    CapabilityStore(path()).remove(u"two"_s);
    QCOMPARE(CapabilityStore(path()).find(u"one"_s), known.toJson());
    CapabilityStore(path()).remove(u"one"_s);
    QCOMPARE(CapabilityStore(path()).find(u"one"_s), QJsonObject());
}

void TestCapabilityStore::survivesAFileThatIsNone()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("\0[capabilities]\none={\"catalog\":", 31));
    file.close();
    QCOMPARE(CapabilityStore(path()).find(u"one"_s), QJsonObject());
}

void TestCapabilityStore::needsNoPlaceToKeepIt()
{
    QVERIFY(QFile(path()).open(QIODevice::WriteOnly));
    CapabilityStore below(path() + u"/capabilities.ini"_s); // Of a file there is nothing below.
    below.save(u"one"_s, {{u"catalog"_s, QJsonObject()}});
    QCOMPARE(below.find(u"one"_s), QJsonObject());
}

QTEST_GUILESS_MAIN(TestCapabilityStore)
#include "tst_capabilitystore.moc"
