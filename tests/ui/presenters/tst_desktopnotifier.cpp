// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/presenters/desktopnotifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// The service of a desktop, as far as it matters here.
class FakeService : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown
    {
        QString summary;
        QString body;
        QStringList actions;
        QVariantMap hints;
    };

    explicit FakeService(const QDBusConnection &bus) : m_bus(bus)
    {
        m_bus.registerObject(u"/org/freedesktop/Notifications"_s, this,
                             QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
    }
    bool appear() { return m_bus.registerService(u"org.freedesktop.Notifications"_s); }
    ~FakeService() override { m_bus.unregisterService(u"org.freedesktop.Notifications"_s); }

    QList<Shown> shown; // A slot takes them.

public slots:
    // NOLINTNEXTLINE(readability-function-size): as the specification has it.
    uint Notify(const QString &, uint, const QString &, const QString &summary, const QString &body,
                const QStringList &actions, const QVariantMap &hints, int)
    {
        shown.append({summary, body, actions, hints});
        return static_cast<uint>(40 + shown.size());
    }

signals:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);

private:
    QDBusConnection m_bus;
};

class TestDesktopNotifier : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void showsWhatItIsTold();
    void opensTheFolderThatIsChosen();
    void doesNothingWithoutService();

private:
    const QDBusConnection m_bus =
        QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"service"_s);
};

void TestDesktopNotifier::initTestCase()
{
    if (qEnvironmentVariableIsSet("LONGSHORE_NO_BUS"))
        QSKIP(qgetenv("LONGSHORE_NO_BUS").constData());
    QVERIFY(m_bus.isConnected());
}

void TestDesktopNotifier::showsWhatItIsTold()
{
    FakeService service(m_bus);
    QVERIFY(service.appear());
    DesktopNotifier notifier;
    notifier.show({u"Transfer finished"_s, u"<b>layer</b> & more"_s});
    QTRY_COMPARE(service.shown.size(), qsizetype(1));
    QCOMPARE(service.shown.first().summary, u"Transfer finished"_s);
    QCOMPARE(service.shown.first().body, u"&lt;b&gt;layer&lt;/b&gt; &amp; more"_s);
    QVERIFY(service.shown.first().actions.isEmpty());
    QVERIFY(service.shown.first().hints.contains(u"desktop-entry"_s));
}

void TestDesktopNotifier::opensTheFolderThatIsChosen()
{
    FakeService service(m_bus);
    QVERIFY(service.appear());
    DesktopNotifier notifier;
    QSignalSpy requested(&notifier, &DesktopNotifier::folderRequested);
    notifier.show({u"Transfer finished"_s, u"layer"_s, u"/tmp/out"_s});
    QTRY_COMPARE(service.shown.size(), qsizetype(1));
    QCOMPARE(service.shown.first().actions.value(0), u"default"_s);
    // The answer with the number comes over the bus before the signal does.
    emit service.ActionInvoked(7, u"default"_s); // Of somebody else.
    emit service.ActionInvoked(41, u"other"_s);
    emit service.ActionInvoked(41, u"default"_s);
    QTRY_COMPARE(requested.size(), qsizetype(1));
    QCOMPARE(requested.first().first().toString(), u"/tmp/out"_s);
    emit service.NotificationClosed(41, 2);
    emit service.ActionInvoked(41, u"default"_s);
    notifier.show({u"Another"_s, {}, u"/tmp"_s});
    QTRY_COMPARE(service.shown.size(), qsizetype(2));
    emit service.ActionInvoked(42, u"default"_s);
    QTRY_COMPARE(requested.size(), qsizetype(2));
    QCOMPARE(requested.last().first().toString(), u"/tmp"_s);
}

void TestDesktopNotifier::doesNothingWithoutService()
{
    DesktopNotifier notifier;
    notifier.show({u"Transfer finished"_s, u"layer"_s, u"/tmp/out"_s});
    FakeService service(m_bus);
    QVERIFY(service.appear());
    notifier.show({u"Another"_s, {}});
    QTRY_COMPARE(service.shown.size(), qsizetype(1));
    QCOMPARE(service.shown.first().summary, u"Another"_s);
}

LONGSHORE_UI_TEST(TestDesktopNotifier)
#include "tst_desktopnotifier.moc"
